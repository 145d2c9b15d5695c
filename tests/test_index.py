"""The token index: numbers that lead back to the text."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.index import attested_forms, build_index
from analysis.language.tokens import fold_term, token_form, token_spans

TEXTS = st.lists(
    st.text(alphabet=st.sampled_from("abAB1é-'’\n .,"), max_size=40) | st.text(max_size=20),
    max_size=4,
)


@pytest.fixture
def index():
    return build_index(pd.Series({"n1": "Peace, peace and Trade.", "s1": "", "s2": "No peace"}))


def test_units_tokens_and_vocabulary(index):
    assert list(index.unit_ids) == ["n1", "s1", "s2"]
    assert index.n_tokens.tolist() == [4, 0, 2]
    assert list(index.forms) == ["No", "Peace", "Trade", "and", "peace"]
    assert list(index.terms) == ["and", "no", "peace", "trade"]
    assert index.codes.dtype == index.starts.dtype == index.ends.dtype == np.int32
    assert list(index.unit_ids[index.unit_codes]) == ["n1"] * 4 + ["s2"] * 2


def test_case_is_folded_on_the_vocabulary_and_the_form_stays(index):
    assert list(index.terms[index.term_codes]) == ["peace", "peace", "and", "trade", "no", "peace"]
    assert list(index.forms[index.codes]) == ["Peace", "peace", "and", "Trade", "No", "peace"]


def test_positions_of_a_term_in_any_case(index):
    assert index.positions("PEACE").tolist() == [0, 1, 5]
    assert index.positions("war").tolist() == []


def test_a_line_broken_word_is_one_token_and_spans_the_break():
    texts = pd.Series({"a": "all man-\nkind, mankind", "b": "good-\nneighbourly"})
    index = build_index(texts)
    assert list(index.forms[index.codes]) == ["all", "mankind", "mankind", "good-neighbourly"]
    assert texts["a"][index.starts[1] : index.ends[1]] == "man-\nkind"


@given(TEXTS)
def test_offsets_give_every_form_back(texts):
    series = pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str")
    index = build_index(series)
    attested = attested_forms(series)
    assert index.bounds[-1] == len(index.codes) == sum(len(token_spans(text)) for text in texts)
    for place, unit in enumerate(index.unit_codes):
        token = texts[unit][index.starts[place] : index.ends[place]]
        form = index.forms[index.codes[place]]
        assert token_form(token, attested) == form
        assert index.terms[index.term_codes[place]] == fold_term(form)


@given(TEXTS)
def test_positions_part_the_tokens_among_the_terms(texts):
    index = build_index(pd.Series(texts, dtype="str"))
    places = [place for term in index.terms for place in index.positions(term)]
    assert sorted(places) == list(range(len(index.codes)))


def test_the_order_of_texts_does_not_change_the_vocabulary():
    texts = pd.Series({"a": "b a B", "b": "c A"})
    there, back = build_index(texts), build_index(texts[::-1])
    assert list(there.forms) == list(back.forms)
    assert list(there.terms) == list(back.terms)


def test_a_missing_text_has_no_tokens():
    assert build_index(pd.Series({"a": None, "b": "one"})).n_tokens.tolist() == [0, 1]


def test_no_texts():
    index = build_index(pd.Series(dtype="str"))
    assert len(index.unit_ids) == len(index.codes) == len(index.terms) == 0


def test_a_doubled_id_is_an_error():
    with pytest.raises(TableError, match="id 'a' stands twice"):
        build_index(pd.Series(["x", "y"], index=["a", "a"]))
