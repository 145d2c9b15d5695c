import pytest
from bulletin import ENGLISH
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.quotes import find_quotes
from analysis.language.sentences import split_sentences


def split(text):
    quotes = [(q.start, q.end) for q in find_quotes(text, [(0, len(text))])[0]]
    spans = split_sentences(text, 0, len(text), quotes=quotes, language=ENGLISH)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    "sentences",
    [
        ["She left.", "He stayed."],
        ["Gen. J. R. Brown Jr. of the U.S. delegation left.", "He smiled."],
        ["Mr. Berg said no.", "Nobody came at 5 p.m. on Monday."],
        ["“We agree. We will sign,” she said.", "He left."],
        ["“The door is open,” she said.", "“It will not stay open.”"],
        ["“Is this peace?” Keller asked.", "“No!” he replied."],
        ['He said: "No."', "Then he left."],
        ["外相は述べた。", "彼は去った。"],
    ],
)
def test_sentences_end_where_they_should(sentences):
    joint = "" if "。" in sentences[0] else " "
    assert split(joint.join(sentences)) == sentences


@given(st.text(alphabet="abA .!?\"“”'\n", max_size=80))
def test_sentences_hold_every_sign_but_space(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())
