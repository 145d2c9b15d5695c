"""Whether a side changed its mind or its speakers: a change split into its parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.comparison.counted import Groups, Periods, check_periods, given_kinds
from analysis.comparison.differences import MEASURES, scored_values
from analysis.comparison.positions import FEWEST_STANCES, coded_values
from analysis.resampling import jackknife_interval
from analysis.tables import TURNOVER, build_table
from analysis.versions import join_notes

Floats = NDArray[np.float64]
Units = NDArray[np.int64]

PARTS = ("change", "within", "weights", "entering", "leaving")


def decompose_change(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    groups: Groups,
    periods: Periods,
    coder: str = "adjudicated",
) -> pd.DataFrame:
    """Split the change of each group from each period to the next into within and between speakers.

    Parameters
    ----------
    statements, codes, groups, coder
        As for `analysis.comparison.positions.compare_positions`. Statements without a speaker or a
        day are left out.
    periods
        Two periods or more, in the order of time: name -> first and last day.

    Returns
    -------
    The `turnover` table: five rows for each group, code, `measure` and pair of periods, `earlier`
    and `later`, that follow each other. The measures are those of `compare_differences`: of a frame
    the share of statements that have it, of a proposition salience and direction.

    change
        The later figure less the earlier one; the four below add up to it.
    within
        Speakers of both periods speak otherwise than they did.
    weights
        Speakers of both periods speak more or less of the side's statements.
    entering, leaving
        Those who speak in the later period alone differ from the mean of both; so do those who
        spoke in the earlier one alone.

    `low` and `high` are 95 % limits over episodes (documents where there is none): jackknife with a
    t quantile. In ``tests/benchmarks/turnover_coverage.py`` they hold 94 to 96 % for change,
    within, entering and leaving, 96 to 100 for weights. All are NaN with fewer than five statements
    (for or against) in either period, and `note` says so, and how many statements without a speaker
    or a day were left out.

    Raises
    ------
    StudyError, TableError, ValueError
        As `compare_positions`; ValueError also if there are not two periods, or one begins before
        the one that it follows has ended.

    References
    ----------
    Griliches and Regev (1995), Journal of Econometrics 65(1), for the parts.
    """
    _check_periods(periods)
    rows: list[dict[str, object]] = []
    for kind in given_kinds(codes, coder):
        coded = coded_values(statements, codes, groups, (coder, kind))
        for group, code in product(groups, coded["code"].cat.categories):
            mine = coded[(coded["group"] == group) & (coded["code"] == code)]
            for measure, scored in scored_values(mine, kind):
                base = {"group": group, "code": code, "measure": measure}
                rows += [base | row for row in _changes(scored, periods)]
    frame = pd.DataFrame(rows, columns=list(TURNOVER.columns))
    orders = {"group": groups, "measure": MEASURES, "earlier": periods, "later": periods}
    for column, order in {**orders, "part": PARTS}.items():
        frame[column] = pd.Categorical(frame[column], categories=list(order))
    return build_table(frame, TURNOVER)


def _check_periods(periods: Periods) -> None:
    """Raise unless there are two periods or more, each wholly after the one before."""
    if len(periods) < 2:
        raise ValueError(f"periods are {list(periods)}; a change is from one to another")
    for (earlier, (_, end)), (later, (start, _)) in pairwise(check_periods(periods).items()):
        if start <= end:
            raise ValueError(
                f"period {later!r} starts on {start}, {earlier!r} before it ends on {end}; "
                "name the earlier one first, without days in both"
            )


def _changes(scored: pd.DataFrame, periods: Periods) -> list[dict[str, object]]:
    """Return the five rows of each pair of periods, but for group, code and measure."""
    known = scored.dropna(subset=["speaker", "day"])
    n_lost = len(scored) - len(known)
    lost = f"{n_lost} without speaker or day left out" if n_lost else ""
    days = {
        name: known["day"].between(pd.Timestamp(first), pd.Timestamp(last))
        for name, (first, last) in periods.items()
    }
    return [
        {"earlier": earlier, "later": later} | row
        for earlier, later in pairwise(periods)
        for row in _split(
            pd.concat([known[days[earlier]].assign(when=0), known[days[later]].assign(when=1)]),
            lost,
        )
    ]


def _split(rows: pd.DataFrame, lost: str) -> list[dict[str, object]]:
    """Return the five rows of statements of two periods, `when` 0 or 1."""
    base: dict[str, object] = {
        "n_statements": len(rows),
        "n_units": rows["unit"].nunique(),
        "n_speakers": rows["speaker"].nunique(),
    }
    few = min((rows["when"] == place).sum() for place in (0, 1))
    if few < FEWEST_STANCES:
        note = f"{few} statements in one period, fewer than {FEWEST_STANCES}: not estimable"
        return [base | {"part": part, "note": join_notes(note, lost)} for part in PARTS]
    statistics, n_units = _statistics(rows)
    found = []
    for part, statistic in zip(PARTS, statistics, strict=True):
        estimate = jackknife_interval(statistic, n_units)
        numbers = {"value": estimate.estimate, "low": estimate.low, "high": estimate.high}
        found.append(base | numbers | {"part": part, "note": join_notes(estimate.note, lost)})
    return found


def _statistics(rows: pd.DataFrame) -> tuple[list[Callable[[Units], float]], int]:
    """Return each part as a statistic of all units or all but one, and how many units there are.

    All parts of all these sets are reckoned once: they are asked for five times over.
    """
    sums, counts, n_units = _totals(rows)
    whole = sums.sum(axis=0), counts.sum(axis=0)
    parts = parts_of_change(*whole)
    without = [
        parts_of_change(whole[0] - sums[unit], whole[1] - counts[unit]) for unit in range(n_units)
    ]

    def statistic(units: Units, at: int) -> float:
        if len(units) == n_units:
            return float(parts[at])
        left_out = n_units * (n_units - 1) // 2 - int(units.sum())
        return float(without[left_out][at])

    return [partial(statistic, at=at) for at in range(len(PARTS))], n_units


def _totals(rows: pd.DataFrame) -> tuple[Floats, Floats, int]:
    """Return sums of scores and numbers of statements: by unit, period and speaker."""
    units, names = pd.factorize(rows["unit"], sort=True)
    speakers, people = pd.factorize(rows["speaker"], sort=True)
    shape = (len(names), 2, len(people))
    sums, counts = np.zeros(shape), np.zeros(shape)
    at = units, rows["when"].to_numpy(), speakers
    np.add.at(sums, at, rows["score"].to_numpy())
    np.add.at(counts, at, 1.0)
    return sums, counts, len(names)


def parts_of_change(sums: Floats, counts: Floats) -> Floats:
    """Return the change and its four parts, from each period's and speaker's totals."""
    sizes = counts.sum(axis=1)
    if (sizes == 0).any():
        return np.full(len(PARTS), np.nan)
    weights = counts / sizes[:, None]
    figures = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    whole = (weights * figures).sum(axis=1)
    middle = whole.mean()
    before, after = counts > 0
    both = before & after
    within = (weights.mean(axis=0) * (figures[1] - figures[0]))[both].sum()
    moved = ((weights[1] - weights[0]) * (figures.mean(axis=0) - middle))[both].sum()
    entering = (weights[1] * (figures[1] - middle))[after & ~before].sum()
    leaving = -(weights[0] * (figures[0] - middle))[before & ~after].sum()
    return np.array([whole[1] - whole[0], within, moved, entering, leaving])
