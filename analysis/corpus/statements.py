"""From documents to statements: who said what, how, when, and where it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from analysis.codebook import Codebook
from analysis.corpus.addressees import find_addressee
from analysis.corpus.attribution import Reading
from analysis.corpus.duplicates import paragraph_keys
from analysis.corpus.grammar import Span
from analysis.corpus.readings import read_texts
from analysis.corpus.resolution import Resolved, resolve_reading
from analysis.corpus.shades import is_negated, modality_of, quote_type
from analysis.corpus.spans import Attribution
from analysis.errors import TableError
from analysis.language.lexicon import Language, load_language
from analysis.tables import DOCUMENTS, SPANS, STATEMENTS, build_table, check_table

EPISODE_GAP_DAYS = 3


def extract_statements(
    documents: pd.DataFrame, *, codebook: Codebook | None = None, tagger: str = "crf"
) -> pd.DataFrame:
    """Find every attributed statement in the bodies of documents.

    Parameters
    ----------
    documents
        The `documents` table.
    codebook
        Names the sides (actors), their aliases and the people who speak for them, with their
        offices. Without one, the side is the country that the source's words name.
    tagger
        ``crf`` for the trained tagger (the rules where it has no weights or another language),
        ``rules`` for the rules alone.

    Returns
    -------
    The `statements` table, one row per statement in the order of the text. ``start`` and
    ``end`` are the hull of the content in the document's text; `extract_spans` gives each part.
    ``said_on`` is the day that the text tells (`analysis.corpus.days` says how); where the
    sentence tells none, a statement goes on from the same speaker's last one, and one in the
    simple past from the last day told in the news; it never takes the day of publication.
    ``confidence`` is how often the pattern was right on annotated news (`CONFIDENCE`), or the
    tagger's probability (calibrated on held-out articles): that somebody is reported with this
    content, while ``speaker_method`` says how the speaker was found, if at all. Statements in a
    paragraph that stood before, in this document or an earlier one, name the first as
    ``duplicate_of``. ``reported_by`` is who passes a statement on, ``negated`` whether it was
    not said at all. Of a transcript each turn is a statement, of a speech each paragraph; what
    others are quoted with inside them are statements of their own.

    Raises
    ------
    TableError
        If `documents` is no `documents` table. ValueError, listing the languages, for a
        document in a language without a lexicon.
    """
    check_table(documents, DOCUMENTS)
    seen: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    records = _records(documents)
    for document, reading in zip(records, _readings(records, tagger), strict=True):
        rows += _rows(document, reading, codebook, seen)
    return build_table(_with_episodes(rows), STATEMENTS)


def extract_spans(
    documents: pd.DataFrame, statements: pd.DataFrame, *, tagger: str = "crf"
) -> pd.DataFrame:
    """Return where the parts of each statement stand: the `spans` table.

    ``text[start:end]`` of the statement's document gives each part back. `statements` are
    what `extract_statements` found in these `documents` with this `tagger`, or some of its rows.

    Raises
    ------
    TableError
        If a statement was not found in these documents.
    """
    check_table(documents, DOCUMENTS)
    check_table(statements, STATEMENTS)
    asked = documents[documents["doc_id"].isin(statements["doc_id"])]
    records = _records(asked)
    readings = dict(zip(asked["doc_id"], _readings(records, tagger), strict=True))
    rows: list[dict[str, Any]] = []
    for statement in _records(statements):
        rows += _span_rows(statement, readings)
    return build_table(rows, SPANS)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


def _span_rows(statement: dict[str, Any], readings: dict[str, Reading]) -> Iterator[dict[str, Any]]:
    identity = statement["statement_id"]
    reading = readings.get(statement["doc_id"])
    number = int(identity.rpartition(":")[2]) - 1 if identity.rpartition(":")[2].isdigit() else -1
    if reading is None or not 0 <= number < len(reading.attributions):
        raise TableError(f"statement {identity!r} was not extracted from these documents")
    found = reading.attributions[number]
    if reading.view.original_span(*found.hull) != (statement["start"], statement["end"]):
        raise TableError(f"statement {identity!r} was extracted from another text")
    for role, spans in (("source", found.source), ("cue", found.cue), ("content", found.content)):
        for part, span in enumerate(spans):
            start, end = reading.view.original_span(*span)
            yield {"statement_id": identity, "role": role, "part": part, "start": start, "end": end}


def _readings(documents: Sequence[dict[str, Any]], tagger: str) -> Iterator[Reading]:
    texts = [document["text"] for document in documents]
    languages, kinds = (
        [None if pd.isna(document[column]) else str(document[column]) for document in documents]
        for column in ("language", "kind")
    )
    return read_texts(texts, languages, kinds=kinds, tagger=tagger)


def _rows(
    document: dict[str, Any], reading: Reading, codebook: Codebook | None, seen: dict[str, str]
) -> Iterator[dict[str, Any]]:
    language = load_language(reading.language)
    published = document["published_on"]
    published_on = None if pd.isna(published) else published.date()
    title = None if pd.isna(document["title"]) else str(document["title"])
    resolved = resolve_reading(reading, codebook, published_on, title=title)
    utterances = _utterances(document["doc_id"], resolved)
    keys = paragraph_keys(reading)
    for n, (found, known) in enumerate(zip(reading.attributions, resolved, strict=True)):
        identity = f"{document['doc_id']}:{n + 1}"
        key = keys[n]
        first = identity if key is None else seen.setdefault(key, identity)
        yield {
            **{
                key: document[key] for key in ("doc_id", "published_on", "outlet", "genre", "voice")
            },
            **_words(reading, found, language),
            "statement_id": identity,
            "said_on": known.said.day if known.said else None,
            "said_precision": known.said.precision if known.said else None,
            "layer": known.layer,
            "speaker": known.speaker.name,
            "speaker_method": known.speaker.method,
            "actor": known.speaker.actor,
            "reported_by": known.reported_by,
            "confidence": found.confidence,
            "utterance_id": utterances[n],
            "duplicate_of": None if first == identity else first,
        }


def _words(reading: Reading, found: Attribution, language: Language) -> dict[str, Any]:
    """Return what stands in the text itself: columns that need no other statement."""
    start, end = reading.view.original_span(*found.hull)
    content = " … ".join(reading.view.text[s:e] for s, e in found.content)
    return {
        "source": _joined(reading, found.source),
        "cue": _joined(reading, found.cue),
        "cue_class": found.cue_class or None,
        "content": _joined(reading, found.content),
        "quote_type": quote_type(reading, found),
        "start": start,
        "end": end,
        "addressee": _joined(reading, find_addressee(reading, found)),
        "negated": is_negated(reading, found, language),
        "modality": modality_of(content, language),
        "pattern": found.pattern,
    }


def _joined(reading: Reading, spans: Sequence[Span]) -> str | None:
    """Return the words of the original text, parts joined by an ellipsis; None for no part."""
    text, view = reading.text, reading.view
    parts = [text[slice(*view.original_span(*span))] for span in spans]
    return " … ".join(parts) or None


def _utterances(doc_id: str, resolved: Sequence[Resolved]) -> list[str]:
    """Return the runs of one speaker on one day, by number; nobody known is a run alone."""
    names: list[str] = []
    number, before = 0, None
    for known in resolved:
        now = (known.speaker.name, known.speaker.actor, known.layer, known.said)
        if now != before or (known.speaker.name or known.speaker.actor) is None:
            number += 1
        before = now
        names.append(f"{doc_id}:u{number}")
    return names


def _with_episodes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join statements at most three days apart into episodes, named by their first day.

    A statement known only to its month or year is in the episode of that month or year.
    """
    days = sorted({row["said_on"] for row in rows if row["said_precision"] == "day"})
    episode: dict[Any, str] = {}
    for before, day in zip([None, *days], days, strict=False):
        joined = before is not None and day - before <= timedelta(days=EPISODE_GAP_DAYS)
        episode[day] = episode[before] if joined else f"E{day:%Y%m%d}"
    for row in rows:
        row["episode_id"] = _episode(row, episode)
    return rows


def _episode(row: dict[str, Any], episode: dict[Any, str]) -> str | None:
    if row["said_on"] is None:
        return None
    if row["said_precision"] == "day":
        return episode[row["said_on"]]
    return f"E{row['said_on']:%Y}" if row["said_precision"] == "year" else f"E{row['said_on']:%Y%m}"
