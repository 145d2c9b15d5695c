"""Codes learnt from statements coded by hand."""

import coded
import numpy as np
import pandas as pd
import pytest
import tolls

from analysis.errors import TableError
from analysis.models.learned_codes import code_statements, fit_codes, learn_codes, list_words

LEARNT = learn_codes(tolls.statements(), tolls.codes(), seed=1)


def values(learnt, code="toll"):
    rows = learnt.codes[learnt.codes["code"] == code]
    return rows.set_index("statement_id")["value"].astype("str")


def right(learnt, codes, code="toll"):
    truth = codes[(codes["code"] == code) & (codes["coder"] == "adjudicated")]
    return (values(learnt, code) == truth.set_index("statement_id")["value"].astype("str")).mean()


def test_every_statement_is_coded_for_every_code_with_a_probability():
    assert len(LEARNT.codes) == 2 * 48
    assert set(LEARNT.codes["coder"]) == {"learned"}
    assert LEARNT.codes["statement_id"].tolist()[:4] == ["s0", "s0", "s1", "s1"]
    assert LEARNT.codes["probability"].between(0, 1).all()


def test_what_the_words_tell_is_found():
    assert right(LEARNT, tolls.codes()) > 0.9
    assert right(LEARNT, tolls.codes(), "anger") > 0.9


def test_near_copies_do_not_tell_on_each_other():
    """Each day has a word of its own that alone tells the value: nobody may profit from it."""
    n = 60
    rng = np.random.default_rng(3)
    truth = np.where(rng.random(n // 2) < 0.5, "present", "absent").repeat(2)
    table = coded.statements(
        *[f"word{k // 2}" for k in range(n)],
        said_on=pd.to_datetime([f"2001-{1 + k // 40:02d}-{1 + k % 40 // 2:02d}" for k in range(n)]),
    )
    codes = coded.codes(adjudicated=truth.tolist())
    learnt = learn_codes(table, codes, seed=1)
    assert right(learnt, codes) < 0.65
    apart = learn_codes(table.assign(said_on=pd.NaT), codes, seed=1)
    assert right(apart, codes) > 0.8


def test_the_label_of_a_statement_does_not_move_its_own_code():
    codes = tolls.codes()
    turned = codes.astype({"value": "str"})
    own = (turned["statement_id"] == "s0") & (turned["code"] == "toll")
    turned.loc[own, "value"] = "against"
    again = learn_codes(tolls.statements(), turned.astype({"value": "category"}), seed=1)
    before = LEARNT.codes.set_index(["statement_id", "code"]).loc[("s0", "toll")]
    after = again.codes.set_index(["statement_id", "code"]).loc[("s0", "toll")]
    assert before["value"] == after["value"] == "favor"


def test_unlabelled_and_duplicate_statements_are_coded_too():
    table = tolls.statements(duplicate_of=[None] * 47 + ["s0"])
    codes = tolls.codes()
    learnt = learn_codes(table, codes[codes["statement_id"] != "s1"].reset_index(drop=True))
    assert values(learnt).notna().all()
    assert learnt.learnt.set_index("code").loc["toll", "n_statements"] == 46


def test_a_statement_without_content_has_no_value():
    contents = [text if n else "  " for n, text in enumerate(tolls.statements()["content"])]
    learnt = learn_codes(coded.statements(*contents), tolls.codes())
    row = learnt.codes[learnt.codes["statement_id"] == "s0"].iloc[0]
    assert pd.isna(row["value"])
    assert pd.isna(row["probability"])
    assert len(learnt.codes) == 2 * 48


def test_a_code_of_one_value_is_left_out_and_said():
    codes = tolls.stack(tolls.codes(), coded.codes("tax", adjudicated=["absent"] * 48))
    learnt = learn_codes(tolls.statements(), codes)
    assert set(learnt.codes["code"]) == {"toll", "anger"}
    row = learnt.learnt.set_index("code").loc["tax"]
    assert pd.isna(row["setting"])
    assert "two are needed" in row["note"]


def test_a_value_in_one_group_only_is_never_found_and_never_a_crash():
    values_ = tolls.codes()
    rare = values_.astype({"value": "str"})
    rare.loc[rare.index[0], "value"] = "conditional"
    learnt = learn_codes(tolls.statements(), rare.astype({"value": "category"}))
    assert values(learnt)["s0"] != "conditional"
    assert "conditional: in one group only" in learnt.learnt.set_index("code").loc["toll", "note"]


def test_with_two_groups_each_is_coded_from_the_other():
    table = coded.statements(
        "fair toll", "robbery", "fair toll", "robbery", episode_id=list("aabb")
    )
    learnt = learn_codes(table, coded.codes(adjudicated=["favor", "against"] * 2))
    assert values(learnt).tolist() == ["favor", "against"] * 2
    assert learnt.codes["probability"].isna().all()
    assert learnt.learnt["note"].tolist() == ["labels of 2 groups: as many folds, not 5"]


def test_reasons_are_words_of_the_statement_that_speak_for_its_value():
    table = tolls.statements().set_index("statement_id")["content"].str.lower()
    given = LEARNT.codes.astype({"code": "str"}).set_index(["statement_id", "code"])["value"]
    assert len(LEARNT.reasons)
    for row in LEARNT.reasons.itertuples():
        assert row.value == given[row.statement_id, row.code]
        assert row.value not in ("absent", "not_addressed")
        assert row.pull > 0
        assert row.word.split()[0].split("_")[0].strip(",.") in table[row.statement_id]
    first = LEARNT.reasons[LEARNT.reasons["rank"] == 1]
    assert {"robbery", "fair"} & set(first["word"])


def test_the_same_seed_gives_the_same_tables():
    again = learn_codes(tolls.statements(), tolls.codes(), seed=1)
    pd.testing.assert_frame_equal(again.codes, LEARNT.codes)
    pd.testing.assert_frame_equal(again.reasons, LEARNT.reasons)


def test_the_arguments_are_left_as_they_were():
    statements, codes = tolls.statements(), tolls.codes()
    learn_codes(statements, codes)
    pd.testing.assert_frame_equal(statements, tolls.statements())
    pd.testing.assert_frame_equal(codes, tolls.codes())


def test_a_model_codes_the_statements_of_another_study():
    model = fit_codes(tolls.statements(), tolls.codes())
    coded_ = code_statements(model, tolls.statements(30, seed=9))
    assert right(coded_, tolls.codes(30, seed=9)) > 0.9
    pd.testing.assert_frame_equal(coded_.learnt, model.learnt)


def test_a_model_that_learnt_with_patterns_asks_for_them():
    codes = tolls.stack(tolls.codes(), tolls.codes(coder="patterns"))
    model = fit_codes(tolls.statements(), codes)
    with pytest.raises(TableError, match="none of coder 'patterns'"):
        code_statements(model, tolls.statements())
    assert right(code_statements(model, tolls.statements(), codes), codes) == 1


def test_where_there_is_nothing_to_code_nothing_is_coded():
    model = fit_codes(tolls.statements(), tolls.codes())
    assert code_statements(model, tolls.statements().iloc[:0]).codes.empty
    assert code_statements(model, coded.statements("  ")).codes["value"].isna().all()


def test_words_are_listed_by_code_and_value():
    table = list_words(fit_codes(tolls.statements(), tolls.codes()), n_words=3)
    against = table[(table["code"] == "toll") & (table["value"] == "against")]
    assert "robbery" in set(against["word"]) | {w.split()[0] for w in against["word"]}
    assert (against["weight"].diff().dropna() <= 0).all()
    assert not set(table["value"]) & {"absent", "not_addressed"}


def test_embeddings_are_seen():
    marks = {text: float("robbery" in text.lower()) for text in tolls.statements()["content"]}
    blank = coded.statements(*[f"{n}" for n in range(48)])
    texts = dict(zip(blank["content"], tolls.statements()["content"], strict=True))

    def encoder(contents):
        return np.array([[marks[texts[text]], 1.0] for text in contents])

    codes = coded.codes(
        adjudicated=["present" if marks[text] else "absent" for text in texts.values()]
    )
    assert right(learn_codes(blank, codes, encoder=encoder), codes) == 1
