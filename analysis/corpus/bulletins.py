"""The layout of press bulletins: title, date, agency, address, body and footer, by their place.

A bulletin as it is passed around: rules of dashes, a title in bold or capitals, a line with the
date, a line with the agency, paragraphs, an address in angle brackets, a footer that names the
source. Every part is optional; a text without any of them is body throughout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from analysis.corpus.dates import DateError, find_whole_date
from analysis.corpus.grammar import Span

HEADER_LINES = 12
TITLE_WORDS = 40
OUTLET_CHARS = 80
_LINE = re.compile(r"[^\r\n]+")
_RULE = re.compile(r"[-–—_=*•~#·.\s]+")
_URL = re.compile(r"<?((?:https?://|www\.)[^\s<>]+)>?")
_FOOTER = re.compile(r"(?:kaynak\s*/\s*source|kaynak|source|sources|via)\s*:", re.IGNORECASE)
_OUTLET_DATED = re.compile(
    r"(?:agency|outlet)?:?\s*(?P<outlet>[^\d()\[\],*:]{2,80}?)"
    r"\s*(?:[(\[*,|]|[-–—] )\s*(?P<date>[^()\[\]*]{6,40}?)\s*[)\]*]?",
    re.IGNORECASE,
)
_OUTLET_NAMED = re.compile(
    r"(?:agency|outlet|publication)\s*:\s*(?P<outlet>.{2,80})", re.IGNORECASE
)
# "Speech by Anna Keller (3 May 2019)" is a heading; no agency is called so.
_SENTENCE_LIKE = re.compile(r"['’]s? |\b(?:by|with|at|to|on|von|par|avec|mit)\b", re.IGNORECASE)
_MARKUP = "*_# \t"


class Line(NamedTuple):
    """A line's offsets without the space around it, and its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Layout:
    """The parts of a bulletin, as offsets into the text; `is_bulletin` where there is a header.

    `paragraphs` are those of the body, in order.
    """

    paragraphs: tuple[Span, ...]
    title: Span | None = None
    outlet: Span | None = None
    url: Span | None = None
    published_on: date | None = None
    footer: Span | None = None
    is_bulletin: bool = False
    warnings: tuple[str, ...] = ()


def read_layout(text: str) -> Layout:
    """Return the parts of a bulletin; never raises.

    Without a rule, a date line or an agency line at its head, a text is all body. A date that
    no calendar has is kept as a warning (``no such day: ...``).
    """
    lines = _lines(text)
    head = _read_header(lines)
    if not head.is_bulletin:
        return Layout(paragraphs=tuple(_paragraphs(text, lines)))
    end = _footer_start(lines)
    body = _body(lines[head.size : end], head.parts)
    return Layout(
        paragraphs=tuple(_paragraphs(text, body)),
        title=head.parts.get("title"),
        outlet=head.parts.get("outlet"),
        url=head.parts.get("url"),
        published_on=head.published_on,
        footer=Span(lines[end].start, lines[-1].end) if end < len(lines) else None,
        is_bulletin=True,
        warnings=tuple(head.warnings),
    )


@dataclass
class _Header:
    """What the lines before the body are; `size` is how many."""

    size: int = 0
    parts: dict[str, Span] = field(default_factory=dict)
    has_rule: bool = False
    published_on: date | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def is_bulletin(self) -> bool:
        return self.has_rule or not self.parts.keys().isdisjoint(("date", "outlet"))


def _read_header(lines: list[Line]) -> _Header:
    head = _Header()
    for line in lines[:HEADER_LINES]:
        kind, span = _header_kind(line, head.parts)
        if kind == "body" and not _leads_to_date(lines[head.size : head.size + 2]):
            break
        if kind == "body":
            kind, span = "outlet", Span(line.start, line.end)
        head.size += 1
        head.has_rule |= kind == "rule"
        if kind in ("date", "outlet") and head.published_on is None:
            head.published_on = _published(line.text, head.warnings)
        if span is not None:
            head.parts.setdefault(kind, span)
    return head


def _leads_to_date(lines: list[Line]) -> bool:
    """Tell whether a short line stands right over a date: the agency's name."""
    if len(lines) < 2 or len(lines[0].text) > OUTLET_CHARS:
        return False
    closes = lines[0].text[-1] in '.!?:"”' or _SENTENCE_LIKE.search(lines[0].text)
    return not closes and _has_date(lines[1].text.strip("()"))


def _lines(text: str) -> list[Line]:
    lines = []
    for match in _LINE.finditer(text):
        inner = match.group().strip()
        if inner:
            start = match.start() + match.group().index(inner)
            lines.append(Line(start, start + len(inner), inner))
    return lines


def _footer_start(lines: list[Line]) -> int:
    """Return which line the footer begins at: the last *Source:* and what follows it."""
    for position in range(len(lines) - 1, max(-1, len(lines) - 8), -1):
        if _FOOTER.match(lines[position].text):
            return position
    return len(lines)


def _header_kind(line: Line, parts: dict[str, Span]) -> tuple[str, Span | None]:
    """Tell what a line of the header is: rule, title, date, outlet, url or already body."""
    if _RULE.fullmatch(line.text):
        return "rule", None
    if _URL.fullmatch(line.text):
        return "url", _inner(line, *_URL.fullmatch(line.text).span(1))  # type: ignore[union-attr]
    if _has_date(line.text.strip("()")):
        return "date", Span(line.start, line.end)
    named = _OUTLET_DATED.fullmatch(line.text) or _OUTLET_NAMED.fullmatch(line.text)
    if named and _SENTENCE_LIKE.search(named["outlet"]):
        named = None
    if named and ("date" not in named.groupdict() or _has_date(named["date"])):
        return "outlet", _inner(line, *named.span("outlet"))
    if "title" not in parts and _is_title(line.text):
        return "title", _without_markup(line)
    return "body", None


def _has_date(text: str) -> bool:
    try:
        return find_whole_date(text) is not None
    except DateError:
        return True


def _published(text: str, warnings: list[str]) -> date | None:
    named = _OUTLET_DATED.fullmatch(text)
    try:
        return find_whole_date(named["date"] if named else text.strip("()"))
    except DateError as error:
        warnings.append(f"no such day: {error}")
        return None


def _is_title(text: str) -> bool:
    """Tell a title: bold as a whole or without a small letter, and no turn of a transcript."""
    bold = text.startswith(("**", "# ", "## ")) and len(text) > 6
    letters = [sign for sign in text if sign.isalpha()]
    capitals = len(letters) > 7 and all(not sign.islower() for sign in letters)
    is_turn = ":" in text and text.split(":")[0].isupper() and not text.split(":", 1)[1].isupper()
    return (
        (bold or (capitals and len(text.split()) > 1))
        and len(text.split()) <= TITLE_WORDS
        and not is_turn
    )


def _inner(line: Line, start: int, end: int) -> Span:
    return Span(line.start + start, line.start + end)


def _without_markup(line: Line) -> Span:
    left = len(line.text) - len(line.text.lstrip(_MARKUP))
    right = len(line.text) - len(line.text.rstrip(_MARKUP))
    return Span(line.start + left, line.end - right)


def _body(lines: list[Line], parts: dict[str, Span]) -> list[Line]:
    """Leave out rules and addresses; the first address is the bulletin's."""
    body = []
    for line in lines:
        found = _URL.fullmatch(line.text)
        if found:
            parts.setdefault("url", _inner(line, *found.span(1)))
        elif not _RULE.fullmatch(line.text):
            body.append(line)
    return body


def _paragraphs(text: str, lines: list[Line]) -> list[Span]:
    """Join lines that were wrapped: no blank line between, and the first ends mid-sentence."""
    paragraphs: list[Span] = []
    for line in lines:
        if paragraphs and _is_wrapped(text, paragraphs[-1], line):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(Span(line.start, line.end))
    return paragraphs


def _is_wrapped(text: str, before: Span, line: Line) -> bool:
    gap = text[before.end : line.start].replace("\r\n", "\n")
    long_enough = before.end - before.start >= 40
    ends = text[before.end - 1] in ".!?:\"”’'»"
    return gap.count("\n") == 1 and long_enough and not ends and line.text[:1] not in "-•*"
