"""What the rest of a text says of each attribution: who spoke, when, in which layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.codebook import Codebook
from analysis.corpus.attribution import Reading
from analysis.corpus.dates import Said, find_said_on
from analysis.corpus.layers import background_paragraphs, is_old
from analysis.corpus.spans import Attribution
from analysis.corpus.speakers import Speaker, read_cast
from analysis.language.lexicon import Language

NEAR_CUE_CHARS = 60


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
    """Resolve every attribution of a text, in order."""
    text = reading.view.text
    cast = read_cast(text, reading.paragraphs, language, codebook)
    speakers: list[Speaker] = []
    own: list[Said | None] = []
    for found in reading.attributions:
        said = _told_day(text, found, published_on, language)
        speaker = cast.resolve(found.source, said.day if said else published_on)
        if said is None and speaker.dated:
            said = find_said_on(speaker.dated, published_on, language)
        speakers.append(speaker)
        own.append(said)
    layers = _layers(reading, speakers, own, published_on, language)
    days = _carried(speakers, own, layers)
    reporters = _reporters(reading)
    return [Resolved(*known) for known in zip(speakers, days, layers, reporters, strict=True)]


def _told_day(
    text: str, found: Attribution, published_on: date | None, language: Language
) -> Said | None:
    """Read the day near the cue, then in the source's words, then in the rest of the sentence."""
    cue_end = found.cue[-1].end if found.cue else found.around.start
    content_start = min(
        (s.start for s in found.content if s.start >= cue_end), default=found.around.end
    )
    cue_start = found.cue[0].start if found.cue else cue_end
    near = text[cue_start : max(cue_end, min(content_start, cue_end + NEAR_CUE_CHARS))]
    source = " ".join(text[span.start : span.end] for span in found.source)
    for words in (near, source, _rest(text, found)):
        said = find_said_on(words, published_on, language)
        if said is not None:
            return said
    return None


def _rest(text: str, found: Attribution) -> str:
    """Return the sentence without the content."""
    pieces, at = [], found.around.start
    for span in sorted(found.content):
        pieces.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join((*pieces, text[at : found.around.end]))


def _layers(
    reading: Reading,
    speakers: Sequence[Speaker],
    own: Sequence[Said | None],
    published_on: date | None,
    language: Language,
) -> list[str]:
    flags = background_paragraphs(
        reading.view.text,
        reading.paragraphs,
        reading.attributions,
        [speaker.name for speaker in speakers],
        published_on=published_on,
        language=language,
    )
    layers = []
    paragraph = 0
    for found, said in zip(reading.attributions, own, strict=True):
        while reading.paragraphs[paragraph].end <= found.hull.start:
            paragraph += 1
        old = said is not None and is_old(said.day, published_on)
        layers.append("background" if old or flags[paragraph] else "news")
    return layers


def _carried(
    speakers: Sequence[Speaker], own: Sequence[Said | None], layers: Sequence[str]
) -> list[Said | None]:
    """Give an undated statement of the news the day of the same speaker's last one there."""
    last: dict[str, Said] = {}
    days: list[Said | None] = []
    for speaker, said, layer in zip(speakers, own, layers, strict=True):
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
        source = outer[-1].source if outer else ()
        reporters.append(_words_of(reading, source))
        open_ones.append(found)
    return reporters


def _words_of(reading: Reading, spans: Sequence[tuple[int, int]]) -> str | None:
    parts = [reading.text[slice(*reading.view.original_span(*span))] for span in spans]
    return " … ".join(parts) or None
