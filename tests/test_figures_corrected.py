"""Raw and corrected shares, drawn."""

import pandas as pd
import pytest
from test_correction import CODERS, GROUPS, two_groups

from analysis.comparison.adjusted import adjust_shares
from analysis.comparison.correction import correct_shares
from analysis.errors import TableError
from analysis.figures.corrected import plot_corrected

SHARES = correct_shares(*two_groups(), groups=GROUPS, coders=CODERS)


def marks(ax):
    return sorted(line.get_xdata()[0] for line in ax.lines if line.get_marker() not in ("None", ""))


def test_both_shares_of_each_group():
    left, right = plot_corrected(SHARES, groups=["North", "South"]).axes
    assert marks(left) == pytest.approx(sorted(SHARES["raw"]))
    assert marks(right) == pytest.approx(sorted(SHARES["corrected"]))
    assert left.get_title(loc="left") == "by the automatic coder"


def test_adjusted_shares_stand_beside_and_shares_by_hand_are_marked():
    adjusted = adjust_shares(*two_groups(), groups=GROUPS, coders=CODERS)
    keys = SHARES[["group", "code"]].astype("str").agg(tuple, axis=1)
    by_hand = pd.Series(0.45, pd.MultiIndex.from_tuples(keys, names=["group", "code"]))
    axes = plot_corrected(SHARES, adjusted, by_hand, groups=["North", "South"]).axes
    assert axes[2].get_title(loc="left") == "adjusted, as a check"
    pooled = adjusted.loc[adjusted["errors"] == "pooled", "adjusted"]
    for ax, shares in zip(axes, (SHARES["raw"], SHARES["corrected"], pooled), strict=True):
        assert marks(ax) == pytest.approx(sorted([*shares, *[0.45] * len(SHARES)]))


def test_what_was_not_corrected_says_so():
    few = correct_shares(*two_groups(n=12), groups=GROUPS, coders=CODERS)
    _, right = plot_corrected(few, groups=["North", "South"]).axes
    assert any("too rare among" in text.get_text() for text in right.texts)
    with pytest.raises(TableError, match="no row to draw"):
        plot_corrected(few.iloc[:0], groups=["North", "South"])
