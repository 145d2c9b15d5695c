from analysis.corpus.joint import split_actors
from analysis.tables import STATEMENTS, build_table


def statement(statement_id="a:1", **cells):
    whole = {"statement_id": statement_id, "start": 0, "end": 9, "negated": False}
    return {**whole, **cells}


def test_a_joint_statement_gives_a_row_for_each_actor_with_its_speaker():
    rows = [
        statement("a:1", actor="North; South", speaker="Ada Berg; Bo Lund"),
        statement("a:2", actor="North", speaker="Ada Berg"),
        statement("a:3", actor="North; South", speaker="The Summit"),
        statement("a:4"),
    ]
    split = split_actors(build_table(rows, STATEMENTS))
    assert split["statement_id"].tolist() == ["a:1", "a:1", "a:2", "a:3", "a:3", "a:4"]
    assert split["actor"].tolist()[:5] == ["North", "South", "North", "North", "South"]
    assert split["speaker"].tolist()[:5] == [
        *("Ada Berg", "Bo Lund", "Ada Berg", "The Summit", "The Summit")
    ]
    assert split["actor"].isna().tolist() == [False] * 5 + [True]
