"""What a coder takes for what, and whether its probabilities hold."""

import pytest

from analysis.corpus.calibration import measure_confidence
from analysis.errors import TableError
from analysis.models.confusion import count_confusion, judge_codes
from analysis.tables import CODES, CONFUSION, JUDGMENTS, build_table, check_table
from tests.coded import codes, statements

PAIR = {"reference": "hand", "coder": "patterns"}


def test_what_was_taken_for_what():
    made = statements(actor=["North"] * 4)
    both = codes(
        hand=["favor", "favor", "against", "favor"],
        patterns=["favor", "against", "against", None],
    )
    found = check_table(count_confusion(both, made, **PAIR), CONFUSION)
    counts = found.set_index(["value_reference", "value_coder"])["n"].to_dict()
    assert counts == {
        ("against", "against"): 1,
        ("against", "favor"): 0,
        ("favor", "against"): 1,
        ("favor", "favor"): 1,
    }


def test_probabilities_that_hold():
    made = statements(actor=["North"] * 10)
    both = codes(hand=["present"] * 8 + ["absent"] * 2, patterns=["present"] * 10)
    sure = build_table(both.assign(probability=0.8), CODES)
    judged = check_table(judge_codes(sure, made, **PAIR), JUDGMENTS)
    assert judged["statement_id"][0] == "s0 toll"
    total = measure_confidence(judged).iloc[-1]
    assert (total["confidence"], total["precision"]) == pytest.approx((0.8, 0.8))
    assert total["error"] == pytest.approx(0)


def test_a_coder_without_probabilities():
    made = statements(actor=["North"] * 2)
    with pytest.raises(TableError, match="coder 'patterns' gave no probability"):
        judge_codes(codes(hand=["present"] * 2, patterns=["present"] * 2), made, **PAIR)
