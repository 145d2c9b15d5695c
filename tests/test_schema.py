import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.tables import CODES, CODING_TASK, COUNTS, DOCUMENTS, build_table, check_table

DOCUMENT = {"doc_id": "a", "text": "We agree.", "kind": "news", "published_on": "2019-02-22"}


def test_missing_text_is_missing_and_never_empty_or_none():
    documents = build_table([DOCUMENT], DOCUMENTS)
    assert documents["title"].isna().all()
    assert documents["kind"].tolist() == ["news"]
    assert documents["published_on"].tolist() == [pd.Timestamp("2019-02-22")]


def test_building_a_table_twice_changes_nothing():
    once = build_table([DOCUMENT], DOCUMENTS)
    pd.testing.assert_frame_equal(build_table(once, DOCUMENTS), once)


def test_the_rows_given_are_not_changed():
    rows = pd.DataFrame([DOCUMENT])
    before = rows.copy()
    build_table(rows, DOCUMENTS)
    pd.testing.assert_frame_equal(rows, before)


def test_columns_of_the_users_own_pass_the_door():
    documents = build_table([DOCUMENT], DOCUMENTS).assign(archive="box 7")
    assert check_table(documents, DOCUMENTS) is documents


def test_a_missing_column_is_named_with_those_there():
    with pytest.raises(TableError, match=r"documents: no column 'doc_id'; there are \['docid'\]"):
        check_table(pd.DataFrame({"docid": ["a"]}), DOCUMENTS)


def test_a_wrong_kind_is_named_with_the_way_out():
    documents = build_table([DOCUMENT], DOCUMENTS).assign(published_on="2019-02-22")
    with pytest.raises(TableError, match=r"'published_on' has dtype str.*build_table"):
        check_table(documents, DOCUMENTS)


def test_an_unknown_value_is_named_with_the_known_ones():
    with pytest.raises(TableError, match=r"kind 'new'; it is one of .*did you mean 'news'"):
        build_table([{**DOCUMENT, "kind": "new"}], DOCUMENTS)


def test_a_doubled_key_is_named():
    with pytest.raises(TableError, match=r"\{'doc_id': 'a'\} stands in two rows"):
        build_table([DOCUMENT, DOCUMENT], DOCUMENTS)


def test_a_missing_key_is_named():
    with pytest.raises(TableError, match=r"row 0 has no \['doc_id'\]"):
        build_table([{**DOCUMENT, "doc_id": None}], DOCUMENTS)


def test_a_count_cannot_be_missing():
    with pytest.raises(TableError, match=r"counts: no column 'n'; a count cannot be missing"):
        build_table([{"unit_id": "a", "term": "treaty"}], COUNTS)


def test_a_day_that_is_none_is_refused():
    with pytest.raises(TableError, match="'published_on' is no date"):
        build_table([{**DOCUMENT, "published_on": "31.02.2019"}], DOCUMENTS)


def test_one_coder_gives_one_value_for_a_code():
    row = {"statement_id": "a:1", "code": "trade", "coder": "ada", "value": "present"}
    with pytest.raises(TableError, match="stands in two rows"):
        build_table([row, {**row, "value": "absent"}], CODES)


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        (COUNTS, {"unit_id": "a", "term": "x", "n": -1}, r"counts: row 0 \(a\): n -1; it is 0 or"),
        (
            CODES,
            {"statement_id": "s", "code": "c", "coder": "m", "value": "v", "probability": 1.2},
            r"codes: row 0 \(s\): probability 1\.2; it is from 0 to 1",
        ),
        (CODING_TASK, {"statement_id": "s", "code": "c"}, r"inclusion_probability nan; .* known"),
        (
            CODING_TASK,
            {"statement_id": "s", "code": "c", "inclusion_probability": 0.0},
            r"inclusion_probability 0\.0; it is above 0, up to 1",
        ),
    ],
)
def test_numbers_that_cannot_be_are_named(table, row, message):
    with pytest.raises(TableError, match=message):
        build_table([row], table)


def test_a_probability_may_be_missing_and_be_either_end():
    rows = [
        {"statement_id": f"s{n}", "code": "c", "coder": "m", "value": "v", "probability": p}
        for n, p in enumerate([None, 0.0, 1.0])
    ]
    assert build_table(rows, CODES)["probability"].isna().tolist() == [True, False, False]
