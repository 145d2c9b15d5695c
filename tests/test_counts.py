"""How often each unit uses each term; studies that ship counts."""

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.counts import load_counts, load_hits, load_unit_texts, load_units
from analysis.errors import LoadError, StudyError
from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.storage import save_table
from analysis.study import Study
from analysis.tables import COUNTS, HITS, TEXTS, UNITS, build_table, check_table


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


@pytest.fixture
def shipped(tmp_path):
    """A study that ships the counts of two invented speeches."""
    index = build_index(pd.Series({"n1": "peace peace", "s1": "trade"}))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(doc_id=units["unit_id"], group=["North", "South"], voice="original")
    hits = pd.DataFrame({"unit_id": ["n1"], "code": ["accord"], "form": ["peace"], "n": [2]})
    save_table(build_table(units, UNITS).assign(speaker=["A", None]), tmp_path / "u.parquet")
    save_table(count_terms(index), tmp_path / "c.parquet")
    save_table(build_table(hits, HITS), tmp_path / "h.parquet")
    groups = {"North": ("North",), "South": ("South",)}
    files = {"units": "u.parquet", "counts": "c.parquet", "hits": "h.parquet"}
    return Study(
        name="shipped",
        title="Shipped",
        language="en",
        groups=groups,
        periods={},
        raw=tmp_path,
        processed=tmp_path,
        counts=files,
    )


def test_a_study_may_ship_counts(shipped):
    assert load_units(shipped)["speaker"].tolist()[0] == "A"
    assert load_counts(shipped)["n"].tolist() == [2, 1]
    assert load_hits(shipped, "hits")["form"].tolist() == ["peace"]


def test_an_unknown_entry_names_those_there(shipped):
    with pytest.raises(ValueError, match=r"'passages'; there are \['counts', 'hits', 'units'\]"):
        load_units(shipped, "passages")


def test_a_study_without_counts_says_how_to_name_them(shipped):
    with pytest.raises(StudyError, match=r"'shipped' ships no counts; name .* in \[counts\]"):
        load_counts(replace(shipped, counts={}))


def test_a_missing_file_is_named(shipped):
    (shipped.raw / "h.parquet").unlink()
    with pytest.raises(LoadError, match=r"h\.parquet: no such file"):
        load_hits(shipped)


def test_texts_of_units_where_they_are_at_hand(tmp_path):
    assert load_unit_texts(tmp_path / "none").empty
    (tmp_path / "b.txt").write_text("Zwei\r\n", encoding="utf-8", newline="")
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    found = check_table(load_unit_texts(tmp_path), TEXTS)
    assert found["unit_id"].tolist() == ["a", "b"]
    assert found["text"].tolist() == ["one", "Zwei\r\n"]
