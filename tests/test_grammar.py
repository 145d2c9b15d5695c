from bulletin import sentence_of
from hypothesis import given
from hypothesis import strategies as st


def test_a_quotation_is_one_token():
    sentence = sentence_of("Keller said “we agree, and soon” in Oslo.")
    assert [t.text for t in sentence.tokens] == [
        *("Keller", "said", "“we agree, and soon”", "in", "Oslo", ".")
    ]
    assert [t.kind for t in sentence.tokens] == ["w", "w", "q", "w", "w", "p"]


def test_commas_of_a_date_part_nothing():
    sentence = sentence_of("A note dated May 3, 1960, said no, twice.")
    commas = [k for k, t in enumerate(sentence.tokens) if t.text == ","]
    assert [sentence.is_comma(k) for k in commas] == [False, False, True]


def test_verbs_are_told_from_participles():
    sentence = sentence_of("The man accused of it walked to the united party.")
    finite = [t.text for k, t in enumerate(sentence.tokens) if sentence.is_finite(k)]
    assert finite == ["walked"]


def test_a_nickname_is_no_boundary():
    assert not sentence_of("Viktor “the Hammer” Orlov left").is_boundary(1)
    assert sentence_of("He said “the hammer” fell").is_boundary(2)


def test_a_word_in_quotes_is_no_full_quotation():
    sentence = sentence_of("The “corridor” and “we will go.”")
    assert [sentence.is_full_quote(k) for k in (1, 3)] == [False, True]


@given(st.text(alphabet="abK ,.;:“”\"'12", max_size=60))
def test_tokens_hold_every_sign_but_space(text):
    sentence = sentence_of(text)
    assert "".join(t.text for t in sentence.tokens).split() == text.split() or "".join(
        "".join(t.text.split()) for t in sentence.tokens
    ) == "".join(text.split())
    assert all(text[t.start : t.end] == t.text for t in sentence.tokens)
