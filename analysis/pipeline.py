"""From a study's raw files to every table that its notebooks read.

Each step takes the study and what is built so far, and adds tables. What a study's texts do
not allow is left out and said, never passed over in silence.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.built import Built, why_one_group, why_refused
from analysis.codebook import load_codebook
from analysis.comparison.change_points import find_change_points
from analysis.comparison.series import document_rates
from analysis.comparison.smoothing import smooth_rates
from analysis.comparison.topic_effects import compare_topics
from analysis.comparison.trends import measure_rates
from analysis.corpus.calibration import measure_confidence
from analysis.corpus.counts import load_counts, load_hits, load_unit_texts, load_units
from analysis.corpus.documents import load_documents, load_documents_from
from analysis.corpus.records import load_statements
from analysis.corpus.scoring import judge_statements, load_gold, score_statements
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.corpus.thresholds import score_thresholds
from analysis.errors import StudyError
from analysis.features.cooccurrence import frame_cooccurrence
from analysis.features.counts import count_terms
from analysis.features.frames import count_hits
from analysis.features.keyness import keyness
from analysis.features.shifts import measure_divergence, word_shift
from analysis.features.units import extract_units
from analysis.index import build_index
from analysis.models.topic_draws import draw_topics
from analysis.models.topic_labels import (
    label_topics,
    map_topics,
    measure_topics,
    representative_units,
)
from analysis.models.topic_scan import scan_topics
from analysis.models.topics import fit_topics
from analysis.pipeline_codes import (
    add_agreement,
    add_codes,
    add_evaluation,
    add_learned,
)
from analysis.pipeline_positions import (
    add_corrections,
    add_positions,
    add_sensitivity,
    why_no_positions,
)
from analysis.pipeline_scales import add_scales
from analysis.storage import hash_file, make_rules, replace_file, save_table
from analysis.study import Study
from analysis.voices import check_voice

# Topics drawn anew for their effects: enough for t quantiles, in a minute.
TOPIC_DRAWN = 12


def build_tables(study: Study) -> Built:
    """Build every table that the study's files allow.

    Raises
    ------
    AnalysisError
        If a step fails for another reason than that the texts do not allow it.
    """
    built = Built()
    if not (study.documents or study.counts):
        raise StudyError(f"study {study.name!r} names neither [documents] nor [counts]")
    if study.documents:
        _add_statements(study, built)
        _add_comparison(study, built)
    _add_counts(study, built)
    for prefix in ("", "passage_"):
        _add_keywords(study, built, prefix)
    _add_trends(study, built)
    _add_topics(study, built)
    add_scales(study, built)
    return built


def save_tables(study: Study) -> Built:
    """Build and save a study's tables, then a manifest and what make must know.

    The manifest tables.json, written last, names every table with its rows and SHA-256, and
    what was left out with the reason. Tables of an earlier run that are no longer made go.
    """
    built = build_tables(study)
    folder = study.processed / "tables"
    for old in sorted(folder.glob("*.parquet")):
        if old.stem not in built.tables:
            old.unlink()
    paths = {
        name: save_table(table, folder / f"{name}.parquet") for name, table in built.tables.items()
    }
    manifest = {
        "study": study.name,
        "tables": {
            name: {"rows": len(built.tables[name]), "sha256": hash_file(path)}
            for name, path in paths.items()
        },
        "left_out": built.left_out,
    }
    target = folder / "tables.json"
    needed = [*([study.codebook_path] if study.codebook_path else []), *paths.values()]
    _write(target.with_suffix(".d"), make_rules(target, needed))
    _write(target, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    return built


def _write(path: Path, text: str) -> None:
    with replace_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def extract_files(
    paths: Sequence[Path], codebook: Path | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the statements of files and folders, and a table of the files left out."""
    loaded = load_documents_from(paths)
    book = load_codebook(codebook) if codebook else None
    return extract_statements(loaded.documents, codebook=book), loaded.refused


def _add_statements(study: Study, built: Built) -> None:
    loaded = load_documents(study)
    documents = loaded.documents
    built.left_out |= dict(zip(loaded.refused["path"], loaded.refused["reason"], strict=True))
    built.tables["documents"] = documents
    if study.statements:
        built.tables["statements"] = load_statements(study)
        return
    statements = extract_statements(documents, codebook=study.codebook)
    spans = extract_spans(documents, statements)
    built.tables |= {"statements": statements, "spans": spans}
    if study.gold:
        gold = load_gold(study.gold)
        judged = judge_statements(statements, spans, gold, documents)
        built.tables |= {
            "scores": score_statements(statements, spans, gold, documents),
            "confidence": measure_confidence(judged),
            "thresholds": score_thresholds(statements, spans, gold, documents),
        }


def _add_comparison(study: Study, built: Built) -> None:
    add_codes(study, built)
    refusal = why_no_positions(study, built)
    if refusal:
        built.left_out["positions"] = refusal
        return
    steps = (add_agreement, add_learned, add_evaluation)
    for step in (*steps, add_positions, add_corrections, add_sensitivity):
        step(study, built)


def _add_counts(study: Study, built: Built) -> None:
    readers = {"units": load_units, "counts": load_counts, "hits": load_hits}
    _add_texts(study, built)
    for name in study.counts:
        built.tables[name] = readers[name.removeprefix("passage_")](study, name)
    if study.counts or "statements" not in built.tables:
        return
    refusal = why_refused(check_voice, built.tables["statements"])
    if refusal:
        built.left_out["counts"] = refusal
        return
    units = extract_units(built.tables["statements"], groups=study.groups, language=study.language)
    texts = units.set_index("unit_id")["text"]
    built.tables |= {
        "units": units.drop(columns="text"),
        "counts": count_terms(build_index(texts, language=study.language)),
        "hits": count_hits(texts, study.codebook, language=study.language),
    }


def _add_texts(study: Study, built: Built) -> None:
    """Take the texts of units along where they have been fetched."""
    if not study.texts:
        return
    texts = load_unit_texts(study.texts)
    if len(texts):
        built.tables["texts"] = texts
    else:
        built.left_out["texts"] = f"not at hand; `concordat fetch {study.name}` gets them"


def _add_keywords(study: Study, built: Built, prefix: str) -> None:
    tables = built.tables
    if f"{prefix}units" not in tables:
        return
    units, counts = tables[f"{prefix}units"], tables[f"{prefix}counts"]
    tables[f"{prefix}rates"] = measure_rates(tables[f"{prefix}hits"], units, periods=study.periods)
    if len(study.groups) < 2:
        built.left_out[f"{prefix}keyness"] = why_one_group(study)
        return
    target, reference, *_ = study.groups
    silent = {target, reference} - set(units["group"].astype("str"))
    if silent:
        built.left_out[f"{prefix}keyness"] = f"no words of {sorted(silent)} to compare"
        return
    sides = {"target": target, "reference": reference}
    tables[f"{prefix}keyness"] = keyness(counts, units, **sides)
    tables[f"{prefix}shifts"] = word_shift(counts, units, **sides)
    tables[f"{prefix}divergence"] = measure_divergence(counts, units, **sides, seed=study.seed)


def _add_trends(study: Study, built: Built) -> None:
    if "hits" not in built.tables:
        return
    rates = document_rates(built.tables["hits"], built.tables["units"])
    built.tables |= {
        "document_rates": rates,
        "trend": smooth_rates(rates),
        "change_points": find_change_points(rates, seed=study.seed),
        "cooccurrence": frame_cooccurrence(built.tables["hits"], built.tables["units"]),
    }


def _add_topics(study: Study, built: Built) -> None:
    if not study.n_topics or "units" not in built.tables:
        return
    counts, units = built.tables["counts"], built.tables["units"]
    model = fit_topics(counts, units, k=study.n_topics, seed=study.seed)
    built.tables |= {
        "topic_terms": model.topic_terms,
        "topic_labels": label_topics(model),
        "topic_shares": model.topic_shares,
        "topic_stability": model.stability,
        "topic_quality": measure_topics(model),
        "topic_units": representative_units(model),
        "topic_map": map_topics(model),
    }
    draws = draw_topics(model, units, seed=study.seed, draws=TOPIC_DRAWN)
    groups = [group for group in study.groups if group in set(units["group"].astype("str"))]
    built.tables["topic_effects"] = compare_topics(
        draws, units, groups=groups, periods=study.periods
    )
    # Around the study's own number, for the reader to see what another would have given.
    numbers = {max(2, round(study.n_topics * part)) for part in (0.5, 1, 2)}
    ks = [k for k in numbers if k <= model.parts.matrix.filled.sum()]
    built.tables["topic_scan"] = scan_topics(counts, units, ks=ks, seed=study.seed, n_refits=2)
