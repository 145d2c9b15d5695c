"""Codes that come together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import contingency

from analysis.errors import TableError
from analysis.features.cooccurrence import code_cooccurrence, frame_cooccurrence
from analysis.tables import (
    CODES,
    COOCCURRENCE,
    HITS,
    STATEMENTS,
    UNITS,
    build_table,
    check_table,
)

ROWS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=8, max_size=20)


def tables(rows, docs=None):
    """Units and hits of two codes, from pairs of booleans."""
    names = [f"u{n}" for n in range(len(rows))]
    units = pd.DataFrame({"unit_id": names, "doc_id": docs or names, "n_tokens": 9})
    hits = [
        {"unit_id": name, "code": code, "form": "x", "pattern": "x", "n": 2}
        for name, row in zip(names, rows, strict=True)
        for code, has in zip(("a", "b"), row, strict=True)
        if has
    ]
    found = build_table(pd.DataFrame(hits, columns=list(HITS.columns)), HITS)
    return found.assign(code=pd.Categorical(found["code"], ["a", "b"])), build_table(units, UNITS)


def pair(rows, docs=None):
    return check_table(frame_cooccurrence(*tables(rows, docs)), COOCCURRENCE).iloc[0]


@settings(max_examples=50)
@given(ROWS)
def test_each_measure_by_its_definition(rows):
    a, b = np.array(rows).T
    row = pair(rows)
    assert (row.n_units, row.n_1, row.n_2) == (len(rows), a.sum(), b.sum())
    assert row.n_both == (a & b).sum()
    assert row.expected == pytest.approx(a.mean() * b.mean() * len(rows))
    if (a | b).any():
        assert row.jaccard == pytest.approx((a & b).sum() / (a | b).sum())
    if 0 < a.sum() < len(a) and 0 < b.sum() < len(b):
        assert row.phi == pytest.approx(np.corrcoef(a, b)[0, 1])
    cells = np.array([[(a & b).sum(), (a & ~b).sum()], [(~a & b).sum(), (~a & ~b).sum()]]) + 0.5
    ratio = contingency.odds_ratio((cells * 2).astype(int), kind="sample").statistic
    assert row.log_odds == pytest.approx(np.log(ratio))


@settings(max_examples=50)
@given(ROWS)
def test_the_order_of_codes_changes_nothing(rows):
    there, back = pair(rows), pair([(b, a) for a, b in rows])
    assert there.log_odds == pytest.approx(back.log_odds)
    assert there.low == pytest.approx(back.low, nan_ok=True)


def test_units_of_one_document_are_not_independent():
    rows = [(True, True)] * 8 + [(False, False)] * 8 + [(True, False), (False, True)] * 2
    alone = pair(rows)
    doubled = pair(rows * 2, docs=[f"d{n}" for n in range(len(rows))] * 2)
    assert doubled.n_units == 2 * alone.n_units
    # Twice the same units say no more than once, but for the half that is added to each cell.
    assert doubled.high - doubled.low > 0.9 * (alone.high - alone.low)
    assert alone.p < 0.05


def test_why_there_is_no_interval():
    assert pair([(True, False)] * 4).note == "4 of 5 documents or episodes: no interval"
    none = pair([(True, False)] * 6)
    assert none.note == "no variation between documents or episodes: no interval"
    assert np.isnan(none.low)


def test_codes_of_statements():
    statements = build_table(
        pd.DataFrame(
            [
                {"statement_id": f"s{n}", "doc_id": "d", "start": 0, "end": 1, "negated": False}
                | {"episode_id": f"e{n}", "layer": "background" if n == 9 else "news"}
                for n in range(10)
            ]
        ),
        STATEMENTS,
    )
    values = {"treaty": ["favor", "not_addressed"] * 5, "law": ["present", "absent"] * 5}
    codes = build_table(
        [
            {"statement_id": f"s{n}", "code": code, "coder": "hand", "value": value}
            for code, listed in values.items()
            for n, value in enumerate(listed)
        ],
        CODES,
    )
    row = code_cooccurrence(codes, statements, coder="hand").iloc[0]
    assert (row.n_units, row.n_1, row.n_2, row.n_both) == (9, 5, 5, 5)
    assert row.jaccard == row.phi == 1
    background = build_table(statements.assign(layer="background"), STATEMENTS)
    none = code_cooccurrence(codes, background, coder="hand").iloc[0]
    assert (none.n_units, none.note) == (0, "0 of 5 documents or episodes: no interval")
    with pytest.raises(ValueError, match=r"no coder 'hands'.*did you mean 'hand'"):
        code_cooccurrence(codes, statements, coder="hands")
    with pytest.raises(TableError, match="statement 's0' is not in statements"):
        code_cooccurrence(codes, statements.iloc[1:], coder="hand")


def test_hits_of_unknown_units():
    hits, units = tables([(True, True)] * 3)
    with pytest.raises(TableError, match="hits: unit 'u0' is not in units"):
        frame_cooccurrence(hits, units.iloc[1:])
