"""What a coder can be learnt from."""

import coded
import pandas as pd
import pytest
import tolls

from analysis.errors import TableError
from analysis.models.learned_rows import check_labels, gather_labels
from analysis.tables import CODES, build_table


def gathered(statements, codes, reference="adjudicated"):
    return gather_labels(statements, codes, reference, None)


def test_labels_stand_beside_their_statements():
    table = coded.statements("a", "b", "c")
    known = gathered(table, coded.codes(adjudicated=["present", None, "absent"]))
    assert known.rows.labels["toll"].tolist() == ["present", None, "absent"]
    assert known.learnt[["code", "n_statements", "n_groups"]].to_numpy().tolist() == [
        ["toll", 2, 2]
    ]


def test_statements_without_content_and_duplicates_are_not_learnt_from():
    table = coded.statements("a", "  ", None, "d", duplicate_of=[None, None, None, "s0"])
    known = gathered(
        coded.statements("a", "b", "  ", None, "d", duplicate_of=[None] * 4 + ["s0"]),
        coded.codes(adjudicated=["present", "absent", "present", "absent", "absent"]),
    )
    assert known.ids.tolist() == ["s0", "s1", "s4"]
    assert known.counted.tolist() == [True, True, False]
    assert known.learnt["n_statements"].tolist() == [2]
    assert "statements without content, which have no value: 2" in known.learnt["note"].iloc[0]
    with pytest.raises(TableError, match=r"toll: labels of 1 group\(s\)"):
        gathered(table, coded.codes(adjudicated=["present", "absent", "present", "absent"]))


def test_a_code_with_one_value_is_left_out_with_the_reason():
    codes = tolls.stack(
        coded.codes("toll", adjudicated=["present", "absent"]),
        coded.codes("tax", adjudicated=["absent", "absent"]),
    )
    known = gathered(coded.statements("a", "b"), codes)
    assert list(known.rows.labels) == ["toll"]
    notes = known.learnt.set_index("code")["note"]
    assert notes["tax"] == "labels of 2 group(s) and value(s) ['absent']: two are needed"


def test_few_groups_and_rare_values_are_said():
    known = gathered(
        coded.statements("a", "b", "c"), coded.codes(adjudicated=["present", "absent", "absent"])
    )
    (note,) = known.learnt["note"]
    assert note == (
        "present: in one group only, so never found there; labels of 3 groups: as many folds, not 5"
    )


def test_where_nothing_can_be_learnt_the_reason_is_given():
    with pytest.raises(TableError, match=r"nothing can be learnt from 'adjudicated': toll: labels"):
        gathered(coded.statements("a"), coded.codes(adjudicated=["absent"]))
    with pytest.raises(TableError, match="no statement with content has a label"):
        gathered(
            coded.statements("a"),
            coded.codes(adjudicated=[None, "absent"])
            .assign(value=None)
            .astype({"value": "category"}),
        )


@pytest.mark.parametrize(
    ("values", "near"), [(["favour", "against"], "'favor'"), (["presnt", "absent"], "'present'")]
)
def test_an_unknown_value_names_the_nearest(values, near):
    with pytest.raises(TableError, match=f"'toll' of statement 's0' is .*did you mean {near}"):
        gathered(coded.statements("a", "b"), coded.codes(adjudicated=values))


def test_two_labels_for_one_statement_are_refused():
    rows = coded.codes(adjudicated=["present", "absent"])
    twice = pd.concat([rows, rows.iloc[:1]], ignore_index=True)
    with pytest.raises(TableError, match=r"'s0'.*stands in two rows"):
        gathered(coded.statements("a", "b"), twice)


def test_an_unknown_reference_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no coder 'adjudicate'.*did you mean 'adjudicated'"):
        gathered(coded.statements("a"), coded.codes(adjudicated=["present"]), "adjudicate")


def test_invented_texts_teach_nothing():
    table = coded.statements("a", "b", voice=["synthetic", "synthetic"])
    with pytest.raises(TableError, match="2 of 2 rows are synthetic"):
        gathered(table, coded.codes(adjudicated=["present", "absent"]))


def test_versions_of_the_codebook_go_with_codes_unless_mixed():
    codes = coded.codes(adjudicated=["present", "absent"])
    table = coded.statements("a", "b")
    one = build_table(codes.assign(codebook_version="2"), CODES)
    two = build_table(codes.assign(codebook_version=["2", "3"]), CODES)
    assert gathered(table, one).versions == {"toll": "2"}
    assert gathered(table, two).versions == {}


BOOK = coded.codebook(frames={"anger": ([], [])}, propositions={"toll": {}})


def test_labels_of_the_codebook_are_let_through():
    codes = tolls.codes()
    assert check_labels(codes, BOOK) is codes


@pytest.mark.parametrize(
    ("code", "value", "message"),
    [
        ("tolls", "favor", "'tolls' is in no part of the codebook.*did you mean 'toll'"),
        ("toll", "present", r"'toll' of statement 's0' is 'present'; it is one of \['favor'"),
        ("anger", "favor", r"it is one of \['present', 'absent'\]"),
    ],
)
def test_labels_unknown_to_the_codebook_are_refused(code, value, message):
    with pytest.raises(TableError, match=message):
        check_labels(coded.codes(code, adjudicated=[value]), BOOK)
