import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.identify import LOOKED_AT, recognise_language, unread_texts
from analysis.language.lexicon import known_languages

HERE = Path(__file__).resolve().parent
BULLETINS = sorted((HERE.parent / "data" / "raw" / "exercise" / "bulletins").glob("*.txt"))
KEPT = HERE.parents[1] / "shared" / "data" / "attribution" / "failures.jsonl"
LINES = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
CASES = [json.loads(line) for line in LINES]
OTHERS = {"F16": "fr", "F17": "de", "F18": "ja"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre a déclaré que les négociations continuent.", "fr"),
        ("Die Verhandlungen gehen weiter, sagte die Ministerin.", "de"),
        ("外相は対話を続けると述べた。", "ja"),
        ("Министр сказал, что переговоры продолжатся.", "und"),
        ("外交部长说：“谈判将继续。”", "und"),
        ("Talks will go on, the minister said.", "en"),
    ],
)
def test_a_language_is_told_by_script_and_function_words(text, language):
    assert recognise_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1956.",
        "Keller",
        "“C'est la vie,” Keller said.",
        "Keller told Le Monde and Die Zeit that talks would go on.",
        "The film “Les Misérables” and the ballet “La Sylphide” were shown.",
        "“Wir schaffen das” was what Keller said of the plan.",
    ],
)
def test_names_and_phrases_of_other_languages_leave_a_text_english(text):
    assert recognise_language(text) == "en"


@pytest.mark.skipif(not CASES, reason="needs ../shared/data/attribution/failures.jsonl")
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_one_sentence_is_enough_and_english_stays_english(case):
    assert recognise_language(case["text"]) == OTHERS.get(case["id"], "en")


def test_english_bulletins_stay_english():
    assert {recognise_language(p.read_text(encoding="utf-8-sig")) for p in BULLETINS} == {"en"}


def test_only_the_beginning_is_looked_at():
    assert (
        recognise_language("The talks go on. " * LOOKED_AT + "外相は述べた。" * LOOKED_AT) == "en"
    )


@given(st.text())
def test_any_text_gets_a_language_that_can_be_read(text):
    assert recognise_language(text) in known_languages()


def test_texts_that_nobody_can_read_are_named():
    russian = "Министр сказал, что переговоры продолжатся."
    texts = [
        {"doc_id": "a", "text": "Talks will go on."},
        {"doc_id": "b", "text": russian},
        {"doc_id": "c", "text": russian, "language": "fr"},
        {"doc_id": "d", "text": "Talks will go on.", "language": "und"},
    ]
    assert unread_texts(texts) == ["b", "d"]
