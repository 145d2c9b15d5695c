"""Where pairs and n-grams may reach."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.features.windows import Shape, Window, kept_units, part_starts, run_lengths
from analysis.index import build_index
from analysis.tables import UNITS, build_table


def indexed(*texts):
    series = pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str")
    return build_index(series), series


def units_of(index):
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(doc_id=units["unit_id"], group="North", voice="original")
    return build_table(units, UNITS)


def openers(*texts, **options):
    index, series = indexed(*texts)
    places = part_starts(index, series, **options)
    return [str(index.forms[index.codes[place]]) for place in places]


def test_sentences_begin_after_a_stop_that_is_one():
    assert openers("Mr. Keller spoke, at length. We left. 'Good', they said.", "So.") == [
        *("Mr", "We", "Good", "So")
    ]


def test_clauses_begin_after_any_sign_that_parts():
    assert openers("Peace, trade; and good-will: the 'old' road (again).", at="clause") == [
        *("Peace", "trade", "and", "the", "again")
    ]


def test_a_unit_begins_a_part_and_an_empty_one_none():
    index, series = indexed("a b", "", "c")
    assert part_starts(index, series).tolist() == [0, 2]


@given(st.lists(st.text(alphabet="ab ,.\n'-", max_size=30), max_size=3))
def test_sentences_are_never_cut_by_fewer_clauses(texts):
    index, series = indexed(*texts)
    clauses = part_starts(index, series, at="clause")
    assert set(part_starts(index, series)) - set(clauses) <= {
        # an empty line ends a sentence and bears no sign
        place
        for place in range(len(index.codes))
        if "\n" in series.iloc[index.unit_codes[place]]
    }
    assert set(index.bounds[:-1][index.n_tokens > 0]) <= set(clauses)


def test_runs_end_with_parts_and_units():
    index, _ = indexed("a b c d", "e", "f g")
    kept = kept_units(index, units_of(index).iloc[[0, 2]].reset_index(drop=True))
    assert run_lengths(index, kept, None).tolist() == [3, 2, 1, 0, -1, 1, 0]
    assert run_lengths(index, kept, np.array([0, 2, 4, 5])).tolist() == [1, 0, 1, 0, -1, 1, 0]


def test_texts_of_another_index_are_refused():
    index, _ = indexed("a b")
    with pytest.raises(TableError, match="build it from these texts"):
        part_starts(index, indexed("a", "b")[1])


def test_parts_are_sentences_or_clauses():
    with pytest.raises(ValueError, match=r"no part 'sentense'.*did you mean 'sentence'"):
        part_starts(*indexed("a"), at="sentense")


@pytest.mark.parametrize(
    ("options", "words"),
    [({"left": -1}, "left is -1"), ({"right": 0}, "left and right are both 0")],
)
def test_a_window_has_a_place(options, words):
    with pytest.raises(ValueError, match=words):
        Window(**options)


@pytest.mark.parametrize(
    ("options", "words"),
    [({"size": 1}, "size is 1"), ({"skips": ()}, "skips are"), ({"skips": (1, 1)}, "different")],
)
def test_a_shape_has_words_and_gaps(options, words):
    with pytest.raises(ValueError, match=words):
        Shape(**options)
