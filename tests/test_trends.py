"""How often each group uses each code, period by period."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.comparison.trends import measure_rates
from analysis.errors import TableError
from analysis.resampling import ratio_interval
from analysis.tables import HITS, RATES, UNITS, build_table, check_table

PERIODS = {
    "early": (date(1990, 1, 1), date(1994, 12, 31)),
    "late": (date(1995, 1, 1), date(1999, 12, 31)),
}
SIZES = [100, 200, 150, 250, 300, 120]
FOUND = [1, 0, 3, 2, 2, 0]


def speeches(voice="original"):
    """Six early units of North, two late ones of South."""
    rows = [(f"n{i}", "North", f"199{min(i, 4)}-03-01", size) for i, size in enumerate(SIZES)]
    rows += [("s0", "South", "1995-01-01", 500), ("s1", "South", "1999-12-31", 500)]
    units = pd.DataFrame(rows, columns=["unit_id", "group", "date", "n_tokens"])
    return build_table(units.assign(doc_id=units["unit_id"], voice=voice), UNITS)


def found_hits():
    rows = [(f"n{i}", "accord", "form a", n) for i, n in enumerate(FOUND) if n]
    rows += [("s0", "accord", "form a", 1), ("s0", "accord", "form b", 2)]
    hits = build_table(pd.DataFrame(rows, columns=["unit_id", "code", "form", "n"]), HITS)
    return hits.assign(code=hits["code"].cat.set_categories(["accord", "never"]))


def rates(hits=None, units=None, **options):
    frame = measure_rates(
        found_hits() if hits is None else hits,
        speeches() if units is None else units,
        **({"periods": PERIODS} | options),
    )
    return check_table(frame, RATES).set_index(["group", "period", "code"])


def test_every_group_period_and_code_has_a_row():
    found = rates()
    assert found.index.tolist() == [
        (group, period, code)
        for group in ("North", "South")
        for period in PERIODS
        for code in ("accord", "never")
    ]


def test_a_rate_worked_by_hand_with_the_interval_of_its_ratio():
    row = rates().loc[("North", "early", "accord")]
    ratio = ratio_interval(FOUND, SIZES)
    assert row["rate_per_10k"] == pytest.approx(10_000 * 8 / 1120)
    assert row["low"] == pytest.approx(10_000 * ratio.low)
    assert row["high"] == pytest.approx(10_000 * ratio.high)
    assert (row["n"], row["n_units"], row["n_tokens"]) == (8, 6, 1120)
    assert pd.isna(row["note"])


def test_both_days_of_a_period_belong_to_it_and_forms_add_up():
    row = rates().loc[("South", "late", "accord")]
    assert (row["n_units"], row["n"], row["rate_per_10k"]) == (2, 3, 30)


def test_few_units_have_a_rate_but_no_interval():
    row = rates().loc[("South", "late", "accord")]
    assert row["note"] == "fewer than 5 documents: no interval"
    assert np.isnan(row["low"]) and np.isnan(row["high"])


def test_no_variation_and_no_units_are_said():
    found = rates()
    never = found.loc[("North", "early", "never")]
    assert never["rate_per_10k"] == 0
    assert np.isnan(never["low"])
    assert "no variation" in never["note"]
    nobody = found.loc[("South", "early", "accord")]
    assert np.isnan(nobody["rate_per_10k"])
    assert "no units" in nobody["note"]


def test_counting_in_half_as_many_tokens_doubles_the_rates():
    units = speeches()
    half = rates(units=units.assign(n_tokens=units["n_tokens"] // 2))
    for column in ("rate_per_10k", "low", "high"):
        assert half[column].to_numpy() == pytest.approx(2 * rates()[column], nan_ok=True)


def test_passages_of_one_document_are_one_unit_of_the_interval():
    units = speeches()
    split = units.assign(doc_id=["d0", "d0", "d1", "d2", "d3", "d4", "s0", "s1"])
    row = rates(units=split).loc[("North", "early", "accord")]
    ratio = ratio_interval([1, 3, 2, 2, 0], [300, 150, 250, 300, 120])
    assert row["n_units"] == 5
    assert row["high"] == pytest.approx(10_000 * ratio.high)


def test_periods_may_overlap():
    whole = {"all": (date(1990, 1, 1), date(1999, 12, 31))} | PERIODS
    found = {
        period: rows["n"].droplevel("period")
        for period, rows in rates(periods=whole).groupby(level="period")
    }
    assert found["all"].to_dict() == (found["early"] + found["late"]).to_dict()


def test_synthetic_units_are_refused_always():
    with pytest.raises(TableError, match="not evidence"):
        rates(units=speeches("synthetic"), voice="any")


def test_paraphrase_is_refused_unless_the_user_says_any():
    with pytest.raises(TableError, match="paraphrase"):
        rates(units=speeches("paraphrase"))
    assert len(rates(units=speeches("paraphrase"), voice="any")) == 8


def test_hits_of_unknown_units_are_refused():
    with pytest.raises(TableError, match="hits: unit 'n0' is not in units"):
        rates(units=speeches()[1:])
