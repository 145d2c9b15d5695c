"""How far two groups stand apart, period by period, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.codebook import PRESENCE
from analysis.comparison.counted import (
    ALL_PERIODS,
    Groups,
    Periods,
    check_periods,
    given_kinds,
)
from analysis.comparison.positions import FEWEST_STANCES, coded_values
from analysis.multiple import q_values
from analysis.resampling import Interval, difference_interval
from analysis.tables import DIFFERENCES, build_table
from analysis.versions import join_notes, note_versions

MEASURES = ("share", "salience", "direction")


def compare_differences(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    groups: Groups,
    periods: Periods,
    coder: str = "adjudicated",
) -> pd.DataFrame:
    """Compare two groups on each proposition and frame, in each period, with a test.

    Parameters
    ----------
    statements, codes, periods, coder
        As for `compare_positions` and `compare_frames`.
    groups
        Two groups, each with its actors: the target, then the reference.

    Returns
    -------
    The `differences` table: by code and period (and for "all" periods), of a frame its `share`, of
    a proposition `salience` and `direction` (favor - against) / (favor + against).

    n_target, n_reference, n_units
        Statements of each group that count (for direction: for or against), and episodes (or else
        documents) of both.
    figure_target, figure_reference, difference, low, high
        Of each group, and of the target less the reference with its 95 % limits over episodes, an
        episode in which both speak counting once (`analysis.resampling.difference_interval`).
    probability
        How sure it is that the target's figure is the higher: from 0 to 1, by the t distribution.
    p, q
        Of no difference, on both sides; the rate of false finds among all rows of the table with a
        p value as small.

    A cell with fewer than five statements, or in which all of them are alike, has its figures but
    no difference, and `note` says so.

    Raises
    ------
    StudyError, TableError, ValueError
        As `compare_positions`; ValueError also if there are not two groups.

    References
    ----------
    Cochran (1977), Sampling Techniques, 6.17, for ratios over clusters; Benjamini and Hochberg
    (1995), Journal of the Royal Statistical Society B 57(1), for q.
    """
    if len(groups) != 2:
        raise ValueError(f"groups are {list(groups)}; a difference is between two")
    check_periods(periods)
    versions = note_versions(codes[codes["coder"] == coder])
    found = [
        {"code": code, "measure": measure, "period": period}
        | _difference(values, list(groups), versions.get(code, ""))
        for code, measure, period, values in _cells(statements, codes, groups, (periods, coder))
    ]
    frame = pd.DataFrame(found, columns=list(DIFFERENCES.columns))
    frame["q"] = q_values(frame["p"].astype("float64"))
    frame["measure"] = pd.Categorical(frame["measure"], categories=MEASURES)
    frame["period"] = pd.Categorical(frame["period"], categories=[*periods, ALL_PERIODS])
    return build_table(frame, DIFFERENCES)


def _cells(
    statements: pd.DataFrame, codes: pd.DataFrame, groups: Groups, how: tuple[Periods, str]
) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Yield code, measure, period and what each statement counts as (`score`)."""
    periods, coder = how
    for kind in given_kinds(codes, coder):
        coded = coded_values(statements, codes, groups, (coder, kind))
        for code in coded["code"].cat.categories:
            for measure, values in scored_values(coded[coded["code"] == code], kind):
                for period, (first, last) in periods.items():
                    days = values["day"].between(pd.Timestamp(first), pd.Timestamp(last))
                    yield code, measure, period, values[days]
                yield code, measure, ALL_PERIODS, values


def scored_values(
    values: pd.DataFrame, kind: tuple[str, ...]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each measure of a code's values with the statements that it is of, and a `score` each.

    `kind` is what the values are of. Of presence the measure is a share; of stances it is salience,
    over all statements, and direction, over those for or against. A mean of scores is the figure.
    """
    given = values["value"]
    if kind == PRESENCE:
        yield "share", values.assign(score=(given == "present").astype("float64"))
        return
    yield "salience", values.assign(score=(given != "not_addressed").astype("float64"))
    sided = values[given.isin(["favor", "against"])]
    yield "direction", sided.assign(score=np.where(sided["value"] == "favor", 1.0, -1.0))


def _difference(values: pd.DataFrame, groups: list[str], remark: str) -> dict[str, object]:
    """Return one row but for its keys."""
    units, names = pd.factorize(values["unit"], sort=True)
    sides = [(values["group"] == group).to_numpy() for group in groups]
    scores = [values["score"].to_numpy()[side] for side in sides]
    figures = [float(score.mean()) if len(score) else np.nan for score in scores]
    row: dict[str, object] = {
        **dict(zip(("target", "reference"), groups, strict=True)),
        **dict(zip(("n_target", "n_reference"), map(len, scores), strict=True)),
        **{"n_units": len(names), "figure_target": figures[0], "figure_reference": figures[1]},
    }
    reasons = [_why_not(group, score) for group, score in zip(groups, scores, strict=True)]
    if any(reasons):
        return row | {"note": join_notes(*reasons, remark)}
    pairs = [
        (np.bincount(units[side], score, len(names)), np.bincount(units[side], None, len(names)))
        for side, score in zip(sides, scores, strict=True)
    ]
    found = difference_interval(*pairs)
    fewest = min(int((sizes > 0).sum()) for _, sizes in pairs)
    return row | {
        **{"difference": found.estimate, "low": found.low, "high": found.high},
        **_probabilities(found, fewest - 1),
        "note": join_notes(found.note, remark),
    }


def _why_not(group: str, scores: np.ndarray) -> str:
    """Say why a group's figure cannot be compared; empty where it can."""
    if len(scores) < FEWEST_STANCES:
        return f"{group}: n = {len(scores)}, not estimable"
    return f"{group}: all {len(scores)} alike, not estimable" if np.ptp(scores) == 0 else ""


def _probabilities(found: Interval, freedom: int) -> dict[str, float]:
    """Return the chance that the first is the higher, and p, of an interval by a t quantile."""
    from scipy.special import stdtr, stdtrit

    if np.isnan(found.low):
        return {"probability": np.nan, "p": np.nan}
    error = (found.high - found.low) / 2 / stdtrit(freedom, 0.975)
    distance = float(found.estimate / error)
    return {
        "probability": float(stdtr(freedom, distance)),
        "p": 2 * float(stdtr(freedom, -abs(distance))),
    }
