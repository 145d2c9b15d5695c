"""Coders side by side."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score, f1_score

from analysis.models.coder_scores import score_coders
from analysis.models.evaluation import evaluate_codes
from analysis.tables import CODER_SCORES, EVALUATION, build_table, check_table
from tests.coded import codes, statements

VALUES = np.array(["favor", "against", "not_addressed"])


def scored(n=90, **slips):
    """Scores of coders that err so often."""
    rng = np.random.default_rng(5)
    truth = rng.choice(VALUES, n)
    given = {
        coder: np.where(rng.random(n) < slip, rng.choice(VALUES, n), truth)
        for coder, slip in slips.items()
    }
    spoken, made = statements(actor=["North"] * n), codes(hand=truth, **given)
    parts = [
        evaluate_codes(made, statements=spoken, reference="hand", coder=coder) for coder in slips
    ]
    evaluation = build_table(pd.concat(parts).astype({"coder": "str"}), EVALUATION)
    table = score_coders(made, spoken, evaluation, reference="hand")
    return check_table(table, CODER_SCORES), truth, given


def test_figures_are_those_of_scikit_learn():
    table, truth, given = scored(careful=0.1, rash=0.6)
    for row in table.itertuples():
        theirs = given[row.coder]
        assert row.macro_f1 == pytest.approx(f1_score(truth, theirs, average="macro"))
        # Alpha is Scott's pi but for the small sample: (2n - 1) / 2n of the disagreement.
        assert row.alpha == pytest.approx(cohen_kappa_score(truth, theirs), abs=0.01)
        assert row.agreement == pytest.approx((truth == theirs).mean())
        assert row.macro_f1_low < row.macro_f1 < row.macro_f1_high
        assert row.alpha_low < row.alpha < row.alpha_high


def test_exchanging_coder_and_reference_changes_no_figure():
    rng = np.random.default_rng(8)
    given = {coder: rng.choice(VALUES, 60) for coder in ("hand", "anna")}
    spoken, made = statements(actor=["North"] * 60), codes(**given)
    found = []
    for reference, coder in (("hand", "anna"), ("anna", "hand")):
        how = {"statements": spoken, "reference": reference, "coder": coder}
        table = score_coders(made, spoken, evaluate_codes(made, **how), reference=reference)
        found.append(table.drop(columns=["coder", "note"]))
    pd.testing.assert_frame_equal(*found)


def test_an_unknown_reference_is_told_with_those_there():
    made, evaluation = codes(hand=["favor"], rash=["favor"]), build_table([], EVALUATION)
    with pytest.raises(ValueError, match=r"no coder 'nobody'.*hand"):
        score_coders(made, statements("a"), evaluation, reference="nobody")


def test_a_coder_that_copies_is_without_fault():
    row = scored(copy=0.0)[0].iloc[0]
    assert (row["macro_f1"], row["alpha"], row["agreement"]) == (1, 1, 1)
    assert row["alpha_low"] < 1
