"""Words for phrase matching: where they stand, and what parts them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.wordbreaks import CLAUSE, JOINED, SENTENCE, clause_words

BREAKS = {JOINED: "", CLAUSE: ",", SENTENCE: "."}


def marked(text):
    """Write the folded forms in a row, each after the sign of its break."""
    words = clause_words(text, "en")
    return " ".join(
        BREAKS[gap] + form for gap, form in zip(words.breaks.tolist(), words.forms, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good-neighbourly ties", ".good neighbourly ties"),
        ("a good-\nneighbourly tie", ".a good neighbourly tie"),
        ("Poland's claim", ".poland claim"),
        ("Poland’s claim isn’t", ".poland claim isn't"),
        ("No U.S. bases", ".no u.s bases"),
        ("Mr. Abel met Dr. Cain", ".mr abel met dr cain"),
        ("as Art. 107 says", ".as art 107 says"),
        ("He spoke. They left", ".he spoke .they left"),
        ("It ended. 1956 followed", ".it ended .1956 followed"),
        ("He spoke.\n\nthey left", ".he spoke .they left"),
        ("yes, and (so) be it", ".yes ,and ,so ,be it"),
        ("North–South talks – at last", ".north south talks ,at last"),
        ("the “old” map", ".the old map"),
        ("why? because", ".why ,because"),
        ("", ""),
        ("-- ...", ""),
    ],
)
def test_words_and_what_parts_them(text, expected):
    assert marked(text) == expected


@given(st.text(alphabet=st.sampled_from("aB1'’-.\n ,\u00ad?“”\u0301ß"), max_size=40))
def test_every_word_stands_where_it_says(text):
    words = clause_words(text, "en")
    spans = list(zip(words.starts.tolist(), words.ends.tolist(), strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert len(words.forms) == len(words.breaks) == len(spans)
    assert all(words.forms)


def test_unknown_language_names_the_known_ones():
    with pytest.raises(ValueError, match=r"no language 'xx'.*'en'"):
        clause_words("a", "xx")
