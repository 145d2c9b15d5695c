"""What the rest of a text says of each attribution: who spoke, when, in which layer."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.codebook import Codebook
from analysis.corpus.attribution import Reading
from analysis.corpus.dates import Said
from analysis.corpus.days import Outside, carried_days, own_day
from analysis.corpus.grammar import Span
from analysis.corpus.labels import headed_speaker, resolve_label, titled_speaker
from analysis.corpus.layers import background_paragraphs, is_old
from analysis.corpus.relays import reporter_in
from analysis.corpus.spans import Attribution
from analysis.corpus.speakers import Cast, Speaker, read_cast
from analysis.corpus.times import find_said_on
from analysis.language.lexicon import Language, load_language

# What somebody says as a whole: a turn of a transcript, a speech.
WHOLE = ("turn", "speech")


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

    Days are those of `analysis.corpus.days`; in a transcript or speech the heading's day, from
    which *yesterday* in it is counted too.
    """
    text = reading.view.text
    language = load_language(reading.language)
    cast = read_cast(text, reading.paragraphs, language, codebook)
    outside = Outside(reading)
    headed = headed_speaker(cast, reading.heading, title)
    spoken_on = _heading_day(reading, published_on, language)
    speakers: list[Speaker] = []
    told: list[Said | None] = []
    before: Said | None = None
    for found in reading.attributions:
        whole = found.pattern in WHOLE and reading.kind != "news"
        counted_from = published_on if whole else spoken_on
        said = own_day(reading, found, outside, counted_from, before)
        day = said.day if said else published_on
        speaker = cast.resolve(found.source, day)
        if found.pattern in WHOLE:
            speaker = _of_the_whole(cast, found, headed, title)
        if said is None and speaker.dated:
            said = find_said_on(speaker.dated, published_on, language)
        speakers.append(speaker)
        told.append(said)
        before = said or before
    layers = _layers(reading, speakers, told, spoken_on, language)
    days = carried_days(reading, speakers, told, layers, spoken_on)
    layers = _layers(reading, speakers, days, spoken_on, language)
    reporters = _reporters(reading, speakers, outside)
    return [Resolved(*known) for known in zip(speakers, days, layers, reporters, strict=True)]


def _of_the_whole(cast: Cast, found: Attribution, headed: Speaker, title: str | None) -> Speaker:
    """Return whose turn it is, or whose speech."""
    if found.pattern == "turn":
        label = cast.text[slice(*found.source[0])]
        if label not in cast.labels:
            cast.labels[label] = resolve_label(cast, label, headed)
        return cast.labels[label]
    if not found.source:
        known = titled_speaker(cast, title)
        return known if known.name else headed
    return cast.resolve(found.source, cast.day)


def _heading_day(reading: Reading, published_on: date | None, language: Language) -> date | None:
    """Return the day that a heading gives, from which the words of time in it are counted."""
    lines = " ".join(reading.view.text[slice(*span)] for span in reading.heading)
    said = find_said_on(lines, published_on, language) if lines else None
    return said.day if said is not None and said.precision == "day" else published_on


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


def _reporters(reading: Reading, speakers: Sequence[Speaker], outside: Outside) -> list[str | None]:
    """Name who passes a statement on: who speaks where it stands inside what another says.

    The speaker by name, or else by the source's words; and who is said to quote.
    """
    open_ones: list[tuple[Attribution, Speaker]] = []
    reporters: list[str | None] = []
    for found, speaker in zip(reading.attributions, speakers, strict=True):
        at = found.cue[0].start if found.cue else found.hull.start
        open_ones = [one for one in open_ones if one[0].hull.end > found.hull.start]
        outer = [one for one in open_ones if _holds(one[0].content, at)]
        told = outer[-1] if outer else None
        reporter = _words_of(reading, found.reported_by)
        if reporter is None and found.pattern not in WHOLE:
            reporter = reporter_in(outside.sentence(found))
            reporter = None if reporter == _words_of(reading, found.source) else reporter
        if reporter is None and told is not None:
            reporter = told[1].name or _words_of(reading, told[0].source)
        reporters.append(reporter)
        open_ones.append((found, speaker))
    return reporters


def _holds(content: Sequence[Span], at: int) -> bool:
    """Tell whether a place lies in one of these spans, which stand in order."""
    before = bisect_right(content, (at, sys.maxsize)) - 1
    return before >= 0 and at < content[before].end


def _words_of(reading: Reading, spans: Sequence[tuple[int, int]]) -> str | None:
    parts = [reading.text[slice(*reading.view.original_span(*span))] for span in spans]
    return " … ".join(parts) or None
