import json

import pytest
from bulletin import CODEBOOK, documents_of

from analysis.corpus.scoring import (
    judge_statements,
    load_gold,
    pair_contents,
    score_statements,
)
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.errors import LoadError, TableError

TEXTS = (
    "Anna Keller said on Thursday that it rains.",
    "“We agree,” Keller said. It was warm.",
    "Oslo welcomed the offer.",
)


def span(text, words):
    start = text.index(words)
    return [[start, start + len(words)]]


def gold_of(text, source, cue, content, **values):
    blank = {"speaker": None, "actor": None, "said_on": None, "said_precision": None}
    return {
        "source": span(text, source),
        "cue": span(text, cue),
        "content": span(text, content),
        **(blank | {"layer": "news", "quote_type": "indirect"} | values),
    }


GOLD = [
    gold_of(
        *(TEXTS[0], "Anna Keller", "said on Thursday", "that it rains"),
        speaker="Anna Keller",
        actor="North",
        said_on="2019-02-21",
        said_precision="day",
    ),
    gold_of(TEXTS[1], "Keller", "said", "It was warm", speaker="Anna Keller", actor="North"),
    gold_of(TEXTS[2], "Oslo", "welcomed", "the offer", actor="South"),
]


@pytest.fixture
def given(tmp_path):
    """What was found and what was annotated, as `score_statements` takes it."""
    lines = [{"doc_id": f"d{n}", "statements": [entry]} for n, entry in enumerate(GOLD, start=1)]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    documents = documents_of(*TEXTS)
    statements = extract_statements(documents, codebook=CODEBOOK)
    return statements, extract_spans(documents, statements), load_gold(path), documents


@pytest.fixture
def scored(given):
    return score_statements(*given).set_index("part")


def test_the_figures_are_those_counted_by_hand(scored):
    # Three found and three annotated; the second pair's content does not meet.
    assert scored.loc["content", ["n_gold", "n_found", "n_right"]].tolist() == [3, 3, 2]
    assert scored.loc["content", "precision"] == pytest.approx(2 / 3)
    assert scored.loc["content", "f1"] == pytest.approx(2 / 3)
    assert scored.loc["actor", "n_right"] == 1
    assert scored.loc["said_on", "n_right"] == 2
    assert scored.loc["duplicates", "n_gold"] == 0
    assert scored.loc["content", "n_units"] == 3


def test_each_statement_found_is_judged_as_it_is_scored(given, scored):
    judgments = judge_statements(*given)
    assert judgments["right"].tolist() == [True, False, True]
    assert judgments["confidence"].tolist() == given[0]["confidence"].tolist()
    assert judgments["right"].sum() == scored.loc["content", "n_right"]
    assert len(judgments) == scored.loc["content", "n_found"]


def test_what_nobody_annotated_is_not_judged(given):
    statements, spans, gold, documents = given
    judgments = judge_statements(statements, spans, gold[gold["doc_id"] == "d3"], documents)
    assert judgments["statement_id"].tolist() == ["d3:1"]


def test_gold_of_an_unknown_text_is_named(given):
    statements, spans, gold, documents = given
    with pytest.raises(TableError, match="no document 'd9'"):
        judge_statements(statements, spans, gold.assign(doc_id="d9"), documents)


def test_pairs_are_one_to_one_and_the_closest_first():
    # Dice: 1 for the first with the second, 2/3 for the first with the first, 0 for the rest.
    wanted = [frozenset({1, 2}), frozenset({8})]
    found = [frozenset({1, 2, 3, 4}), frozenset({1, 2}), frozenset({9})]
    assert pair_contents(wanted, found) == [(0, 1)]


def test_half_the_words_are_enough_and_less_are_not():
    assert pair_contents([frozenset({1, 2, 3})], [frozenset({3})]) == [(0, 0)]
    assert pair_contents([frozenset({1, 2, 3, 4})], [frozenset({4})]) == []


def test_f1_lies_in_its_interval(scored):
    known = scored.dropna(subset=["low"])
    assert (known["low"] <= known["f1"]).all()
    assert (known["f1"] <= known["high"]).all()


def test_gold_against_itself_is_right_throughout(tmp_path):
    documents = documents_of(TEXTS[0])
    statements = extract_statements(documents, codebook=CODEBOOK)
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc_id": "d1", "statements": GOLD[:1]}), encoding="utf-8")
    table = score_statements(
        statements, extract_spans(documents, statements), load_gold(path), documents
    )
    parts = table[table["part"] != "duplicates"]
    assert (parts["n_right"] == parts["n_gold"]).all()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"gold\.jsonl:1: not JSON"),
        ('{"doc_id": "d1"}', r"gold\.jsonl:1: no 'statements'"),
        ('{"doc_id": "d1", "statements": [{"cue": []}]}', r"statement 0 has no 'source'"),
        (
            json.dumps({"doc_id": "d1", "statements": [GOLD[0] | {"said_on": "soon"}]}),
            "said_on 'soon'",
        ),
    ],
)
def test_bad_gold_is_named(tmp_path, line, message):
    (tmp_path / "gold.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(LoadError, match=message):
        load_gold(tmp_path / "gold.jsonl")


def test_gold_of_a_document_that_is_not_there(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc_id": "other", "statements": []}), encoding="utf-8")
    documents = documents_of(TEXTS[0])
    statements = extract_statements(documents)
    with pytest.raises(TableError, match="no document 'other'"):
        score_statements(
            statements, extract_spans(documents, statements), load_gold(path), documents
        )
