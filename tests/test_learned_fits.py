"""Models of all codes from some rows."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import tolls

from analysis.models.learned_fits import fit_all, fold_numbers
from analysis.models.learned_models import SETTINGS, WORDS_ALONE
from analysis.models.learned_rows import gather_labels


def known(codes=None, **columns):
    return gather_labels(
        tolls.statements(**columns), tolls.codes() if codes is None else codes, "adjudicated", None
    ).rows


def test_a_model_gives_values_that_its_words_tell_and_how_sure_it_is():
    rows = known()
    fits = fit_all(rows, seed=0)
    given = fits.give("toll", fits.sight.matrix(rows.texts))
    assert (given.chosen == rows.labels["toll"]).mean() > 0.95
    assert ((given.probabilities > 1 / 3) & (given.probabilities <= 1)).all()


def test_without_patterns_words_alone_are_tried_and_two_steps_where_three_values_are():
    fits = fit_all(known(), seed=0)
    assert fits.codes["anger"].setting == WORDS_ALONE[0]
    assert fits.codes["toll"].setting in WORDS_ALONE


def test_with_patterns_that_know_the_answer_they_are_seen():
    codes = tolls.stack(tolls.codes(), tolls.codes(coder="patterns"))
    rows = known(codes)
    noise = replace(rows.texts, contents=tuple("abcdefgh"[n % 8] for n in range(48)))
    fits = fit_all(replace(rows, texts=noise), seed=0)
    assert fits.codes["toll"].setting in SETTINGS
    given = fits.give("toll", fits.sight.matrix(noise))
    assert (given.chosen == rows.labels["toll"]).all()


def test_with_a_setting_given_nothing_is_tried_or_calibrated():
    rows = known()
    fits = fit_all(rows, seed=0, setting=WORDS_ALONE[0])
    assert fits.codes["toll"].calibration is None
    assert np.isnan(fits.give("toll", fits.sight.matrix(rows.texts)).probabilities).all()


def test_the_same_seed_gives_the_same_bytes():
    one, two = (fit_all(known(), seed=4).codes["toll"] for _ in range(2))
    assert one.model.weights.tobytes() == two.model.weights.tobytes()
    assert one.calibration.slopes.tobytes() == two.calibration.slopes.tobytes()


def test_probabilities_hold_on_texts_like_those_learnt_from():
    """A word that tells the truth three times in four: no probability may be far from that."""
    rng = np.random.default_rng(2)
    right = rng.random(200) < 0.75
    truth = np.where(rng.random(200) < 0.5, "present", "absent").astype(object)
    word = np.where(right == (truth == "present"), "toll", "road")
    rows = known()
    texts = replace(
        rows.texts,
        contents=tuple(word),
        rules=(frozenset(),) * 200,
        vectors=np.zeros((200, 0)),
    )
    noisy = replace(rows, texts=texts, groups=np.arange(200), labels={"anger": truth})
    fits = fit_all(noisy, seed=0)
    given = fits.give("anger", fits.sight.matrix(texts))
    assert given.probabilities == pytest.approx(np.full(200, right.mean()), abs=0.05)


def test_groups_are_not_parted_between_folds():
    days = pd.to_datetime([f"2001-01-{1 + n // 4:02d}" for n in range(48)]).tolist()
    rows = known(said_on=days)
    folds = fold_numbers(rows, 3)
    assert len(set(rows.groups)) == 12
    assert all(len(set(folds[rows.groups == group])) == 1 for group in set(rows.groups))


def test_codes_without_a_label_at_hand_are_left_out():
    rows = known()
    bare = replace(rows, labels={**rows.labels, "anger": np.full(48, None, dtype=object)})
    assert list(fit_all(bare, seed=0).codes) == ["toll"]
