"""Whether a side changed its mind or its speakers: a change split into its parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import PRESENCE, STANCES
from analysis.comparison.positions import FEWEST_STANCES, Groups, Periods, coded_values
from analysis.errors import check_choice
from analysis.resampling import jackknife_interval
from analysis.tables import TURNOVER, build_table
from analysis.versions import join_notes

Floats = NDArray[np.float64]

PARTS = ("change", "within", "weights", "entering", "leaving")


def decompose_change(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    groups: Groups,
    periods: Periods,
    coder: str = "adjudicated",
) -> pd.DataFrame:
    """Split the change of each group from one period to another into within and between speakers.

    Parameters
    ----------
    statements, codes, groups, coder
        As for `analysis.comparison.positions.compare_positions`. Statements without a speaker or a
        day are left out.
    periods
        Two periods, the earlier first: name -> first and last day.

    Returns
    -------
    The `turnover` table: five rows for each group and code. Of a frame it is the share of
    statements that have it which changes; of a proposition its direction, (favor - against) /
    (favor + against).

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
        As `compare_positions`; ValueError also if there are not two periods, the second after
        the first.

    References
    ----------
    Griliches and Regev (1995), Journal of Econometrics 65(1), for the parts.
    """
    _check_periods(periods)
    rows = []
    for values, kinds in ((PRESENCE, ("present",)), (STANCES, ("favor", "against"))):
        if not set(codes.loc[codes["coder"] == coder, "value"].dropna()) & set(values):
            check_choice(coder, codes["coder"].astype("str").unique(), "coder")
            continue
        coded = coded_values(statements, codes, groups, (coder, values))
        rows += [
            row
            for (group, code), mine in coded.groupby(["group", "code"], sort=True)
            for row in _split((str(group), str(code)), mine, kinds, periods)
        ]
    frame = pd.DataFrame(rows, columns=list(TURNOVER.columns))
    frame["group"] = pd.Categorical(frame["group"], categories=list(groups))
    frame["part"] = pd.Categorical(frame["part"], categories=list(PARTS))
    return build_table(frame, TURNOVER)


def _scored(values: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    """Return what each statement counts as: 1 or 0 for a frame, 1 or -1 for a direction."""
    known = values.dropna(subset=["speaker", "day"])
    if kinds == ("present",):
        return known.assign(score=(known["value"] == "present").astype("float64"))
    sided = known[known["value"].isin(list(kinds))]
    return sided.assign(score=np.where(sided["value"] == "favor", 1.0, -1.0))


def _check_periods(periods: Periods) -> None:
    """Raise unless there are two periods, the second wholly after the first."""
    if len(periods) != 2:
        raise ValueError(f"periods are {list(periods)}; a change is from one to another")
    (_, end), (start, _) = periods.values()
    if start <= end:
        raise ValueError(
            f"periods {list(periods)}: the second starts on {start}, the first ends on {end}; "
            "name the earlier one first, without days in both"
        )


def _split(
    names: tuple[str, str], values: pd.DataFrame, kinds: Sequence[str], periods: Periods
) -> list[dict[str, object]]:
    """Return the five rows of a group and code."""
    scored = _scored(values, kinds)
    when = pd.Series(-1, index=scored.index)
    for place, (first, last) in enumerate(periods.values()):
        when[scored["day"].between(pd.Timestamp(first), pd.Timestamp(last))] = place
    rows = scored.assign(when=when)[when >= 0]
    n_lost = int(values[["speaker", "day"]].isna().any(axis=1).sum())
    lost = f"{n_lost} without speaker or day left out" if n_lost else ""
    base = {
        **dict(zip(("group", "code"), names, strict=True)),
        "n_statements": len(rows),
        "n_units": rows["unit"].nunique(),
        "n_speakers": rows["speaker"].nunique(),
    }
    few = min((rows["when"] == place).sum() for place in (0, 1))
    if few < FEWEST_STANCES:
        note = f"{few} statements in one period, fewer than {FEWEST_STANCES}: not estimable"
        return [base | {"part": part, "note": join_notes(note, lost)} for part in PARTS]
    sums, counts, n_units = _totals(rows)
    found = []
    for place, part in enumerate(PARTS):

        def value(units: NDArray[np.intp], at: int = place) -> float:
            return float(parts_of_change(sums[units].sum(axis=0), counts[units].sum(axis=0))[at])

        estimate = jackknife_interval(value, n_units)
        numbers = {"value": estimate.estimate, "low": estimate.low, "high": estimate.high}
        found.append(base | numbers | {"part": part, "note": join_notes(estimate.note, lost)})
    return found


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
