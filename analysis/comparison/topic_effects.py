"""How much of each group's texts a topic takes, period by period, and how far groups differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise, product
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.multiple import q_values
from analysis.tables import TOPIC_DRAWS, TOPIC_EFFECTS, UNITS, build_table, check_table
from analysis.voices import check_not_synthetic

ALL_PERIODS = "all"
FEWEST_DOCUMENTS = 5
LEVEL = 0.95
EFFECTS = ("prevalence", "difference", "interaction")
# Differences of shares, and of such differences, go no further than this either way.
BOUNDS = {"difference": 1.0, "interaction": 2.0}

Floats = NDArray[np.float64]
Periods = Mapping[str, tuple[date, date]]


class _Cell(NamedTuple):
    """One group in one period.

    `shares`: mean shares, draws by topics. `inside`: which documents it holds. `shifts`: of
    documents by topics in the fit; their squares add up to the variance between documents.
    `freedom`: what that variance rests on.
    """

    name: str
    shares: Floats
    inside: NDArray[np.bool_]
    shifts: Floats
    freedom: float


class _Contrast(NamedTuple):
    """What a row is of: cells, each with the sign that it counts with."""

    effect: str
    group: str
    period: str
    cells: Sequence[tuple[tuple[str, str], int]]


def compare_topics(
    topic_draws: pd.DataFrame,
    units: pd.DataFrame,
    *,
    groups: Sequence[str],
    periods: Periods | None = None,
) -> pd.DataFrame:
    """Compare groups and periods in how much of their texts each topic takes.

    Parameters
    ----------
    topic_draws
        The `topic_draws` table.
    units
        The `units` table: group, day and document of each unit.
    groups
        The groups to compare, in the study's order; of one alone there are prevalences and no more.
    periods
        Period -> its first and last day, both included, in the order of time.

    Returns
    -------
    The `topic_effects` table. Rows of `effect`

    "prevalence"
        are a group's mean share of the topic, each unit counting the same;
    "difference"
        of two groups, `contrast` "North - South";
    "interaction"
        how far that difference has moved from one period to the next, `period` "late - early".

    The first two stand for each period and for "all", which takes every unit, dated or not.
    `n_units` counts documents; `low` and `high` are 95 % limits that hold both what other
    documents and what other topics would have given; `p` is of no difference, on both
    sides; `q` the rate of false finds among the rows of that effect with a p value as small. With
    under five documents in a cell, or no variation, there are no limits and `note` says so.

    Raises
    ------
    TableError
        If a table is not as declared, a unit is synthetic, `units` lacks one that was drawn, or
        there is no draw 0 (the fit) or fewer than two others.
    ValueError
        If a group has no unit (those that have are listed) or stands twice, or a period is named
        "all".

    Notes
    -----
    The estimate is that of draw 0. Its variance is that between documents (jackknife) plus
    that between draws, as Rubin's rules have it; t quantiles by Satterthwaite over the documents of
    each cell and the draws (Barnard and Rubin's are of no use where topics are so unsure that the
    draws differ more than documents do). Limits of a prevalence join those over documents, taken
    on the logit scale, with those over draws, after Zou and Donner. In
    ``tests/benchmarks/topic_coverage.py`` they hold 95 to 96 % with 20 and 50 documents where
    topics share a sixth of their words, and 94 to 96 % with 50 where they share half (71 to 76 %,
    but for interactions, if the topics are taken for given). A difference of .40 comes out as .39
    and .35.

    Where every text speaks of all topics, words do not say how far topics lie apart: limits of
    differences hold 80 %, of prevalences 89 % (78 and 84), and a difference of .40 comes out as
    .50. Differences are then overstated, not invented: 2 % are found where there is none.

    References
    ----------
    Treier and Jackman (2008), American Journal of Political Science 52(1); Roberts et al. (2014),
    the same 58(4), and (2016), JASA 111(515), for effects on topics by composition. Rubin (1987),
    Multiple Imputation, for the variance; Satterthwaite (1946), Biometrics Bulletin 2(6); Zou and
    Donner (2008), Statistics in Medicine 27(10).
    """
    check_not_synthetic(check_table(units, UNITS))
    periods = dict(periods or {})
    if ALL_PERIODS in periods:
        raise ValueError(f"a period is named {ALL_PERIODS!r}, which stands for all of them; rename")
    if not groups or len(set(groups)) < len(groups):
        raise ValueError(f"groups are {list(groups)}; name one or more, each once")
    for group in groups:
        check_choice(group, units["group"].dropna().astype("str").unique(), "group")
    shares, placed = _draws(topic_draws, units)
    cells = {
        (group, period): _cell(shares, placed, chosen, f"{group}, {period}")
        for group, period, chosen in _chosen(placed, groups, periods)
    }
    topics = topic_draws["topic"].cat.categories
    rows = [
        row
        for contrast in _contrasts(groups, list(periods))
        for row in _rows(
            contrast, [(cells[key], sign) for key, sign in contrast.cells], list(topics)
        )
    ]
    return _ordered(pd.DataFrame(rows), topics)


def _draws(topic_draws: pd.DataFrame, units: pd.DataFrame) -> tuple[Floats, pd.DataFrame]:
    """Return shares, draws by units by topics, and the units with their groups, in that order."""
    check_table(topic_draws, TOPIC_DRAWS)
    draws = sorted(topic_draws["draw"].unique())
    if len(draws) < 3 or draws[0] != 0:
        raise TableError(f"topic_draws: draws are {draws}; draw 0 is the fit, two or more follow")
    names, topics = (topic_draws[column].cat.categories for column in ("unit_id", "topic"))
    size = (len(draws), len(names), len(topics))
    if len(topic_draws) != np.prod(size):
        raise TableError(
            f"topic_draws: {len(topic_draws)} rows; {size[0]} draws of {size[1]} units and "
            f"{size[2]} topics are {np.prod(size)}"
        )
    rows = topic_draws.sort_values(["draw", "unit_id", "topic"])
    shares = rows["share"].to_numpy().reshape(size)
    placed = units.assign(unit_id=units["unit_id"].astype("str")).set_index("unit_id")
    missing = names.astype("str").difference(placed.index)
    if len(missing):
        raise TableError(
            f"units: no unit {missing[0]!r} ({len(missing)} of {len(names)} that were drawn are "
            "missing); give the units the model was fitted to"
        )
    placed = placed.loc[names.astype("str")]
    known = ~np.isnan(shares[0]).any(axis=1) & placed["group"].notna().to_numpy()
    placed = placed[known]
    documents = placed["doc_id"].fillna(placed.index.to_series())
    return shares[:, known], placed.assign(place=pd.factorize(documents)[0])


def _chosen(
    placed: pd.DataFrame, groups: Sequence[str], periods: Periods
) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Yield each group and period with which units are in it."""
    days = placed["date"]
    within = {ALL_PERIODS: np.ones(len(placed), dtype=bool)}
    for period, (first, last) in periods.items():
        within[period] = days.between(pd.Timestamp(first), pd.Timestamp(last)).to_numpy()
    for group, (period, inside) in product(groups, within.items()):
        yield group, period, (placed["group"] == group).to_numpy() & inside


def _cell(shares: Floats, placed: pd.DataFrame, chosen: NDArray[np.bool_], name: str) -> _Cell:
    """Sum one cell by documents."""
    places, n_documents = placed["place"].to_numpy(), int(placed["place"].max() + 1)
    sizes = np.bincount(places[chosen], minlength=n_documents).astype(float)
    inside, n = sizes > 0, int((sizes > 0).sum())
    sums = np.zeros((n_documents, shares.shape[2]))
    if n < 2:
        means = shares[:, chosen].mean(axis=1) if n else np.full(shares.shape[::2], np.nan)
        return _Cell(name, means, inside, sums, 0.0)
    means = shares[:, chosen].mean(axis=1)
    np.add.at(sums, places[chosen], shares[0, chosen])
    rest = sizes.sum() - sizes
    # Scaled cell by cell, so that cells of few documents do not count as if they had many.
    shifts = ((n - 1) / n) ** 0.5 * (sums - sizes[:, None] * means[0]) / rest[:, None]
    return _Cell(name, means, inside, shifts, float(sizes.sum() ** 2 / (sizes**2).sum()) - 1)


def _contrasts(groups: Sequence[str], periods: Sequence[str]) -> Iterator[_Contrast]:
    every = [ALL_PERIODS, *periods]
    for group, period in product(groups, every):
        yield _Contrast("prevalence", group, period, [((group, period), 1)])
    for first, second in combinations(groups, 2):
        pair = f"{first} - {second}"
        for period in every:
            yield _Contrast(
                "difference", pair, period, [((first, period), 1), ((second, period), -1)]
            )
        for before, after in pairwise(periods):
            signs = product([(after, 1), (before, -1)], [(first, 1), (second, -1)])
            cells = [((group, period), one * other) for (period, one), (group, other) in signs]
            yield _Contrast("interaction", pair, f"{after} - {before}", cells)


def _rows(
    contrast: _Contrast, cells: Sequence[tuple[_Cell, int]], topics: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Yield one row for each topic."""
    estimates: Floats = np.sum([sign * cell.shares for cell, sign in cells], axis=0)
    few = [cell for cell, _ in cells if cell.inside.sum() < FEWEST_DOCUMENTS]
    note = f"fewer than {FEWEST_DOCUMENTS} documents ({few[0].name}): no interval" if few else ""
    shifts = None if few else np.sum([sign * cell.shifts for cell, sign in cells], axis=0)
    for place, topic in enumerate(topics):
        row: dict[str, object] = {
            **{"topic": topic, "effect": contrast.effect, "contrast": contrast.group},
            **{"period": contrast.period, "estimate": float(estimates[0, place])},
            "n_units": int(np.any([cell.inside for cell, _ in cells], axis=0).sum()),
        }
        if shifts is None:
            yield row | {"note": note}
            continue
        within = float((shifts[:, place] ** 2).sum())
        freedom = _freedom([cell for cell, _ in cells], place)
        yield row | _limits(estimates[:, place], within, freedom, contrast.effect)


def _freedom(cells: Sequence[_Cell], place: int) -> float:
    """Return Satterthwaite's degrees of freedom over cells."""
    variances = np.array([(cell.shifts[:, place] ** 2).sum() for cell in cells])
    each = np.array([max(cell.freedom, 1.0) for cell in cells])
    return float(variances.sum() ** 2 / max(float((variances**2 / each).sum()), 1e-300))


def _limits(draws: Floats, within: float, freedom: float, effect: str) -> dict[str, object]:
    """Return limits, p and note by Rubin's rules; the first draw is the fit."""
    from scipy.special import stdtr, stdtrit

    estimate, n_draws = float(draws[0]), len(draws) - 1
    between = (1 + 1 / n_draws) * float(draws[1:].var(ddof=1))
    error = (within + between) ** 0.5
    if within <= 1e-24:
        return {"note": "no variation between documents: no interval"}
    freedom = error**4 / (within**2 / freedom + between**2 / (n_draws - 1))
    quantile = float(stdtrit(freedom, (1 + LEVEL) / 2))
    if effect == "prevalence":
        low, high = _share_limits(estimate, quantile * within**0.5, quantile * between**0.5)
        return {"low": low, "high": high}
    bound, half = BOUNDS[effect], quantile * error
    return {
        "low": max(estimate - half, -bound),
        "high": min(estimate + half, bound),
        "p": 2 * float(stdtr(freedom, -abs(estimate) / error)),
    }


def _share_limits(share: float, within: float, between: float) -> tuple[float, float]:
    """Return limits of a share: half-widths join as distances of the one and the other limit."""
    from scipy.special import expit, logit

    # The logit suits what varies with the share itself. Other topics can give a share to a group
    # that has next to none in the fit: on that scale nothing would be ruled out.
    sides = expit(logit(share) + np.array([-1, 1]) * within / (share * (1 - share))) - share
    far = np.hypot(sides, between)
    return max(float(share - far[0]), 0.0), min(float(share + far[1]), 1.0)


def _ordered(frame: pd.DataFrame, topics: pd.Index) -> pd.DataFrame:
    frame = frame.reindex(columns=list(TOPIC_EFFECTS.columns))
    frame["q"] = frame.groupby("effect")["p"].transform(q_values)
    frame["topic"] = pd.Categorical(frame["topic"], categories=topics)
    frame["effect"] = pd.Categorical(frame["effect"], categories=EFFECTS)
    for column in ("contrast", "period"):
        frame[column] = pd.Categorical(frame[column], categories=frame[column].unique())
    order = ["topic", "effect", "contrast", "period"]
    return build_table(frame.sort_values(order, ignore_index=True), TOPIC_EFFECTS)
