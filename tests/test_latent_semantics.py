"""Positions from seed words."""

import numpy as np
import pandas as pd
import pytest
from scaled import line, tables

from analysis.errors import TableError
from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.models.latent_semantics import fit_latent_semantics
from analysis.tables import POLARITY_TEXTS, POLARITY_WORDS, UNITS, build_table, check_table


def sentences():
    """Sentences of two kinds, that share the words of their kind."""
    rng = np.random.default_rng(4)
    kinds = {"p": ["peace", "treaty", "trust", "talks"], "w": ["war", "threat", "troops", "attack"]}
    texts = {
        f"{kind}{number}": " ".join([*rng.choice(words, 5), *rng.choice(["the", "of"], 3)])
        for kind, words in kinds.items()
        for number in range(30)
    }
    index = build_index(pd.Series(texts))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    units = units.assign(voice="original", group=[name[0] for name in texts])
    return count_terms(index), build_table(units, UNITS)


def fitted(seeds=None, **options):
    found = fit_latent_semantics(
        *sentences(), seeds=seeds or {"peace": 1, "war": -1}, **({"n_dimensions": 4} | options)
    )
    check_table(found.words, POLARITY_WORDS)
    check_table(found.texts, POLARITY_TEXTS)
    return found


def test_words_lean_to_the_seeds_whose_company_they_keep():
    words = fitted().words.set_index("term")["polarity"]
    assert words[["treaty", "trust", "talks"]].min() > 0 > words[["threat", "troops"]].max()


def test_texts_lean_as_their_words():
    texts = fitted().texts
    assert texts.groupby("group", observed=True)["position"].mean().tolist() == pytest.approx(
        [0.98, -0.98], abs=0.1
    )
    assert texts["position"].mean() == pytest.approx(0, abs=1e-12)
    assert (texts["low"] <= texts["polarity"]).all()


def test_poles_the_other_way_round_mirror_the_positions():
    there, back = fitted().texts["polarity"], fitted({"peace": -1, "war": 1}).texts["polarity"]
    assert there.to_numpy() == pytest.approx(-back.to_numpy())


def test_a_glob_shares_its_weight():
    words = fitted({"t*": 2, "war": -1}).words.set_index("term")["seed"]
    assert words[["treaty", "trust", "talks", "the", "threat", "troops"]].sum() == pytest.approx(
        0.5
    )
    assert words["war"] == pytest.approx(-0.5)


def test_the_same_input_gives_the_same_figures():
    pd.testing.assert_frame_equal(fitted().words, fitted().words)


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"no negative one of \['peace', 'wars'\]"):
        fitted({"peace": 1, "wars": -1})
    with pytest.raises(ValueError, match="n_dimensions is 1"):
        fitted(n_dimensions=1)
    with pytest.raises(TableError, match="words are used by 99 units; too few"):
        fitted(min_units=99)
    with pytest.raises(TableError, match="other words"):
        fit_latent_semantics(*line(voice="paraphrase"), seeds={"w01": 1, "w02": -1})


SEEDS = {"a": 1, "b": -1}


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["a b c"], "1 have such words; a scale needs three"),
        (["a b c", "", ""], "1 have such words; a scale needs three"),
        (["a b c"] * 4, "in the same shares"),
        (["a b", "a b", "a b c"], "all units have the same polarity"),
    ],
)
def test_texts_that_cannot_be_told_apart_are_refused(texts, message):
    with pytest.raises(TableError, match=message):
        fit_latent_semantics(*tables(*texts), seeds=SEEDS, min_units=1)


@pytest.mark.parametrize("weight", [float("nan"), float("inf")])
def test_a_weight_that_is_no_number_is_refused(weight):
    with pytest.raises(ValueError, match="the weight of 'w00' is"):
        fit_latent_semantics(*line(), seeds={"w00": weight, "w39": -1})
