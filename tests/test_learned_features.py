"""What a learnt coder sees."""

import coded
import numpy as np
import pytest

from analysis.models.learned_features import fit_sight, gather_texts


def given(**by_code):
    """Codes of coder "patterns"."""
    import pandas as pd

    from analysis.tables import CODES, build_table

    parts = [coded.codes(code, patterns=values) for code, values in by_code.items()]
    parts = [part.astype({"code": "str", "value": "str", "coder": "str"}) for part in parts]
    return build_table(pd.concat(parts), CODES)


TABLE = coded.statements("A toll is fair.", "No toll here.")
CODES_ = given(toll=["present", "absent"], bridge=["favor", "not_addressed"])


def test_resting_values_are_no_rules():
    texts = gather_texts(TABLE, CODES_, None)
    assert texts.rules == (frozenset({("toll", "present"), ("bridge", "favor")}), frozenset())
    assert texts.contents == ("A toll is fair.", "No toll here.")


def test_only_the_patterns_are_seen_of_all_coders():
    texts = gather_texts(TABLE, coded.codes(adjudicated=["present", "present"]), None)
    assert texts.rules == (frozenset(), frozenset())


def test_the_matrix_holds_words_rules_and_vectors_by_name():
    texts = gather_texts(TABLE, CODES_, lambda said: np.array([[len(text), 1.0] for text in said]))
    sight = fit_sight(texts)
    seen = dict(zip(sight.names(), sight.matrix(texts).toarray().T, strict=True))
    assert seen["[patterns: toll present]"].tolist() == [1, 0]
    assert seen["[embedding 0]"].tolist() == [15, 13]
    assert seen["toll"][0] > 0
    assert seen["toll_NEG"].tolist()[0] == 0
    assert seen["toll_NEG"][1] > 0
    words = sight.matrix(texts).toarray()[:, : len(sight.words.vocabulary_)]
    assert (words**2).sum(axis=1) == pytest.approx([1, 1])


def test_what_counts_for_a_code():
    sight = fit_sight(gather_texts(TABLE, CODES_, None))
    names = sight.names()
    scales = dict(zip(names, sight.scales("toll", words=False, others=True), strict=True))
    assert scales["[patterns: toll present]"] == 2
    assert scales["[patterns: bridge favor]"] == 1
    assert scales["toll"] == 0
    alone = dict(zip(names, sight.scales("bridge", words=True, others=False), strict=True))
    assert alone["[patterns: toll present]"] == 0
    assert alone["toll"] == 1


def test_words_never_seen_say_nothing():
    sight = fit_sight(gather_texts(TABLE, None, None))
    other = gather_texts(coded.statements("Something else entirely"), None, None)
    assert sight.matrix(other).sum() == 0


def test_some_rows_can_be_taken():
    texts = gather_texts(TABLE, CODES_, None).take(np.array([1]))
    assert texts.contents == ("No toll here.",)
    assert texts.rules == (frozenset(),)
    assert texts.vectors.shape == (1, 0)
