"""How far coders agree, by every coefficient in use, with intervals over independent units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import check_choice
from analysis.models.reliability import chance_corrected, check_apart, paired_values
from analysis.resampling import Interval, jackknife_se
from analysis.tables import AGREEMENT, DISAGREEMENTS, STATEMENTS, build_table, check_table
from analysis.versions import join_notes, note_versions

Floats = NDArray[np.float64]

Parts = tuple[float, float]
Score = Callable[[Floats], Parts]

MEASURES = ("alpha_nominal", "cohen_kappa", "fleiss_kappa", "agreement")
LEVELS = ("nominal", "ordinal", "interval")
RANKED = {"alpha_ordinal": "ordinal", "alpha_interval": "interval"}
UNDEFINED = "no variation: undefined"
NO_FULL = "no statement that all coders coded: undefined"
NO_PAIRS = "no statement with two coders: undefined"
TORN = "not defined without some of the units: no interval"
ROUNDING = 1e-12
_NOTHING = (float("nan"), float("nan"))


def measure_agreement(
    codes: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    coders: Sequence[str],
    order: Sequence[str] = (),
) -> pd.DataFrame:
    """Measure how far coders agree on each code, by coefficient.

    Parameters
    ----------
    codes, statements, coders
        As for `analysis.models.reliability.measure_reliability`: statements count that two or more
        of the coders coded; episodes, or else documents, are the independent units.
    order
        The values of a code from the lowest to the highest, where they have an order: ("against",
        "ambiguous", "favor"). With it there are ordinal and interval alpha; interval alpha takes
        neighbours as equally far apart, or the values themselves if they are numbers. Both are NaN
        for a code with other values, which `note` names.

    Returns
    -------
    The `agreement` table: a row for each code and measure.

    alpha_nominal, alpha_ordinal, alpha_interval
        Krippendorff's alpha.
    cohen_kappa
        Of two coders; the mean over pairs of coders where there are more.
    fleiss_kappa
        Of statements that all coders coded.
    agreement
        The share of pairs of values that are equal; and ``agreement:VALUE``, of the pairs that
        hold the value, the share in which both do (specific agreement).

    `low` and `high` are 95 % limits over units, as those of `measure_reliability`: Korn and
    Graubard's of the observed disagreement, at the variance of the jackknife. A coefficient is NaN,
    never 1, where nothing varies, and `note` says so; also where no statement has two coders, or
    codes were given by two versions of the codebook.

    Raises
    ------
    ValueError
        If fewer than two coders are named, one is not there (those that are are listed), or `order`
        names a value twice.
    TableError
        If a table is not as declared or a statement is synthetic.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability. Cohen (1960), Educational and
    Psychological Measurement 20(1). Fleiss (1971), Psychological Bulletin 76(5). Fleiss, Levin
    and Paik (2003), Statistical Methods for Rates and Proportions, for specific agreement.
    """
    if len(set(order)) < len(order):
        raise ValueError(f"order is {list(order)}; each value stands in it once")
    values = paired_values(codes, statements, check_apart(coders))
    mine = codes[codes["coder"].isin(list(coders))]
    versions, rows = note_versions(mine), []
    for code in sorted(mine["code"].astype("str").unique()):
        of_code = values[values["code"] == code].copy()
        if of_code.empty:
            nothing = {"n_statements": 0, "n_units": 0, "note": NO_PAIRS}
            wanted = (*MEASURES, *(RANKED if order else ()))
            rows += [{"code": code, "measure": measure, **nothing} for measure in wanted]
            continue
        for measure, score in _measures(of_code, order).items():
            found = _estimate(of_code, score, versions.get(code, ""))
            rows.append({"code": code, "measure": measure, **found})
        rows += [{"code": code, **row} for row in _not_ranked(of_code, order)]
    return build_table(pd.DataFrame(rows, columns=list(AGREEMENT.columns)), AGREEMENT)


def list_disagreements(
    codes: pd.DataFrame, statements: pd.DataFrame, *, coders: Sequence[str]
) -> pd.DataFrame:
    """List every statement that coders coded differently, with its words.

    Parameters
    ----------
    codes, statements, coders
        As for `measure_agreement`.

    Returns
    -------
    The `disagreements` table, a row for each statement and code, by code and statement: `values`
    says what each coder gave ("coder_1: favor; coder_2: against"), `content` what was said.

    Raises
    ------
    ValueError, TableError
        As `measure_agreement`.
    """
    values = paired_values(codes, statements, coders)
    different = values.groupby(["statement_id", "code"])["value"].transform("nunique") > 1
    rows = values[different].sort_values(["code", "statement_id", "coder"], kind="stable")
    told = (rows["coder"] + ": " + rows["value"]).groupby([rows["code"], rows["statement_id"]])
    listed = told.agg("; ".join).rename("values").reset_index()
    words = check_table(statements, STATEMENTS).set_index("statement_id")["content"]
    return build_table(listed.assign(content=listed["statement_id"].map(words)), DISAGREEMENTS)


def alpha(ratings: Floats, *, level: str = "nominal") -> float:
    """Return Krippendorff's alpha of ratings: a row for each coder, NaN where none was given.

    Nominal values are any numbers; ordinal ones are compared by their ranks, interval ones by
    their distances. NaN where nothing varies.

    Raises
    ------
    ValueError
        If the level is none of the three, ratings have no rows and columns, or one has no end.
    """
    return _coefficient(alpha_parts(ratings, level=level))


def cohen_kappa(ratings: Floats) -> float:
    """Return Cohen's kappa of two rows of ratings, or its mean over all pairs of rows."""
    return _coefficient(cohen_parts(ratings))


def fleiss_kappa(ratings: Floats) -> float:
    """Return Fleiss' kappa of the columns that every row has rated."""
    return _coefficient(fleiss_parts(ratings))


def alpha_parts(ratings: Floats, *, level: str = "nominal") -> Parts:
    """Return alpha's observed and expected disagreement, as parts of the largest distance."""
    check_choice(level, LEVELS, "level")
    given = np.asarray(ratings, dtype=np.float64)
    if given.ndim != 2 or np.isinf(given).any():
        raise ValueError(
            f"ratings have the shape {given.shape}; a row for each coder, a column for each "
            "statement, each rating a number or missing"
        )
    kept = given[:, (~np.isnan(given)).sum(axis=0) > 1]
    values = np.unique(kept[~np.isnan(kept)])
    if len(values) < 2:
        return _NOTHING
    found = np.stack([(kept == value).sum(axis=0) for value in values], axis=1).astype(float)
    weights = 1 / (found.sum(axis=1) - 1)
    pairs = np.einsum("u,ui,uj->ij", weights, found, found) - np.diag(weights @ found)
    totals = pairs.sum(axis=0)
    chance = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    far = _distances(values, totals, level)
    far = far / far.max() / totals.sum()
    return float((pairs * far).sum()), float((chance * far).sum())


def cohen_parts(ratings: Floats) -> Parts:
    """Return Cohen's observed and expected disagreement; means over pairs of rows.

    The observed one is such that the coefficient is the mean of the pairs' kappas.
    """
    found = [
        _kappa_parts(first[both], second[both])
        for place, first in enumerate(ratings)
        for second in ratings[place + 1 :]
        for both in [~np.isnan(first) & ~np.isnan(second)]
        if both.any()
    ]
    if not found:
        return _NOTHING
    kappas = [_coefficient(parts) for parts in found]
    expected = float(np.mean([each for _, each in found]))
    return float((1 - np.mean(kappas)) * expected), expected


def _kappa_parts(first: Floats, second: Floats) -> Parts:
    values = np.unique(np.concatenate([first, second]))
    chance = float(sum((first == value).mean() * (second == value).mean() for value in values))
    return float((first != second).mean()), 1 - chance


def fleiss_parts(ratings: Floats) -> Parts:
    """Return Fleiss' observed and expected disagreement."""
    full = ratings[:, ~np.isnan(ratings).any(axis=0)]
    n_coders, n_units = full.shape
    if not n_units:
        return _NOTHING
    values = np.unique(full)
    found = np.stack([(full == value).sum(axis=0) for value in values], axis=1)
    agreed = ((found**2).sum(axis=1) - n_coders) / (n_coders * (n_coders - 1))
    chance = float(((found.sum(axis=0) / found.sum()) ** 2).sum())
    return float(1 - agreed.mean()), 1 - chance


def _coefficient(parts: Parts) -> float:
    """Return 1 less observed over expected disagreement; NaN where none is expected."""
    observed, expected = parts
    return 1 - observed / expected if expected > 0 else float("nan")


def _distances(values: Floats, totals: Floats, level: str) -> Floats:
    """Return how far each two values are apart, squared."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        return np.subtract.outer(values, values) ** 2
    middles = np.cumsum(totals) - totals / 2
    return np.subtract.outer(middles, middles) ** 2


def specific_agreement(ratings: Floats, value: float | None = None) -> float:
    """Return the share of pairs that are equal; of those that hold a value, that both do."""
    known = (~np.isnan(ratings)).sum(axis=0)
    pairs = same = 0.0
    for each in np.unique(ratings[~np.isnan(ratings)]) if value is None else [value]:
        found = (ratings == each).sum(axis=0)
        same += float((found * (found - 1)).sum())
        pairs += float((found * (known - 1)).sum())
    return same / pairs if pairs else float("nan")


def _measures(values: pd.DataFrame, order: Sequence[str]) -> dict[str, Score]:
    """Return the measures that the values of a code allow, by name; they take ratings.

    A coefficient gives observed and expected disagreement, a share the disagreement alone, of 1.
    """
    categories = sorted(values["value"].unique())
    found: dict[str, Score] = {
        "alpha_nominal": alpha_parts,
        "cohen_kappa": cohen_parts,
        "fleiss_kappa": fleiss_parts,
        "agreement": _apart,
    }
    if order and set(categories) <= set(order):
        for measure, level in RANKED.items():
            found[measure] = partial(alpha_parts, level=level)
        numbers = _numbers(order)
        values["number"] = values["value"].map(dict(zip(order, numbers, strict=True)))
    else:
        values["number"] = values["value"].map({v: float(n) for n, v in enumerate(categories)})
    for category in categories:
        number = float(values.loc[values["value"] == category, "number"].iloc[0])
        found[f"agreement:{category}"] = partial(_apart, value=number)
    return found


def _not_ranked(values: pd.DataFrame, order: Sequence[str]) -> list[dict[str, object]]:
    """Return rows that say why a code has no ordinal and interval alpha, where it was asked."""
    beside = sorted(set(values["value"]) - set(order))
    if not order or not beside:
        return []
    numbers = {
        "n_statements": values["statement_id"].nunique(),
        "n_units": values["unit"].nunique(),
    }
    note = f"values {beside} are not in the order {list(order)}"
    return [{"measure": measure, **numbers, "note": note} for measure in RANKED]


def _apart(ratings: Floats, value: float | None = None) -> Parts:
    """Return the share of pairs that are not equal, of 1."""
    return 1 - specific_agreement(ratings, value), 1.0


def _numbers(order: Sequence[str]) -> list[float]:
    try:
        return [float(value) for value in order]
    except ValueError:
        return [float(place) for place in range(len(order))]


def _estimate(values: pd.DataFrame, score: Score, remark: str) -> dict[str, object]:
    """Return a measure with its interval over units."""
    wide = values.pivot_table(
        index="coder", columns="statement_id", values="number", aggfunc="first", sort=True
    )
    units = values.drop_duplicates("statement_id").set_index("statement_id")["unit"]
    owners, names = pd.factorize(units.reindex(wide.columns), sort=True)
    ratings = wide.to_numpy(dtype=np.float64)
    columns = [np.flatnonzero(owners == place) for place in range(len(names))]

    def of_units(chosen: NDArray[np.intp]) -> float:
        return _coefficient(score(ratings[:, np.concatenate([columns[unit] for unit in chosen])]))

    observed, expected = score(ratings)
    value = _coefficient((observed, expected))
    error = jackknife_se(of_units, len(names))
    unrated = score is fleiss_parts and np.isnan(ratings).any(axis=0).all()
    why = (NO_FULL if unrated else UNDEFINED) if np.isnan(value) else TORN
    found = Interval(value, np.nan, np.nan, len(names), why)
    if not np.isnan(value) and (observed <= ROUNDING or not np.isnan(error) or len(names) < 2):
        sizes = np.bincount(owners).astype(np.float64)
        share = observed if observed > ROUNDING else 0.0
        found = chance_corrected((share, expected), sizes, error)
    return {
        **{"n_statements": ratings.shape[1], "n_units": len(names), "value": found.estimate},
        **{"low": found.low, "high": found.high, "note": join_notes(found.note, remark)},
    }
