import pytest
from bulletin import sentence_of

from analysis.corpus.clauses import content_after, is_light, left_limit, parts_between
from analysis.corpus.cues import find_cues


def content(text):
    sentence = sentence_of(text)
    group = next(find_cues(sentence))
    right = content_after(sentence, group, len(sentence.tokens), relative=False)
    return None if right is None else ([text[s:e] for s, e in right.content], right.pattern)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keller said that it rains.", (["that it rains"], "cue_that")),
        ("Keller said on numerous occasions that it rains.", (["that it rains"], "cue_that")),
        ("Keller said it was late.", (["it was late"], "cue_clause")),
        ("Keller said: “It rains. It pours.”", (["“It rains. It pours.”"], "cue_quote")),
        ("Keller said “it rains” on Monday.", (["“it rains”"], "cue_quote")),
        ("Keller told the Council that it rains.", (["that it rains"], "cue_that")),
        ("Keller welcomed the offer on Friday.", (["the offer"], "cue_object")),
        ("Keller declined to comment.", (["to comment"], "cue_to")),
        ("Keller said in a statement.", None),
    ],
)
def test_what_stands_behind_the_cue(text, expected):
    assert content(text) == expected


def test_the_hearer_is_kept_apart():
    sentence = sentence_of("Keller told the Council that it rains.")
    right = content_after(sentence, next(find_cues(sentence)), 9, relative=False)
    assert [t.text for t in sentence.tokens[slice(*right.addressee)]] == ["the", "Council"]


def test_time_and_place_alone_are_light():
    assert is_light(sentence_of("on Friday in Oslo"), 0)
    assert not is_light(sentence_of("talks went on"), 0)


def test_content_has_no_signs_around_it():
    sentence = sentence_of(", it rains, .")
    assert parts_between(sentence, 0, len(sentence.tokens)) == (sentence.span(1, 3),)
    assert parts_between(sentence, 0, 1) == ()
    assert left_limit(sentence, None) == 0
