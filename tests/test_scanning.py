"""Tokens of many texts at once are the tokens of each text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import scanning
from analysis.language.scanning import scan_tokens
from analysis.language.tokens import token_spans
from analysis.language.wordbreaks import JOINED, clause_words

SIGNS = "aB1é_'’-‐\u00ad\u200c\u0301\u093f漢\U0001d400\U0001e000\ud800 \t\n\r\x00\x85.,"
TEXTS = st.lists(
    st.text(alphabet=st.sampled_from(SIGNS), max_size=30) | st.text(max_size=20), max_size=5
)


def agrees(texts):
    scanned = scan_tokens(texts)
    spans = np.concatenate([np.empty((0, 2), np.int32), *(token_spans(text) for text in texts)])
    assert scanned.starts.tolist() == spans[:, 0].tolist()
    assert scanned.ends.tolist() == spans[:, 1].tolist()
    assert scanned.sizes.tolist() == [len(token_spans(text)) for text in texts]
    owners = np.repeat(np.arange(len(texts)), scanned.sizes).tolist()
    written = [texts[n][a:b] for n, (a, b) in zip(owners, spans.tolist(), strict=True)]
    assert [scanned.forms[code] for code in scanned.codes] == written
    assert len(set(scanned.forms)) == len(scanned.forms)


@given(TEXTS)
def test_they_are_what_the_pattern_finds(texts):
    agrees(texts)


@given(TEXTS)
def test_chunks_change_nothing(texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "CHUNK_SIGNS", 25)
        agrees(texts)


@pytest.mark.parametrize(
    "text",
    [
        "good-\nneighbourly, test-\r\n  ban and man- \n\nkind",
        "North’s 'plan' of 1956-60",
        "-well known-",
        "a\u0301\u0301b \u0301c d'\u0301e",
        "\U0001d400\U0001d401 x",
        "a\x00b",
        "",
    ],
)
def test_one_text(text):
    agrees([text])


def test_a_joint_at_the_end_of_a_text_does_not_reach_into_the_next():
    scanned = scan_tokens(["good-", "neighbour"])
    assert scanned.forms == ["good", "neighbour"]
    assert scanned.sizes.tolist() == [1, 1]


def test_no_text_no_token():
    scanned = scan_tokens([])
    assert len(scanned.codes) == len(scanned.sizes) == 0


@given(st.text(alphabet=st.sampled_from("aB.,- –—!?…\n \"'’"), max_size=30))
def test_gaps_say_what_parts_words(text):
    scanned = scan_tokens([text])
    words = clause_words(text, "en")
    parted = {int(a) for a, gap in zip(words.starts, words.breaks, strict=True) if gap != JOINED}
    known = set(words.starts.tolist())
    for start, gap in zip(scanned.starts.tolist(), scanned.gaps.tolist(), strict=True):
        if gap != scanning.UNSURE and start in known:  # a second initial begins no word
            assert (start in parted) == (gap == scanning.PARTED)


def test_the_first_token_of_a_text_is_parted_and_doubt_is_rare():
    gaps = scan_tokens(["one, two. three 'four'", "five-six - seven\n\neight\nnine"]).gaps
    joined, unsure, parted = scanning.JOINED, scanning.UNSURE, scanning.PARTED
    assert gaps.tolist() == [parted, parted, unsure, joined, parted, unsure, unsure, joined]
