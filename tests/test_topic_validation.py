"""What people answered about topics."""

import pandas as pd
import pytest

from analysis.errors import LoadError, TableError
from analysis.models.topic_validation import (
    load_topic_answers,
    save_topic_task,
    score_topic_answers,
)
from analysis.resampling import share_interval
from analysis.tables import TOPIC_ANSWERS, TOPIC_KEY, TOPIC_TASK, build_table

N = 12
ITEMS = [f"word_intrusion-{n:03}" for n in range(N)]


def key():
    rows = {"item": ITEMS, "task": "word_intrusion", "topic": ["T1", "T2"] * 6}
    return build_table(pd.DataFrame(rows).assign(answer="c", n_options=6), TOPIC_KEY)


def answers(given, coder="ann"):
    rows = [{"item": item, "coder": coder, "answer": a} for item, a in given.items()]
    return build_table(rows, TOPIC_ANSWERS)


def test_right_answers_are_counted_by_topic_beside_chance():
    given = {item: "c" if n % 2 == 0 else "a" for n, item in enumerate(ITEMS)}
    found = score_topic_answers(answers(given), key()).set_index("topic")
    assert found["right"].to_dict() == {"T1": 1.0, "T2": 0.0, "all topics": 0.5}
    assert found["chance"].tolist() == pytest.approx([1 / 6] * 3)
    exact = share_interval([1, 0] * 6, [1] * N)
    assert tuple(found.loc["all topics", ["low", "high"]]) == pytest.approx((exact.low, exact.high))
    assert found["note"].to_dict() == {
        **{"T1": "above chance", "T2": "not told from chance", "all topics": "above chance"}
    }


def test_two_coders_of_one_item_are_one_unit():
    both = pd.concat([answers(dict.fromkeys(ITEMS, "c"), coder) for coder in ("ann", "ben")])
    found = score_topic_answers(build_table(both.astype("object"), TOPIC_ANSWERS), key())
    whole = found[found["topic"] == "all topics"].iloc[0]
    assert (whole["n_items"], whole["n_answers"]) == (N, 2 * N)


def test_a_task_goes_out_and_comes_back(tmp_path):
    rows = [{"item": item, "task": "word_intrusion", "question": "?"} for item in ITEMS]
    path = save_topic_task(build_table(rows, TOPIC_TASK), tmp_path / "task.csv")
    filled = pd.read_csv(path, dtype="str")
    filled["answer"] = [" C", *[""] * (N - 2), "a"]
    filled.to_csv(path, index=False)
    found = load_topic_answers(path, key(), coder="ann")
    assert found["answer"].tolist() == ["c", "a"]
    assert found["item"].tolist() == [ITEMS[0], ITEMS[-1]]


def test_answers_that_cannot_be_are_told(tmp_path):
    with pytest.raises(TableError, match="'word_intrusion-0001' in the key; did you mean"):
        score_topic_answers(answers({"word_intrusion-0001": "c"}), key())
    with pytest.raises(TableError, match=r"answer 'g'; it is one of \['a', 'b'"):
        score_topic_answers(answers({ITEMS[0]: "g"}), key())
    with pytest.raises(LoadError, match="cannot be read"):
        load_topic_answers(tmp_path / "none.csv", key(), coder="ann")
    with pytest.raises(ValueError, match=r"no format '\.xlsx'"):
        save_topic_task(build_table([], TOPIC_TASK), tmp_path / "task.xlsx")


def test_no_answers_give_no_score():
    assert score_topic_answers(build_table([], TOPIC_ANSWERS), key()).empty
