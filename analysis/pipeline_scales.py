"""The pipeline's step on scales: where texts stand by their words, by several methods."""

from __future__ import annotations

import pandas as pd

from analysis.built import Built, why_refused
from analysis.comparison.scales import compare_scales, correlate_scales
from analysis.models.correspondence import fit_correspondence
from analysis.models.scales import collect_scales, content_counts
from analysis.models.wordfish import Scale, fit_wordfish
from analysis.models.wordscores import fit_wordscores
from analysis.study import ScaleChoices, Study
from analysis.tables import SCALE_FITS, build_table
from analysis.voices import check_voice


def add_scales(study: Study, built: Built) -> None:
    """Scale the units, if the study says how, and hold the scales to each other and the date."""
    if study.scale is None or "units" not in built.tables:
        return
    units = built.tables["units"]
    refusal = why_refused(check_voice, units)
    if refusal:
        built.left_out["scales"] = refusal
        return
    counts = content_counts(built.tables["counts"], language=study.language)
    fish = fit_wordfish(counts, units, right_of=study.scale.right_of)
    factors = fit_correspondence(counts, units, n_dimensions=2)
    found = {"wordfish": fish.positions, "correspondence": _first(factors.texts)}
    references = _references(study.scale, units)
    if references:
        scored = fit_wordscores(counts, units, reference_scores=references).positions
        built.tables["scored_texts"] = scored
        # Without limits: the method's own take every word for sure and apart from the others.
        found["wordscores"] = scored[["unit_id", "reference"]].assign(position=scored["mv"])
    scales = collect_scales(found, units, right_of=study.scale.right_of)
    present = set(units["group"].astype("str"))
    groups = [group for group in study.groups if group in present]
    built.tables |= {
        "scale_positions": fish.positions,
        "scale_words": fish.words,
        "scale_fits": _fits(fish),
        "ca_texts": factors.texts,
        "ca_dimensions": factors.dimensions,
        "scales": scales,
        "scale_effects": compare_scales(scales, groups=groups, periods=study.periods),
        "scale_agreement": correlate_scales(scales, groups=groups),
    }


def _first(texts: pd.DataFrame) -> pd.DataFrame:
    """Return positions on the first dimension of a correspondence analysis."""
    rows = texts[texts["dimension"] == 1]
    return rows[["unit_id"]].assign(position=rows["standard"])


def _references(scale: ScaleChoices, units: pd.DataFrame) -> dict[str, float]:
    """Return the units whose position the study gives."""
    if not scale.references:
        return {}
    first, last = (pd.Timestamp(day) for day in scale.reference_days)
    told = units[units["date"].between(first, last) & units["group"].isin(list(scale.references))]
    pairs = zip(told["unit_id"].astype("str"), told["group"].astype("str"), strict=True)
    return {unit: scale.references[group] for unit, group in pairs}


def _fits(fish: Scale) -> pd.DataFrame:
    row = {
        "scale": "wordfish",
        "n_units": len(fish.positions),
        "n_terms": len(fish.words),
        "n_tokens": int(fish.words["n"].sum()),
        "n_iterations": fish.n_iterations,
        "last_change": fish.last_change,
        "converged": fish.converged,
    }
    return build_table([row], SCALE_FITS)
