"""Where the quotations of a text begin and end.

One pass over the marks of each paragraph. Straight and curly marks, „“, «», ‹›, 「」『』,
``'' and single marks are known; an apostrophe is told from a mark by its neighbours. A
quotation that is not closed ends with its paragraph and goes on in the next one if that opens
with a mark, as the press prints it. Odd marks cost a warning, never the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

SINGLE = frozenset("'‘’")
CLOSERS = {
    '"': '"”',
    "“": '”"',
    "„": '“”"‟',
    "‟": '”"',
    "”": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "``": "''\"",
    "''": "''",
    "'": "'’",
    "‘": "’'",
}
OPEN_ONLY = frozenset({"“", "„", "‟", "«", "‹", "「", "『", "``"})
CLOSE_ONLY = frozenset({"”", "»", "›", "」", "』", "''"})
_MARK = re.compile(r"``|''|[\"“”„‟«»‹›「」『』'‘’]")
_BEFORE_OPENER = frozenset('([{—–-/"“„«`')
_ELISIONS = ("em ", "tis ", "twas ", "til ", "cause ", "n ", "n'", "n’", "round ")


class Quote(NamedTuple):
    """A quotation, marks included; `continues` one that the paragraph before left open."""

    start: int
    end: int
    closed: bool = True
    continues: bool = False


@dataclass
class _Paragraph:
    """The state of one pass: what is open, and what was found."""

    text: str
    start: int
    end: int
    last_single_closer: int
    open_marks: list[tuple[str, int]] = field(default_factory=list)
    found: list[Quote] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[list[Quote], list[str]]:
    """Return the outermost quotations, in order, and what was odd about their marks."""
    quotes: list[Quote] = []
    warnings: list[str] = []
    left_open = False
    for start, end in paragraphs:
        state = _read_paragraph(text, start, end)
        found = state.found
        if left_open:
            found, continued = _continue(found, start)
            if not continued:
                warnings.append(f"the quotation at {quotes[-1].start} is not closed")
        quotes += found
        warnings += state.warnings
        left_open = bool(found) and not found[-1].closed
    if left_open:
        warnings.append(f"the quotation at {quotes[-1].start} is not closed")
    return quotes, warnings


def _continue(found: list[Quote], start: int) -> tuple[list[Quote], bool]:
    if found and found[0].start == start:
        return [found[0]._replace(continues=True), *found[1:]], True
    return found, False


def _read_paragraph(text: str, start: int, end: int) -> _Paragraph:
    marks = [(m.group(), m.start(), m.end()) for m in _MARK.finditer(text, start, end)]
    singles = [at for mark, at, to in marks if mark in SINGLE and _closes_single(text, at, to)]
    state = _Paragraph(text, start, end, last_single_closer=singles[-1] if singles else -1)
    for mark, at, to in marks:
        (_read_single if mark in SINGLE else _read_double)(state, mark, at, to)
    _end_paragraph(state)
    return state


def _end_paragraph(state: _Paragraph) -> None:
    """Let an unclosed double mark quote to the end; an unclosed single one was none."""
    doubles = [at for mark, at in state.open_marks if mark not in SINGLE]
    if doubles:
        state.found.append(Quote(doubles[0], state.end, closed=False))


def _read_single(state: _Paragraph, mark: str, at: int, to: int) -> None:
    before, after = _neighbours(state, at, to)
    if before.isalnum() and after.isalnum():
        return
    opened = bool(state.open_marks) and state.open_marks[-1][0] in SINGLE
    if opened and mark != "‘" and _closes_single(state.text, at, to):
        if not _is_plural_possessive(state, before, at, to):
            _close(state, len(state.open_marks) - 1, to)
    elif not opened and _opens_single(state, mark, before, at, to):
        state.open_marks.append((mark, at))


def _closes_single(text: str, at: int, to: int) -> bool:
    after = text[to : to + 1]
    return at > 0 and not text[at - 1].isspace() and not after.isalnum()


def _opens_single(state: _Paragraph, mark: str, before: str, at: int, to: int) -> bool:
    after = state.text[to : to + 1]
    looks = (before.isspace() or before in _BEFORE_OPENER) and not after.isspace()
    elided = after.isdigit() or state.text[to : to + 6].lower().startswith(_ELISIONS)
    return looks and mark != "’" and not elided and state.last_single_closer > to


def _is_plural_possessive(state: _Paragraph, before: str, at: int, to: int) -> bool:
    """Tell the apostrophe of *the ministers' aides* from a closing mark."""
    following = state.text[to : to + 2]
    return (
        before == "s"
        and following[:1] == " "
        and following[1:].islower()
        and (state.last_single_closer > at)
    )


def _read_double(state: _Paragraph, mark: str, at: int, to: int) -> None:
    before, after = _neighbours(state, at, to)
    opens = not after.isspace() and (before.isspace() or before in _BEFORE_OPENER)
    level = _level_that_closes(state, mark)
    if level is not None and not (opens and mark not in CLOSE_ONLY and mark != "“"):
        _close(state, level, to)
    elif mark in OPEN_ONLY or (opens and mark in CLOSERS):
        _open(state, mark, before, after, at, to)
    else:
        state.warnings.append(f"a stray {mark} at {at}")


def _open(state: _Paragraph, mark: str, before: str, after: str, at: int, to: int) -> None:
    """Open a quotation, nested where the mark differs from the one that is open."""
    doubles = [i for i, (opener, _) in enumerate(state.open_marks) if opener not in SINGLE]
    same = [i for i in doubles if mark in (state.open_marks[i][0], '"', "“")]
    if mark in OPEN_ONLY and after.isspace() and not before.isspace() and before and mark != "«":
        if same:
            _close(state, same[0], to)
        else:
            state.warnings.append(f"a stray {mark} at {at}")
        return
    if same:
        state.warnings.append(f"the quotation at {state.open_marks[same[0]][1]} is not closed")
        _close(state, same[0], at)
    state.open_marks.append((mark, at))


def _level_that_closes(state: _Paragraph, mark: str) -> int | None:
    for level in range(len(state.open_marks) - 1, -1, -1):
        opener = state.open_marks[level][0]
        if opener not in SINGLE and mark in CLOSERS[opener]:
            return level
    return None


def _close(state: _Paragraph, level: int, end: int) -> None:
    """Close the mark at `level` and all that was opened inside it."""
    opener, start = state.open_marks[level]
    del state.open_marks[level:]
    if not any(mark not in SINGLE for mark, _ in state.open_marks) and end > start:
        if opener not in SINGLE:
            state.open_marks.clear()
        if not state.open_marks:
            state.found.append(Quote(start, end))


def _neighbours(state: _Paragraph, at: int, to: int) -> tuple[str, str]:
    before = state.text[at - 1] if at > state.start else " "
    after = state.text[to] if to < state.end else " "
    return before, after
