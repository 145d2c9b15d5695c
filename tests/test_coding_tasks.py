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


def test_statements_without_words_are_not_sent_out(sample):
    for empty in (None, "", "  "):
        rows = sample.assign(content=sample["content"].where(sample.index != 1, empty))
        for show in ("blind", "open"):
            with pytest.raises(TableError, match=r"'s1' has no content, nothing to code"):
                coding_task(rows, BOOK, seed=1, show=show)


def test_a_chance_that_is_none_is_not_sent_out(sample):
    for wrong in (None, 0.0, 1.5):
        rows = sample.assign(inclusion_probability=wrong).astype({"inclusion_probability": float})
        with pytest.raises(TableError, match=r"it is above 0, up to 1, and known"):
            coding_task(rows, BOOK, seed=1)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_names_and_signs_that_files_mistake_come_back(tmp_path, suffix):
    names = ["001", "1e5", "NA", "d:2", "2020-01-01"]
    words = ['He said: "no"; a,b\nnew line – é 税', "NA", "null", "=1+1", "007"]
    rows = [
        {"statement_id": name, "content": content, "start": 0, "end": 1, "negated": False}
        for name, content in zip(names, words, strict=True)
    ]
    sample = sample_statements(build_table(rows, STATEMENTS), n=5, seed=1)
    task = coding_task(sample, BOOK, seed=2, show="open")
    task["value"] = task["allowed"].str.split("|").str[0].astype("str")
    codes = load_coding(save_coding_task(task, tmp_path / f"t{suffix}"), BOOK, coder="ada")
    assert codes["statement_id"].tolist() == task["statement_id"].tolist()
    assert codes["value"].tolist() == task["value"].tolist()


FILLED = {"statement_id": "s1", "code": "trade", "value": "present", "codebook_version": "3"}


def filled(path, *rows):
    frame = pd.DataFrame(list(rows))
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_json(path, orient="records", lines=True)
    return load_coding(path, BOOK, coder="ada")


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_rows_that_lack_something_are_named(tmp_path, name):
    for column in ("statement_id", "code", "codebook_version"):
        with pytest.raises(TableError, match=rf"row 2 has a value but no {column}"):
            filled(tmp_path / name, FILLED, FILLED | {column: None})
    with pytest.raises(LoadError, match="no row has a value; nothing was coded"):
        filled(tmp_path / name, FILLED | {"value": None}, FILLED | {"value": " "})
    assert len(filled(tmp_path / name, FILLED, FILLED | {"value": None, "code": None})) == 1


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_frame_has_no_stance(tmp_path, name):
    with pytest.raises(TableError, match=r"trade is 'favor'; it is one of \['present', 'absent'\]"):
        filled(tmp_path / name, FILLED | {"value": "favor"})


def test_a_file_parted_otherwise_and_a_coder_without_a_name(tmp_path):
    (tmp_path / "t.csv").write_text("statement_id;code;value;codebook_version\ns1;trade;present;3")
    with pytest.raises(LoadError, match=r"there are \['statement_id;code.*parted by commas"):
        load_coding(tmp_path / "t.csv", BOOK, coder="ada")
    with pytest.raises(ValueError, match="coder is ' '; give a name"):
        load_coding(tmp_path / "t.csv", BOOK, coder=" ")
