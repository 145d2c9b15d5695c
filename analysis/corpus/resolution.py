"""What the rest of a text says of each attribution: who spoke, when, in which layer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.codebook import Codebook
from analysis.corpus.attribution import Reading
from analysis.corpus.dates import Said, find_said_on
from analysis.corpus.grammar import Span
from analysis.corpus.layers import background_paragraphs, is_old
from analysis.corpus.spans import Attribution
from analysis.corpus.speakers import Speaker, read_cast
from analysis.language.lexicon import Language

NEAR_CUE_CHARS = 60
BEFORE_CHARS = 1000
_SAME_DAY = re.compile(r"\b(?:the same|that) (?:day|morning|afternoon|evening|occasion)\b")


@dataclass(frozen=True)
class Resolved:
    """The speaker, the day and the layer of an attribution, and who passed it on."""

    speaker: Speaker
    said: Said | None
    layer: str
    reported_by: str | None


def resolve_reading(
    reading: Reading, language: Language, codebook: Codebook | None, published_on: date | None
) -> list[Resolved]:
    """Resolve every attribution of a text, in order.

    The day is the first of these that the text gives: words of time near the reporting word,
    in the source, in the rest of the sentence (*the same day*: the day of the statement
    before), earlier in the paragraph outside of what is attributed, and, in the news layer
    alone, the day of the same speaker's last statement there.
    """
    text = reading.view.text
    cast = read_cast(text, reading.paragraphs, language, codebook)
    outside = _Outside(reading)
    speakers: list[Speaker] = []
    told: list[Said | None] = []
    for found in reading.attributions:
        said = _told_day(text, found, outside.sentence(found), published_on, language)
        if said is None and _SAME_DAY.search(outside.sentence(found)):
            said = next((known for known in reversed(told) if known), None)
        speaker = cast.resolve(found.source, said.day if said else published_on)
        if said is None and speaker.dated:
            said = find_said_on(speaker.dated, published_on, language)
        speakers.append(speaker)
        told.append(said)
    layers = _layers(reading, speakers, told, published_on, language)
    days = _carried(speakers, told, layers)
    for n, found in enumerate(reading.attributions):
        if days[n] is None:
            days[n] = find_said_on(outside.paragraph_before(found), published_on, language)
    layers = _layers(reading, speakers, days, published_on, language)
    reporters = _reporters(reading)
    return [Resolved(*known) for known in zip(speakers, days, layers, reporters, strict=True)]


class _Outside:
    """The words of a text that no attribution claims as its content."""

    def __init__(self, reading: Reading) -> None:
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


def _told_day(
    text: str, found: Attribution, rest: str, published_on: date | None, language: Language
) -> Said | None:
    """Read the day near the cue, then in the source's words, then in the rest of the sentence."""
    cue_end = found.cue[-1].end if found.cue else found.around.start
    cue_start = found.cue[0].start if found.cue else cue_end
    behind = [span.start for span in found.content if span.start >= cue_end]
    near = text[cue_start : min([*behind, cue_end + NEAR_CUE_CHARS, found.around.end])]
    source = " ".join(text[span.start : span.end] for span in found.source)
    for words in (near, source, rest):
        said = find_said_on(words, published_on, language)
        if said is not None:
            return said
    return None


def _layers(
    reading: Reading,
    speakers: Sequence[Speaker],
    days: Sequence[Said | None],
    published_on: date | None,
    language: Language,
) -> list[str]:
    flags = background_paragraphs(
        reading,
        [speaker.name for speaker in speakers],
        published_on=published_on,
        language=language,
    )
    layers = []
    paragraph = 0
    for found, said in zip(reading.attributions, days, strict=True):
        while reading.paragraphs[paragraph].end <= found.hull.start:
            paragraph += 1
        old = flags[paragraph] or (said is not None and is_old(said, published_on))
        layers.append("background" if old else "news")
    return layers


def _carried(
    speakers: Sequence[Speaker], told: Sequence[Said | None], layers: Sequence[str]
) -> list[Said | None]:
    """Give an undated statement of the news the day of the same speaker's last one there."""
    last: dict[str, Said] = {}
    days: list[Said | None] = []
    for speaker, said, layer in zip(speakers, told, layers, strict=True):
        who = speaker.name if layer == "news" else None
        if said is None and who is not None:
            said = last.get(who)
        if said is not None and who is not None:
            last[who] = said
        days.append(said)
    return days


def _reporters(reading: Reading) -> list[str | None]:
    """Name who passes a statement on: the source of the attribution that it stands inside."""
    open_ones: list[Attribution] = []
    reporters: list[str | None] = []
    for found in reading.attributions:
        at = found.cue[0].start if found.cue else found.hull.start
        open_ones = [one for one in open_ones if one.hull.end > found.hull.start]
        outer = [one for one in open_ones if any(s.start <= at < s.end for s in one.content)]
        reporters.append(_words_of(reading, outer[-1].source) if outer else None)
        open_ones.append(found)
    return reporters


def _words_of(reading: Reading, spans: Sequence[tuple[int, int]]) -> str | None:
    parts = [reading.text[slice(*reading.view.original_span(*span))] for span in spans]
    return " … ".join(parts) or None
