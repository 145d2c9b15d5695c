"""From a study's raw files to every table that its notebooks read.

Each step takes the study and what is built so far, and adds tables. What a study's texts do
not allow is left out and said, never passed over in silence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.codebook import load_codebook
from analysis.comparison.change_points import find_change_points
from analysis.comparison.correction import correct_shares
from analysis.comparison.positions import compare_frames, compare_positions, note_reliability
from analysis.comparison.series import document_rates
from analysis.comparison.smoothing import smooth_rates
from analysis.comparison.topic_effects import compare_topics
from analysis.comparison.trends import measure_rates
from analysis.corpus.calibration import measure_confidence
from analysis.corpus.counts import load_counts, load_hits, load_unit_texts, load_units
from analysis.corpus.documents import load_documents, load_documents_from
from analysis.corpus.records import load_codes, load_statements
from analysis.corpus.scoring import judge_statements, load_gold, score_statements
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.errors import StudyError, TableError
from analysis.features.cooccurrence import frame_cooccurrence
from analysis.features.counts import count_terms
from analysis.features.frames import code_frames, count_hits
from analysis.features.keyness import keyness
from analysis.features.pattern_report import report_patterns
from analysis.features.shifts import measure_divergence, word_shift
from analysis.features.units import extract_units
from analysis.index import build_index
from analysis.models.coder_agreement import list_disagreements, measure_agreement
from analysis.models.evaluation import evaluate_codes
from analysis.models.reliability import measure_reliability
from analysis.models.sampling import sample_statements
from analysis.models.stance import code_by_actor, code_stance
from analysis.models.topic_draws import draw_topics
from analysis.models.topic_labels import (
    label_topics,
    map_topics,
    measure_topics,
    representative_units,
)
from analysis.models.topic_scan import scan_topics
from analysis.models.topics import fit_topics
from analysis.storage import hash_file, make_rules, replace_file, save_table
from analysis.study import Study
from analysis.tables import CODES, EVALUATION, Table, build_table
from analysis.voices import check_not_synthetic, check_voice

# Of the reference codes, so many are taken as if they alone were given by hand.
SAMPLE_BY_HAND = 80
# Topics drawn anew for their effects: enough for t quantiles, in half a minute.
TOPIC_DRAWN = 12


@dataclass
class Built:
    """The tables of a study so far, and what was left out with the reason."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


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
        _add_codes(study, built)
        _add_positions(study, built)
    _add_counts(study, built)
    for prefix in ("", "passage_"):
        _add_keywords(study, built, prefix)
    _add_trends(study, built)
    _add_topics(study, built)
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
        }


def _add_codes(study: Study, built: Built) -> None:
    statements = built.tables["statements"]
    codes = [
        code_frames(statements, study.codebook, language=study.language),
        code_stance(statements, study.codebook, language=study.language),
    ]
    if study.codes:
        codes.insert(0, load_codes(study))
    built.tables["codes"] = _stack(codes, CODES)


def _add_positions(study: Study, built: Built) -> None:
    statements, codes = built.tables["statements"], built.tables["codes"]
    refusal = _refusal(check_not_synthetic, statements)
    if refusal or len(study.groups) < 2:
        built.left_out["positions"] = refusal or _one_group(study)
        return
    reference, *blind = study.codes.coders if study.codes else ["patterns"]
    measures = {"positions": compare_positions, "shares": compare_frames}
    estimates = {
        name: compare(
            statements, codes, groups=study.groups, periods=study.periods, coder=reference
        )
        for name, compare in measures.items()
    }
    if len(blind) > 1:
        reliability = measure_reliability(codes, statements, coders=blind)
        estimates = {name: note_reliability(e, reliability) for name, e in estimates.items()}
        built.tables["reliability"] = reliability
        built.tables["agreement"] = measure_agreement(codes, statements, coders=blind)
        built.tables["disagreements"] = list_disagreements(codes, statements, coders=blind)
    built.tables |= estimates
    if study.codes:
        _add_evaluation(built, reference)
        _add_validity(study, built, reference)


def _add_evaluation(built: Built, reference: str) -> None:
    """Hold the codebook's patterns, and a baseline that sees only the actor, to the reference."""
    statements, codes = built.tables["statements"], built.tables["codes"]
    by_actor = code_by_actor(statements, codes, reference=reference)
    built.tables["codes"] = codes = _stack([codes, by_actor], CODES)
    found = [
        evaluate_codes(codes, statements=statements, reference=reference, coder=coder)
        for coder in ("patterns", "actor_only")
    ]
    built.tables["evaluation"] = _stack(found, EVALUATION)


def _add_counts(study: Study, built: Built) -> None:
    readers = {"units": load_units, "counts": load_counts, "hits": load_hits}
    _add_texts(study, built)
    for name in study.counts:
        built.tables[name] = readers[name.removeprefix("passage_")](study, name)
    if study.counts or "statements" not in built.tables:
        return
    refusal = _refusal(check_voice, built.tables["statements"])
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


def _add_validity(study: Study, built: Built, reference: str) -> None:
    """Correct what the patterns say by a sample of the reference codes, and ask each pattern."""
    statements, codes = built.tables["statements"], built.tables["codes"]
    sample = sample_statements(statements, n=SAMPLE_BY_HAND, seed=study.seed)
    drawn = codes["statement_id"].isin(sample["statement_id"])
    kept = codes[(codes["coder"] != reference) | drawn].reset_index(drop=True)
    coders = ("patterns", reference)
    texts = statements.set_index("statement_id")["content"].dropna()
    built.tables |= {
        "corrected": correct_shares(statements, kept, sample, groups=study.groups, coders=coders),
        "pattern_report": report_patterns(texts, study.codebook, language=study.language),
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
        built.left_out[f"{prefix}keyness"] = _one_group(study)
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


def _stack(tables: Sequence[pd.DataFrame], table: Table) -> pd.DataFrame:
    """One table of several; categories are those of all."""
    return build_table(pd.concat([part.astype("object") for part in tables]), table)


def _one_group(study: Study) -> str:
    return (
        f"study {study.name!r} has one group, {list(study.groups)}; a comparison needs two: "
        "name another in [groups] of its study.toml"
    )


def _refusal(check: Callable[[pd.DataFrame], object], table: pd.DataFrame) -> str:
    """Return why the voice of a table's texts bars a step; an empty string where it does not."""
    try:
        check(table)
    except TableError as error:
        return str(error)
    return ""
