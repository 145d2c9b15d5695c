"""How far coders agree, by every coefficient in use, with intervals over independent units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.models.reliability import paired_values
from analysis.resampling import jackknife_interval
from analysis.tables import AGREEMENT, DISAGREEMENTS, STATEMENTS, build_table, check_table

Floats = NDArray[np.float64]

LEVELS = ("nominal", "ordinal", "interval")
UNDEFINED = "no variation: undefined"


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
        "ambiguous", "favor"). Ordinal and interval alpha are of values among these; interval alpha
        takes neighbours as equally far apart, or the values themselves if they are numbers.

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

    `low` and `high` are 95 % limits over units: jackknife with a t quantile. A coefficient is NaN,
    never 1, where nothing varies, and `note` says so. Near 1, and with few units, the interval of
    `measure_reliability` is the better one.

    Raises
    ------
    ValueError
        If fewer than two coders are named, or one is not there (those that are are listed).
    TableError
        If a table is not as declared or a statement is synthetic.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability. Cohen (1960), Educational and
    Psychological Measurement 20(1). Fleiss (1971), Psychological Bulletin 76(5). Fleiss, Levin
    and Paik (2003), Statistical Methods for Rates and Proportions, for specific agreement.
    """
    values = paired_values(codes, statements, coders)
    rows = []
    for code in sorted(values["code"].unique()):
        of_code = values[values["code"] == code]
        for measure, score in _measures(of_code, order).items():
            rows.append({"code": code, "measure": measure, **_estimate(of_code, score)})
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
        If the level is none of the three.
    """
    check_choice(level, LEVELS, "level")
    given = np.asarray(ratings, dtype=np.float64)
    kept = given[:, (~np.isnan(given)).sum(axis=0) > 1]
    values = np.unique(kept[~np.isnan(kept)])
    if len(values) < 2:
        return float("nan")
    found = np.stack([(kept == value).sum(axis=0) for value in values], axis=1).astype(float)
    weights = 1 / (found.sum(axis=1) - 1)
    pairs = np.einsum("u,ui,uj->ij", weights, found, found) - np.diag(weights @ found)
    totals = pairs.sum(axis=0)
    chance = (np.outer(totals, totals) - np.diag(totals)) / (totals.sum() - 1)
    far = _distances(values, totals, level)
    return float(1 - (pairs * far).sum() / (chance * far).sum())


def _distances(values: Floats, totals: Floats, level: str) -> Floats:
    """Return how far each two values are apart, squared."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "interval":
        return np.subtract.outer(values, values) ** 2
    middles = np.cumsum(totals) - totals / 2
    return np.subtract.outer(middles, middles) ** 2


def cohen_kappa(ratings: Floats) -> float:
    """Return Cohen's kappa of two rows of ratings, or its mean over all pairs of rows."""
    found = [
        _kappa(first[both], second[both])
        for place, first in enumerate(ratings)
        for second in ratings[place + 1 :]
        for both in [~np.isnan(first) & ~np.isnan(second)]
        if both.any()
    ]
    return float(np.mean(found)) if found else float("nan")


def _kappa(first: Floats, second: Floats) -> float:
    values = np.unique(np.concatenate([first, second]))
    chance = float(sum((first == value).mean() * (second == value).mean() for value in values))
    return ((first == second).mean() - chance) / (1 - chance) if chance < 1 else float("nan")


def fleiss_kappa(ratings: Floats) -> float:
    """Return Fleiss' kappa of the columns that every row has rated."""
    full = ratings[:, ~np.isnan(ratings).any(axis=0)]
    n_coders, n_units = full.shape
    if not n_units:
        return float("nan")
    values = np.unique(full)
    found = np.stack([(full == value).sum(axis=0) for value in values], axis=1)
    agreed = ((found**2).sum(axis=1) - n_coders) / (n_coders * (n_coders - 1))
    chance = float(((found.sum(axis=0) / found.sum()) ** 2).sum())
    return float((agreed.mean() - chance) / (1 - chance)) if chance < 1 else float("nan")


def specific_agreement(ratings: Floats, value: float | None = None) -> float:
    """Return the share of pairs that are equal; of those that hold a value, that both do."""
    known = (~np.isnan(ratings)).sum(axis=0)
    pairs = same = 0.0
    for each in np.unique(ratings[~np.isnan(ratings)]) if value is None else [value]:
        found = (ratings == each).sum(axis=0)
        same += float((found * (found - 1)).sum())
        pairs += float((found * (known - 1)).sum())
    return same / pairs if pairs else float("nan")


def _measures(values: pd.DataFrame, order: Sequence[str]) -> dict[str, Callable[[Floats], float]]:
    """Return the measures that the values of a code allow, by name; they take ratings."""
    categories = sorted(values["value"].unique())
    found: dict[str, Callable[[Floats], float]] = {
        "alpha_nominal": alpha,
        "cohen_kappa": cohen_kappa,
        "fleiss_kappa": fleiss_kappa,
        "agreement": specific_agreement,
    }
    if order and set(categories) <= set(order):
        found["alpha_ordinal"] = partial(alpha, level="ordinal")
        found["alpha_interval"] = partial(alpha, level="interval")
        numbers = _numbers(order)
        values["number"] = values["value"].map(dict(zip(order, numbers, strict=True)))
    else:
        values["number"] = values["value"].map({v: float(n) for n, v in enumerate(categories)})
    for category in categories:
        number = float(values.loc[values["value"] == category, "number"].iloc[0])
        found[f"agreement:{category}"] = partial(specific_agreement, value=number)
    return found


def _numbers(order: Sequence[str]) -> list[float]:
    try:
        return [float(value) for value in order]
    except ValueError:
        return [float(place) for place in range(len(order))]


def _estimate(values: pd.DataFrame, score: Callable[[Floats], float]) -> dict[str, object]:
    """Return a measure with its interval over units."""
    wide = values.pivot_table(
        index="coder", columns="statement_id", values="number", aggfunc="first", sort=True
    )
    if wide.columns.empty:
        raise TableError("codes: no statement has two coders")
    units = values.drop_duplicates("statement_id").set_index("statement_id")["unit"]
    owners, names = pd.factorize(units.reindex(wide.columns), sort=True)
    ratings = wide.to_numpy(dtype=np.float64)
    columns = [np.flatnonzero(owners == place) for place in range(len(names))]

    def of_units(chosen: NDArray[np.intp]) -> float:
        return score(ratings[:, np.concatenate([columns[unit] for unit in chosen])])

    found = jackknife_interval(of_units, len(names))
    low, high = np.clip([found.low, found.high], -1.0, 1.0)
    note = UNDEFINED if np.isnan(found.estimate) else found.note
    return {
        "n_statements": ratings.shape[1],
        "n_units": len(names),
        "value": found.estimate,
        "low": low,
        "high": high,
        "note": note or None,
    }
