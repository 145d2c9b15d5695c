"""When each statement was said, as far as the text tells.

The words next to the reporting word go first, then the source's, then the rest of the sentence.
Where a sentence tells no day, its tense decides: *Keller said* goes on in the time that the
narration is at, *Keller has said* and *had said* leave it. So in the news layer a statement in
the simple past takes the day of the same speaker's last statement, or the one told earlier in
its paragraph, or else the last one told in the news before it; those of one speaker share
a day backwards too, as a first sentence often leaves out what the second adds. In the background a
statement takes only its own speaker's day, from the statement right before, or one told earlier
in its paragraph. The day of publication is never taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.corpus.attribution import Reading
from analysis.corpus.dates import Said
from analysis.corpus.grammar import Span
from analysis.corpus.layers import is_old, own_words
from analysis.corpus.spans import Attribution
from analysis.corpus.speakers import Speaker
from analysis.corpus.times import find_counted_from, find_day_of_month, find_said_on
from analysis.language.lexicon import load_language

NEAR_CUE_CHARS = 60
BEFORE_CHARS = 1000
_NOT_PAST = frozenset({"is", "are", "will", "would", "says", "say", "tells", "can", "may", "could"})
_CLOSING_MARK = re.compile(r"[\"”’'»](?P<tail>[^\"“”«»]{4,40})$")
_ON_A_DAY = re.compile(r"(?:on |last )?\w+")


class Outside:
    """The words of a text that no attribution claims as its content."""

    def __init__(self, reading: Reading) -> None:
        self.language = load_language(reading.language)
        self._text = reading.view.text
        self._paragraphs = reading.paragraphs
        self._contents = sorted(span for found in reading.attributions for span in found.content)
        self._starts = [span.start for span in self._contents]

    def sentence(self, found: Attribution) -> str:
        """Return the sentence around an attribution without its content."""
        return self._cut(found.around, sorted(found.content))

    def paragraph_before(self, found: Attribution) -> str:
        """Return what stands in the paragraph before the attribution's sentence."""
        at = bisect_right(self._paragraphs, (found.around.start, len(self._text))) - 1
        start = max(self._paragraphs[max(0, at)].start, found.around.start - BEFORE_CHARS)
        part = Span(start, found.around.start)
        first = max(0, bisect_right(self._starts, part.start) - 1)
        last = bisect_right(self._starts, part.end)
        return self._cut(part, self._contents[first:last])

    def _cut(self, part: Span, contents: Sequence[Span]) -> str:
        pieces, at = [], part.start
        for span in contents:
            pieces.append(self._text[at : max(at, min(span.start, part.end))])
            at = max(at, min(span.end, part.end))
        return " ".join((*pieces, self._text[at : part.end]))


def own_day(
    reading: Reading,
    found: Attribution,
    outside: Outside,
    counted_from: date | None,
    before: Said | None,
) -> Said | None:
    """Return the day that the sentence of an attribution tells; `before` is the last one told."""
    language = outside.language
    text = reading.view.text
    rest = outside.sentence(found)
    source = " ".join(text[slice(*span)] for span in found.source)
    for words in (_near(text, found), source, rest):
        said = find_said_on(words, counted_from, language)
        if said is not None:
            return said
    tail = _CLOSING_MARK.search(text[slice(*found.content[-1])])
    if tail is not None:
        words = tail["tail"].strip(" ,.")
        said = find_counted_from(words, before)
        weekday = _ON_A_DAY.fullmatch(words) and find_said_on(words, counted_from, language)
        if said or weekday:
            return said or weekday
    context = outside.paragraph_before(found)
    day = find_day_of_month(rest, f"{context} {rest}", counted_from, language)
    return day or find_counted_from(rest, before)


def _near(text: str, found: Attribution) -> str:
    """Return the words next to the reporting word."""
    cue_end = found.cue[-1].end if found.cue else found.around.start
    cue_start = found.cue[0].start if found.cue else cue_end
    behind = [span.start for span in found.content if span.start >= cue_end]
    return text[cue_start : min([*behind, cue_end + NEAR_CUE_CHARS, found.around.end])]


def carried_days(
    reading: Reading,
    speakers: Sequence[Speaker],
    told: Sequence[Said | None],
    layers: Sequence[str],
    published_on: date | None,
) -> list[Said | None]:
    """Return the day of every statement: its own, or the one that it goes on from."""
    narration = _Narration(reading, published_on)
    outside = Outside(reading)
    days: list[Said | None] = []
    for n, found in enumerate(reading.attributions):
        said = told[n]
        narration.go_to(found)
        tense = _tense(reading, found)
        if said is None and tense != "perfect":
            near = n > 0 and _who(speakers[n]) == _who(speakers[n - 1]) != ""
            near = near and _is_close(reading, n, same_layer=layers[n] == layers[n - 1])
            said = days[n - 1] if near else None
            if said is None and layers[n] == "news":
                said = narration.last.get(_who(speakers[n]))
            said = said or _before(outside, found, published_on, days[-1] if days else None)
            if said is None and layers[n] == "news" and tense == "past":
                said = narration.day
        if layers[n] == "news":
            narration.hear(_who(speakers[n]), said)
        days.append(said)
    return _shared_backwards(speakers, told, layers, days)


@dataclass
class _Narration:
    """Where the narration of the news is in time, while a text is read from its beginning."""

    reading: Reading
    published_on: date | None
    day: Said | None = None
    last: dict[str, Said] = field(default_factory=dict)
    paragraph: int = 0
    position: int = 0

    def go_to(self, found: Attribution) -> None:
        """Read the paragraphs that end before an attribution."""
        paragraphs = self.reading.paragraphs
        while (
            self.paragraph + 1 < len(paragraphs)
            and paragraphs[self.paragraph].end <= found.hull.start
        ):
            self._pass(paragraphs[self.paragraph])
            self.paragraph += 1

    def _pass(self, paragraph: Span) -> None:
        attributions = self.reading.attributions
        first = self.position
        while (
            self.position < len(attributions)
            and attributions[self.position].hull.start < paragraph.end
        ):
            self.position += 1
        inside = attributions[first : self.position]
        if inside:
            return
        own = own_words(self.reading.view.text, paragraph, inside)
        said = find_said_on(own, self.published_on, load_language(self.reading.language))
        self.hear("", said)

    def hear(self, who: str, said: Said | None) -> None:
        """Take a day of the news as the one that the narration is at."""
        if said is None:
            return
        if who:
            self.last[who] = said
        if said.precision == "day" and not is_old(said, self.published_on):
            self.day = said


def _shared_backwards(
    speakers: Sequence[Speaker],
    told: Sequence[Said | None],
    layers: Sequence[str],
    days: list[Said | None],
) -> list[Said | None]:
    """Give a speaker's first statements in the news the day that the next one tells."""
    following: dict[str, Said] = {}
    for n in range(len(days) - 1, -1, -1):
        who = _who(speakers[n])
        if layers[n] != "news" or not who:
            continue
        said = told[n]
        if said is not None:
            following[who] = said
        elif days[n] is None:
            days[n] = following.get(who)
    return days


def _who(speaker: Speaker) -> str:
    return speaker.name or ""


def _tense(reading: Reading, found: Attribution) -> str:
    """Tell *said* (past) from *has said* and *had said* (perfect) and from *says* (other)."""
    words = reading.view.text[slice(*found.cue[0])].lower().split() if found.cue else []
    if not words or words[0] == "according":
        return "past"
    if words[0] in ("has", "have", "had", "having"):
        return "perfect"
    return "other" if words[0] in _NOT_PAST or words[0].endswith("ing") else "past"


def _is_close(reading: Reading, n: int, *, same_layer: bool) -> bool:
    """Tell whether a statement goes on from the one before: in its paragraph, or in its layer."""
    one, other = reading.attributions[n - 1], reading.attributions[n]
    first, second = (
        bisect_right(reading.paragraphs, (found.around.start, len(reading.view.text)))
        for found in (one, other)
    )
    return first == second or same_layer


def _before(
    outside: Outside, found: Attribution, published_on: date | None, last: Said | None
) -> Said | None:
    """Return the day that the paragraph tells before the sentence; `last` is the one before it."""
    words = outside.paragraph_before(found)
    return find_said_on(words, published_on, outside.language) or find_counted_from(words, last)
