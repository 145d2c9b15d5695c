"""How often each unit uses each term."""

from collections import Counter

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.tables import COUNTS, check_table


def test_counts_by_unit_then_term():
    index = build_index(pd.Series({"s1": "peace Peace trade", "n1": "trade", "s2": ""}))
    counts = count_terms(index)
    assert counts.astype({"unit_id": "str", "term": "str"}).to_numpy().tolist() == [
        ["s1", "peace", 2],
        ["s1", "trade", 1],
        ["n1", "trade", 1],
    ]
    assert list(counts["unit_id"].cat.categories) == ["s1", "n1", "s2"]


@given(st.lists(st.text(alphabet="abA \n-", max_size=30), max_size=4))
def test_counts_agree_with_a_plain_counter_and_add_up_to_the_tokens(texts):
    index = build_index(pd.Series(texts, dtype="str", index=[f"u{i}" for i in range(len(texts))]))
    counts = check_table(count_terms(index), COUNTS)
    oracle = Counter(
        zip(index.unit_ids[index.unit_codes], index.terms[index.term_codes], strict=True)
    )
    found = {(row.unit_id, row.term): row.n for row in counts.itertuples()}
    assert found == dict(oracle)
    sums = counts.groupby("unit_id", observed=False)["n"].sum()
    assert sums.tolist() == index.n_tokens.tolist()


def test_no_texts_no_rows():
    assert count_terms(build_index(pd.Series(dtype="str"))).empty
