"""Words with their place in the text.

A token is a run of letters, digits and combining marks of any script; apostrophes and hyphens
between two of them belong to it, so *good-neighbourly*, *Russia's* and *COVID-19* are one token
each, while underscores, full stops and all other signs part words. Scripts that write no
spaces give one token for each unbroken run.

A hyphen that stands at the end of a line does not part words either: *good-*, line break,
*neighbourly* is one token. Its span covers the line break; `token_form` gives it without.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from analysis.errors import check_choice

APOSTROPHES = "'’＇"
HYPHENS = "-‐‑"
SOFT_HYPHEN = "\u00ad"
JOINERS = "\u200c\u200d"
LINE_BREAK = r"[^\S\r\n]*(?:\r\n|\r|\n)[^\S\r\n]*"
_BROKEN = re.compile(rf"(?<=[{HYPHENS}{SOFT_HYPHEN}]){LINE_BREAK}")
_PLAIN_SIGNS = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-") | {SOFT_HYPHEN: None}
)


@dataclass(frozen=True, eq=False)
class JoinedText:
    """A text without its line-broken hyphens, and the way back to the text as it stands.

    `offsets[i]` is where the sign `text[i]` stands in the original.
    """

    text: str
    offsets: NDArray[np.int32]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the non-empty `text[start:end]` stands in the original text."""
        return int(self.offsets[start]), int(self.offsets[end - 1]) + 1


def token_spans(text: str) -> NDArray[np.int32]:
    """Return start and end of every token of `text`, one row each.

    Offsets count code points, the end is exclusive: ``text[start:end]`` is the token as it
    stands, with the line break if its hyphen ends a line.
    """
    spans = [match.span() for match in token_pattern().finditer(text)]
    return np.array(spans, dtype=np.int32).reshape(-1, 2)


def token_form(token: str, attested: Mapping[str, int]) -> str:
    """Return a token as it would stand without a line break inside it.

    The hyphen before the break stays unless the texts write the word without it more often:
    `attested` says how often each folded form stands in them unbroken. (Most hyphens at the
    end of a line are there anyway, as in *test-ban*; *man-*, line break, *kind* is not.)
    """
    parts = _BROKEN.split(token)
    form = parts[0]
    for part in parts[1:]:
        hyphenated, closed = form + part, form[:-1] + part
        more = attested.get(fold_term(closed), 0) > attested.get(fold_term(hyphenated), 0)
        form = closed if more else hyphenated
    return form


def has_line_break(token: str) -> bool:
    """Say whether a hyphen in `token` ends a line."""
    return _BROKEN.search(token) is not None


def fold_term(form: str) -> str:
    """Return the form under which a token is counted.

    Case is folded (Unicode case folding), accents are composed (NFC), apostrophes and hyphens
    are written in one way, soft hyphens are dropped.
    """
    if form.isascii():
        return form.lower()
    return unicodedata.normalize("NFC", form.translate(_PLAIN_SIGNS).casefold())


def join_lines(text: str, attested: Mapping[str, int]) -> JoinedText:
    """Return `text` with its line-broken words joined as `token_form` joins them.

    Patterns are matched on this view; its tokens are the forms of the tokens of `text`.
    """
    if not has_line_break(text):
        return JoinedText(text, np.arange(len(text), dtype=np.int32))
    pieces: list[str] = []
    kept: list[NDArray[np.int32]] = []
    done = 0
    for match in token_pattern().finditer(text):
        if not has_line_break(match.group()):
            continue
        form = token_form(match.group(), attested)
        pieces += [text[done : match.start()], form]
        kept += [
            np.arange(done, match.start(), dtype=np.int32),
            match.start() + _kept_signs(match.group(), form),
        ]
        done = match.end()
    pieces.append(text[done:])
    kept.append(np.arange(done, len(text), dtype=np.int32))
    return JoinedText("".join(pieces), np.concatenate(kept))


def load_stopwords(language: str) -> frozenset[str]:
    """Return the function words of a language (folded), from the package's own short list.

    Raises
    ------
    ValueError
        If there is no list for `language`; the message names the languages that have one.
    """
    folder = files("analysis.language")
    known = [entry.name for entry in folder.iterdir() if (entry / "stopwords.txt").is_file()]
    check_choice(language, known, "stop-word list for language")
    lines = (folder / language / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold_term(line) for line in lines if line and not line.startswith("#"))


@cache
def token_pattern() -> re.Pattern[str]:
    """Return the regular expression of one token."""
    letter, mark, joint, hyphen = sign_classes()
    run = rf"{letter}+(?:{mark}+{letter}*)*"
    return re.compile(rf"{run}(?:(?:{joint}|{hyphen}(?:{LINE_BREAK})?){run})*")


@cache
def sign_classes() -> tuple[str, str, str, str]:
    """Return the signs of tokens as character classes: letters, marks, joints, hyphens."""
    return (
        r"[^\W_]",
        f"[{_combining_marks()}]",
        f"[{APOSTROPHES}{JOINERS}]",
        f"[{HYPHENS}{SOFT_HYPHEN}]",
    )


def _combining_marks() -> str:
    """Return every combining mark as ranges of a character class (`re` has no name for them)."""
    marks = [
        code
        for code in range(min(sys.maxunicode, 0x1FFFF) + 1)
        if unicodedata.category(chr(code)) in ("Mn", "Mc")
    ]
    starts = [code for code, before in zip(marks, [-2, *marks], strict=False) if code != before + 1]
    ends = [code for code, after in zip(marks, [*marks[1:], -2], strict=True) if code != after - 1]
    return "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True))


def _kept_signs(token: str, form: str) -> NDArray[np.int32]:
    """Return where the signs of `form`, which `token` holds in this order, stand in it."""
    places = []
    at = 0
    for sign in form:
        at = token.index(sign, at)
        places.append(at)
        at += 1
    return np.array(places, dtype=np.int32)
