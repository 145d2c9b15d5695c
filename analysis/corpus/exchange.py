"""Attributions in the form in which extractors are compared: one JSON object a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.corpus.attribution import Reading
from analysis.corpus.decoding import check_text, load_text
from analysis.corpus.readings import read_texts
from analysis.corpus.shades import quote_type
from analysis.corpus.spans import Spans
from analysis.errors import LoadError
from analysis.storage import replace_file


def load_texts(path: Path | str) -> list[dict[str, str]]:
    """Read texts from JSON Lines: an object with ``doc_id`` and ``text`` on each line.

    ``language`` and ``kind`` are kept where they are there.

    Raises
    ------
    LoadError
        If a line is no such object, or its text cannot be encoded; the message names the line.
    """
    path = Path(path)
    found = []
    for number, line in enumerate(load_text(path).splitlines(), start=1):
        if line.strip():
            found.append(_text(line, f"{path}:{number}"))
    return found


def attribute_texts(
    texts: Sequence[Mapping[str, str]], *, tagger: str = "crf"
) -> list[dict[str, Any]]:
    """Find the attributions of texts: who says what, by which word, and where.

    `texts` have ``doc_id`` and ``text``, and ``language`` and ``kind`` where they are known;
    both are recognised where they are not.

    Returns
    -------
    For each text an object with its ``doc_id`` and ``attributions``, in the order of the text.
    Of attributions inside one another the outermost is given. Each has ``source``, ``cue`` and
    ``content`` (lists of ``[start, end]``, half-open code-point offsets), ``quote_type`` and
    ``confidence`` in [0, 1].
    """
    languages, kinds = ([text.get(key) for text in texts] for key in ("language", "kind"))
    readings = read_texts([text["text"] for text in texts], languages, kinds=kinds, tagger=tagger)
    return [
        {"doc_id": text["doc_id"], "attributions": _attributions(reading)}
        for text, reading in zip(texts, readings, strict=True)
    ]


def save_attributions(found: Iterable[Mapping[str, Any]], path: Path | str) -> Path:
    """Write what `attribute_texts` found as JSON Lines, and return the path."""
    path = Path(path)
    with (
        replace_file(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="\n") as file,
    ):
        for entry in found:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return path


def _text(line: str, place: str) -> dict[str, str]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise LoadError(f"{place}: not JSON: {error}") from error
    if not isinstance(entry, dict) or not {"doc_id", "text"} <= set(entry):
        raise LoadError(f"{place}: a line is an object with doc_id and text")
    known = {key: str(entry[key]) for key in ("language", "kind") if entry.get(key)}
    text = check_text(str(entry["text"]), place)
    return {"doc_id": str(entry["doc_id"]), "text": text, **known}


def _attributions(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "source": _places(reading, found.source),
            "cue": _places(reading, found.cue),
            "content": _places(reading, found.content),
            "quote_type": quote_type(reading, found),
            "confidence": round(found.confidence, 4),
        }
        for found in reading.attributions
        if not found.nested
    ]


def _places(reading: Reading, spans: Spans) -> list[list[int]]:
    return [list(reading.view.original_span(*span)) for span in spans]
