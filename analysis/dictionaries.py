"""Dictionaries of content analysis as frames: LIWC, Lexicoder, Yoshikoder and YAML files.

A category is a frame, whose code is its path: ``affect.positive`` under ``affect``. A category has
the patterns of those under it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pandas as pd

from analysis.codebook import Codebook, Frame
from analysis.errors import LoadError, StudyError
from analysis.matching import compile_pattern

JOINT = "."
EXCLUDED = "not_patterns"


@dataclass(frozen=True)
class Dictionary:
    """What a dictionary file holds.

    Attributes
    ----------
    codebook
        A frame for each category, in the order of the file.
    left_out
        The entries that cannot be patterns (emoticons, say), one row each: line, code, entry and
        reason.
    """

    codebook: Codebook
    left_out: pd.DataFrame


class Entry(NamedTuple):
    """An entry of a category, which is given with the categories above it; or none of its own."""

    line: int
    path: tuple[str, ...]
    text: str | None = None
    excluded: bool = False


def load_dictionary(path: Path | str) -> Dictionary:
    """Read a dictionary file as frames of a codebook.

    ``.dic``
        LIWC: between two lines of ``%`` a number and a name for each category (tabs before the
        number put it under another), then an entry and its numbers on each line.
    ``.lc3``, ``.lcd``, ``.ykd``
        Lexicoder: ``+category``, then a line for each entry; or the XML of Yoshikoder.
    ``.yml``, ``.yaml``
        Categories in categories, down to lists of entries. Under a category, ``patterns`` is its
        own list and ``not_patterns`` what does not count. Words stay words: *no* is no truth value.

    Entries are patterns as `analysis.matching` reads them, case ignored: words, phrases, globs.

    Returns
    -------
    The codebook and the entries left out of it.

    Raises
    ------
    LoadError
        If the file cannot be opened, is not UTF-8, is of another kind (those known are listed), or
        a line of it is broken: the message has its number and what was expected.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise LoadError(
            f"{path}: no dictionary ends in {path.suffix!r}; {sorted(READERS)} are read"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise LoadError(f"{path}: cannot be opened: {error.strerror or error}") from error
    return _gathered(reader(text, str(path)), str(path))


def _gathered(entries: Iterable[Entry], name: str) -> Dictionary:
    """Put entries under their categories, and under those above them."""
    frames: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    left_out = []
    for entry in entries:
        for depth in range(1, len(entry.path) + 1):
            frames.setdefault(entry.path[:depth], ([], []))
        if entry.text is None:
            continue
        try:
            compile_pattern(entry.text)
        except StudyError as error:
            reason = str(error).partition(f"{entry.text!r}: ")[2]
            left_out.append((entry.line, JOINT.join(entry.path), entry.text, reason))
            continue
        for depth in range(1, len(entry.path) + 1):
            frames[entry.path[:depth]][entry.excluded].append(entry.text)
    if not frames:
        raise LoadError(f"{name}: no category; a dictionary has one at least")
    book: dict[str, Frame] = {}
    for path, lists in frames.items():
        frame = _frame(path, *lists)
        if frame.code in book:
            raise LoadError(f"{name}: two categories have the path {frame.code!r}; rename one")
        book[frame.code] = frame
    columns = ["line", "code", "entry", "reason"]
    return Dictionary(Codebook(version="1", frames=book), pd.DataFrame(left_out, columns=columns))


def _frame(path: tuple[str, ...], patterns: list[str], without: list[str]) -> Frame:
    unique = (tuple(dict.fromkeys(listed)) for listed in (patterns, without))
    listed, excluded = unique
    return Frame(code=JOINT.join(path), label=path[-1], patterns=listed, not_patterns=excluded)


def _broken(name: str, line: int, found: str, expected: str) -> LoadError:
    return LoadError(f"{name}: line {line}: {found.strip()!r}; expected {expected}")


def _liwc(text: str, name: str) -> Iterator[Entry]:
    lines = list(enumerate(text.splitlines(), start=1))
    marks = [place for place, (_, line) in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise LoadError(f"{name}: expected categories between two lines of %, found {len(marks)}")
    categories = _liwc_categories(lines[marks[0] + 1 : marks[1]], name)
    yield from (Entry(0, path) for path in categories.values())
    for number, line in lines[marks[1] + 1 :]:
        # A tab ends the entry, which may have a number of its own: "9 11<tab>3".
        between = r"\t" if "\t" in line.strip() else r"\s"
        found = re.fullmatch(rf"\s*(.*?\S) *{between}\s*(\d+(?:\s+\d+)*)\s*", line)
        if not line.strip():
            continue
        if not found:
            raise _broken(name, number, line, "an entry, then the numbers of its categories")
        for code in found.group(2).split():
            if int(code) not in categories:
                raise _broken(name, number, line, f"numbers of categories, but {code} is none")
            yield Entry(number, categories[int(code)], found.group(1))


def _liwc_categories(lines: Iterable[tuple[int, str]], name: str) -> dict[int, tuple[str, ...]]:
    """Return number -> path of every category; tabs before a number say what it is under."""
    categories: dict[int, tuple[str, ...]] = {}
    above: list[str] = []
    for number, line in lines:
        if not line.strip():
            continue
        found = re.fullmatch(r"(\t*) *(\d+)\s+(\S.*?)\s*", line)
        if not found or len(found.group(1)) > len(above):
            raise _broken(name, number, line, "the number and the name of a category")
        if int(found.group(2)) in categories:
            raise _broken(name, number, line, "a number that no category above has")
        above = [*above[: len(found.group(1))], found.group(3)]
        categories[int(found.group(2))] = tuple(above)
    return categories


def _lexicoder(text: str, name: str) -> Iterator[Entry]:
    if text.lstrip().startswith("<"):
        yield from _yoshikoder(text, name)
        return
    category = ""
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if entry.startswith("+") and entry.strip("+ "):
            category = entry.strip("+ ")
            yield Entry(number, (category,))
        elif entry and not category:
            raise _broken(name, number, line, "+ and the name of a category before any entry")
        elif entry:
            yield Entry(number, (category,), entry)


def _yoshikoder(text: str, name: str) -> Iterator[Entry]:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise LoadError(f"{name}: line {line}: no XML: {error}") from error
    tops = root.findall("cnode")
    # The outermost node names the dictionary where it is the only one and holds the others.
    if len(tops) == 1 and tops[0].findall("cnode") and not tops[0].findall("pnode"):
        tops = tops[0].findall("cnode")
    for node in tops:
        yield from _nodes(node, ())


def _nodes(node: ElementTree.Element, above: tuple[str, ...]) -> Iterator[Entry]:
    path = (*above, node.get("name", "").strip() or "unnamed")
    yield Entry(0, path)
    for entry in node.findall("pnode"):
        yield Entry(0, path, entry.get("name", "").strip())
    for under in node.findall("cnode"):
        yield from _nodes(under, path)


def _yaml(text: str, name: str) -> Iterator[Entry]:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise LoadError(f"{name}: line {line}: no YAML: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise LoadError(f"{name}: line {line}: no YAML: {error.reason}") from error
    if not isinstance(root, yaml.MappingNode):
        raise LoadError(f"{name}: line 1: expected categories, each with a colon and its entries")
    yield from _branches(root, (), name)


def _branches(node: Any, above: tuple[str, ...], name: str) -> Iterator[Entry]:
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar" or not key.value:
            raise _broken(name, line, key.id, "the name of a category")
        if value.start_mark.index < key.start_mark.index < value.end_mark.index:
            raise _broken(name, line, key.value, "its own entries, not those it stands in")
        own = above and key.value in ("patterns", EXCLUDED)
        path = above if own else (*above, key.value)
        yield Entry(line, path)
        if value.id == "mapping" and not own:
            yield from _branches(value, path, name)
            continue
        entries = value.value if value.id == "sequence" else [value]
        for entry in entries:
            if entry.id != "scalar":
                raise _broken(name, entry.start_mark.line + 1, entry.id, "an entry: words")
            if entry.value:
                excluded = bool(own) and key.value == EXCLUDED
                yield Entry(entry.start_mark.line + 1, path, entry.value, excluded)


READERS: Mapping[str, Callable[[str, str], Iterator[Entry]]] = {
    ".dic": _liwc,
    ".lc3": _lexicoder,
    ".lcd": _lexicoder,
    ".ykd": _yoshikoder,
    ".yaml": _yaml,
    ".yml": _yaml,
}
