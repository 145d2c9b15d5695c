"""Codes by a function that the user brings."""

import coded
import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.models.brought_codes import code_by_function
from analysis.models.evaluation import evaluate_codes
from analysis.tables import CODES, build_table

TABLE = coded.statements("a toll", "no toll", "weather", "")


def by(function, table=TABLE):
    return code_by_function(table, function, coder="mine", code="toll")


def gives(columns, *rows):
    return lambda statements: pd.DataFrame(list(rows), columns=columns)


def test_the_likeliest_value_and_its_probability():
    columns = ["favor", "against", "not_addressed"]
    rows = [[0.7, 0.2, 0.1], [0.1, 0.5, 0.4], [0, 0, 1], [0.5, 0.5, 0]]
    found = by(gives(columns, *rows))
    assert found["value"].tolist() == ["favor", "against", "not_addressed", "favor"]
    assert found["probability"].tolist() == [0.7, 0.5, 1, 0.5]
    assert set(found["coder"]) == {"mine"}
    assert set(found["code"]) == {"toll"}


def test_the_function_sees_the_statements():
    def says_toll(statements):
        has = statements["content"].fillna("").str.contains("toll").to_numpy(dtype=float)
        return pd.DataFrame({"present": has, "absent": 1 - has})

    assert by(says_toll)["value"].tolist() == ["present", "present", "absent", "absent"]


def test_its_codes_are_measured_as_any_coders_are():
    said = ["present", "present", "absent", "absent"]
    found = by(lambda s: pd.DataFrame({"present": [1.0, 1, 0, 0], "absent": [0.0, 0, 1, 1]}))
    both = pd.concat(
        [
            t.astype({"coder": "str", "code": "str", "value": "str"})
            for t in (found, coded.codes(adjudicated=said))
        ]
    )
    scores = evaluate_codes(build_table(both, CODES), statements=TABLE, coder="mine")
    assert scores.set_index("value").loc["macro", "f1"] == 1


def test_rows_of_nan_are_not_coded():
    nan = [np.nan, np.nan]
    found = by(gives(["present", "absent"], [1, 0], nan, [0, 1], nan))
    assert found["value"].isna().tolist() == [False, True, False, True]
    assert found["probability"].isna().tolist() == [False, True, False, True]


def test_the_statements_are_not_changed():
    def spoils(statements):
        statements["content"] = "x"
        return pd.DataFrame({"present": [1.0] * 4, "absent": [0.0] * 4})

    by(spoils)
    assert TABLE["content"].iloc[0] == "a toll"


def test_the_order_of_columns_changes_nothing_but_ties():
    one = by(gives(["present", "absent"], [0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]))
    two = by(gives(["absent", "present"], [0.1, 0.9], [0.8, 0.2], [0.4, 0.6], [0.7, 0.3]))
    assert one["value"].tolist() == two["value"].tolist()


GOOD = [[1, 0]] * 4


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda s: np.ones((4, 2)), "the function gave ndarray; it gives a DataFrame"),
        (gives(["present", "absent"], [1, 0]), "gave 1 rows for 4 statements"),
        (gives(["favour", "against"], *GOOD), "'favour' is no value.*did you mean 'favor'"),
        (gives(["present", "favor"], *GOOD), "'favor' is no value"),
        (gives(["present"], *[[1]] * 4), r"columns are \['present'\]; there are two or more"),
        (gives(["favor", "favor"], *GOOD), "each once"),
        (gives(["favor", "against"], *[[0.5, 0.4]] * 4), r"'s0' has \[0.5, 0.4\].*sum to 1"),
        (gives(["favor", "against"], *GOOD[:3], [1.5, -0.5]), "'s3' has"),
        (gives(["favor", "against"], *GOOD[:3], [1.0, np.nan]), "'s3' has"),
        (gives(["favor", "against"], *GOOD[:3], ["a", "b"]), "probabilities are numbers"),
    ],
)
def test_what_is_no_coder_is_refused_with_the_reason(function, message):
    with pytest.raises(TableError, match=f"coder 'mine', code 'toll': .*{message}"):
        by(function)
