import json

import pytest

from analysis.corpus.exchange import attribute_texts, load_texts, save_attributions
from analysis.errors import LoadError

TEXT = "“We agree,” Keller said."


@pytest.mark.parametrize("tagger", ["crf", "rules"])
def test_each_part_of_an_attribution_is_a_place_in_the_text(tagger):
    (found,) = attribute_texts([{"doc_id": "a", "text": TEXT}], tagger=tagger)
    (attribution,) = found["attributions"]
    assert [TEXT[a:b] for a, b in attribution["source"]] == ["Keller"]
    assert [TEXT[a:b] for a, b in attribution["cue"]] == ["said"]
    assert [TEXT[a:b] for a, b in attribution["content"]] == ["“We agree,”"]
    assert attribution["quote_type"] == "direct"
    assert 0 < attribution["confidence"] <= 1


def test_texts_go_in_and_out_as_json_lines(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "text": TEXT, "more": 1}) + "\n")
    texts = load_texts(path)
    assert texts == [{"doc_id": "a", "text": TEXT}]
    out = save_attributions(attribute_texts(texts), tmp_path / "out.jsonl")
    assert json.loads(out.read_text())["doc_id"] == "a"


def test_language_and_kind_are_kept_where_they_are_told_and_else_recognised(tmp_path):
    path = tmp_path / "in.jsonl"
    lines = [
        {"doc_id": "a", "text": "„Wir kommen bald“, sagte Keller."},
        {"doc_id": "b", "text": "„Wir kommen bald“, sagte Keller.", "language": "en"},
        {"doc_id": "c", "text": "We agree with this.", "kind": "speech", "language": None},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    texts = load_texts(path)
    assert texts[1:] == [lines[1], {k: lines[2][k] for k in ("doc_id", "text", "kind")}]
    german, english, speech = (found["attributions"] for found in attribute_texts(texts))
    assert [len(german[0]["cue"]), english] == [1, []]
    assert (speech[0]["source"], speech[0]["quote_type"]) == ([], "direct")


def test_what_is_quoted_inside_a_turn_is_left_to_the_table():
    text = "KELLER: Ida Holm said that it rains.\nHOLM: No, Keller said that."
    (found,) = attribute_texts([{"doc_id": "a", "text": text}])
    assert len(found["attributions"]) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"in\.jsonl:1: not JSON"),
        ('{"text": "x"}', "an object with doc_id and text"),
        ('{"doc_id": "a", "text": "\\ud800"}', r"in\.jsonl:1"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, line, message):
    path = tmp_path / "in.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(LoadError, match=message):
        load_texts(path)
