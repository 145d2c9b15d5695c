"""Statements to code by hand."""

import pandas as pd
import pytest

from analysis.codebook import Actor, Codebook, Frame, Person, Proposition
from analysis.errors import LoadError, TableError
from analysis.models.coding_tasks import coding_task, load_coding, save_coding_task
from analysis.models.sampling import sample_statements
from analysis.tables import CODES, CODING_TASK, STATEMENTS, build_table, check_table

BOOK = Codebook(
    version="3",
    frames={"trade": Frame(code="trade", label="Trade", definition="Goods that cross")},
    propositions={"open": Proposition(code="open", label="The border should be open")},
    actors={
        "North": Actor(
            name="North",
            aliases=("the Northern government",),
            people=(Person(name="Ada Berg", aliases=("Berg",)),),
        )
    },
)
SAID = ["North's trade grows, Berg said.", "Open the border!", "ada berg of North left."]


@pytest.fixture
def sample():
    rows = [
        {"statement_id": f"s{n}", "content": content, "speaker": "Ada Berg"}
        | {"start": 0, "end": 1, "negated": False}
        for n, content in enumerate(SAID)
    ]
    return sample_statements(build_table(pd.DataFrame(rows), STATEMENTS), n=3, seed=1)


def test_a_question_for_each_statement_and_code(sample):
    task = check_table(coding_task(sample, BOOK, seed=2, show="open"), CODING_TASK)
    assert len(task) == 6
    assert task.groupby("statement_id")["code"].agg(list).tolist() == [["trade", "open"]] * 3
    row = task[task["code"] == "open"].iloc[0]
    assert row["allowed"] == "favor|against|conditional|ambiguous|not_addressed"
    assert (row["speaker"], row["codebook_version"]) == ("Ada Berg", "3")
    assert task["value"].isna().all()


def test_a_blind_coder_does_not_see_who_speaks(sample):
    task = coding_task(sample, BOOK, seed=2)
    assert task["speaker"].isna().all()
    words = task.drop_duplicates("statement_id").set_index("statement_id")["content"]
    assert words["s0"] == "[…] trade grows, […] said."
    assert words["s2"] == "[…] of […] left."


def test_the_order_is_random_but_the_same_for_a_seed(sample):
    there, here = (coding_task(sample, BOOK, seed=5)["statement_id"].tolist() for _ in range(2))
    assert there == here
    orders = {tuple(coding_task(sample, BOOK, seed=n)["statement_id"]) for n in range(12)}
    assert len(orders) > 2


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_what_a_coder_filled_in_comes_back(sample, tmp_path, suffix):
    task = coding_task(sample, BOOK, seed=2)
    task.loc[task["code"] == "trade", "value"] = " present "
    path = save_coding_task(task, tmp_path / f"task{suffix}")
    codes = check_table(load_coding(path, BOOK, coder="ada"), CODES)
    assert len(codes) == 3
    assert set(codes["value"]) == {"present"}
    assert set(codes["coder"]) == {"ada"}
    assert set(codes["codebook_version"]) == {"3"}


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"value": "presnt"}, TableError, "trade is 'presnt'.*did you mean 'present'"),
        ({"code": "trad"}, TableError, "no code 'trad'.*did you mean 'trade'"),
        ({"codebook_version": "2"}, TableError, "coded by version '2' of the codebook"),
    ],
)
def test_mistakes_are_named(sample, tmp_path, change, error, words):
    task = coding_task(sample, BOOK, seed=2).astype({"code": "str"})
    rows = task[task["code"] == "trade"].assign(value="present")
    rows.iloc[:1].assign(**change).to_csv(tmp_path / "task.csv", index=False)
    with pytest.raises(error, match=words):
        load_coding(tmp_path / "task.csv", BOOK, coder="ada")


def test_two_values_for_one_statement_and_files_that_are_no_task(sample, tmp_path):
    task = coding_task(sample, BOOK, seed=2)
    row = task.iloc[:1].assign(value="present")
    pd.concat([row, row]).to_csv(tmp_path / "task.csv", index=False)
    with pytest.raises(TableError, match="trade is coded twice; keep one"):
        load_coding(tmp_path / "task.csv", BOOK, coder="ada")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(LoadError, match="no column 'statement_id'"):
        load_coding(tmp_path / "other.csv", BOOK, coder="ada")
    with pytest.raises(LoadError, match="cannot be read"):
        load_coding(tmp_path / "none.csv", BOOK, coder="ada")
    with pytest.raises(ValueError, match="format"):
        save_coding_task(task, tmp_path / "task.xlsx")
    with pytest.raises(ValueError, match="show"):
        coding_task(sample, BOOK, seed=1, show="half")
