"""What the rest of a text says of each attribution: who spoke, when, in which layer."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.codebook import Codebook
from analysis.corpus.attribution import Reading
from analysis.corpus.dates import Said, find_said_on
from analysis.corpus.grammar import Span
from analysis.corpus.labels import headed_speaker, resolve_label, titled_speaker
from analysis.corpus.layers import background_paragraphs, is_old
from analysis.corpus.spans import Attribution
from analysis.corpus.speakers import Cast, Speaker, read_cast
from analysis.language.lexicon import Language, load_language

# What somebody says as a whole: a turn of a transcript, a speech.
WHOLE = ("turn", "speech")
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
    reading: Reading,
    codebook: Codebook | None,
    published_on: date | None,
    *,
    title: str | None = None,
) -> list[Resolved]:
    """Resolve every attribution of a text, in order; `title` is one that is not in the text.

    The day is the first of these that the text gives: words of time near the reporting word,
    in the source, in the rest of the sentence (*the same day*: the day of the statement
    before), earlier in the paragraph outside of what is attributed, and, in the news layer
    alone, the day of the same speaker's last statement there. In a transcript or speech it is
    the day of the heading, from which *yesterday* in it is counted too.
    """
    text = reading.view.text
    language = load_language(reading.language)
    cast = read_cast(text, reading.paragraphs, language, codebook)
    outside = _Outside(reading)
    headed = headed_speaker(cast, reading.heading, title)
    spoken_on = _heading_day(reading, published_on, language)
    speakers: list[Speaker] = []
    told: list[Said | None] = []
    for found in reading.attributions:
        whole = found.pattern in WHOLE and reading.kind != "news"
        counted_from = published_on if whole else spoken_on
        said = _told_day(text, found, outside.sentence(found), counted_from, language)
        if said is None and _SAME_DAY.search(outside.sentence(found)):
            said = next((known for known in reversed(told) if known), None)
        day = said.day if said else published_on
        speaker = cast.resolve(found.source, day)
        if found.pattern in WHOLE:
            speaker = _of_the_whole(cast, found, headed, title)
        if said is None and speaker.dated:
            said = find_said_on(speaker.dated, published_on, language)
        speakers.append(speaker)
        told.append(said)
    layers = _layers(reading, speakers, told, spoken_on, language)
    days = _carried(speakers, told, layers)
    for n, found in enumerate(reading.attributions):
        if days[n] is None:
            days[n] = find_said_on(outside.paragraph_before(found), published_on, language)
    layers = _layers(reading, speakers, days, spoken_on, language)
    reporters = _reporters(reading, speakers)
    return [Resolved(*known) for known in zip(speakers, days, layers, reporters, strict=True)]


def _of_the_whole(cast: Cast, found: Attribution, headed: Speaker, title: str | None) -> Speaker:
    """Return whose turn it is, or whose speech."""
    if found.pattern == "turn":
        return resolve_label(cast, cast.text[slice(*found.source[0])], headed)
    if not found.source:
        known = titled_speaker(cast, title)
        return known if known.name else headed
    return cast.resolve(found.source, cast.day)


def _heading_day(reading: Reading, published_on: date | None, language: Language) -> date | None:
    """Return the day that a heading gives, from which the words of time in it are counted."""
    lines = " ".join(reading.view.text[slice(*span)] for span in reading.heading)
    said = find_said_on(lines, published_on, language) if lines else None
    return said.day if said is not None and said.precision == "day" else published_on


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
        if reading.kind != "news":
            layers.append("background" if _is_looked_back_on(found, said, published_on) else "news")
            continue
        while reading.paragraphs[paragraph].end <= found.hull.start:
            paragraph += 1
        old = flags[paragraph] or (said is not None and is_old(said, published_on))
        layers.append("background" if old else "news")
    return layers


def _is_looked_back_on(found: Attribution, said: Said | None, published_on: date | None) -> bool:
    """Tell what an older statement is that somebody quotes; what is said itself never is."""
    return found.pattern not in WHOLE and said is not None and is_old(said, published_on)


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


def _reporters(reading: Reading, speakers: Sequence[Speaker]) -> list[str | None]:
    """Name who passes a statement on: who speaks where it stands inside what another says.

    The speaker by name, or else by the source's words.
    """
    open_ones: list[tuple[Attribution, Speaker]] = []
    reporters: list[str | None] = []
    for found, speaker in zip(reading.attributions, speakers, strict=True):
        at = found.cue[0].start if found.cue else found.hull.start
        open_ones = [one for one in open_ones if one[0].hull.end > found.hull.start]
        outer = [one for one in open_ones if _holds(one[0].content, at)]
        told = outer[-1] if outer else None
        reporters.append(told and (told[1].name or _words_of(reading, told[0].source)))
        open_ones.append((found, speaker))
    return reporters


def _holds(content: Sequence[Span], at: int) -> bool:
    """Tell whether a place lies in one of these spans, which stand in order."""
    before = bisect_right(content, (at, sys.maxsize)) - 1
    return before >= 0 and at < content[before].end


def _words_of(reading: Reading, spans: Sequence[tuple[int, int]]) -> str | None:
    parts = [reading.text[slice(*reading.view.original_span(*span))] for span in spans]
    return " … ".join(parts) or None
