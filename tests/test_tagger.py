"""The trained tagger: its arithmetic against brute force, its promises on any text."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.tagger.chain import best_path, label_sequences, marginals
from analysis.corpus.tagger.linking import (
    CONTENT_LEFT,
    CONTENT_RIGHT,
    CUE,
    SOURCE_LEFT,
    SOURCE_RIGHT,
    link_segments,
    tag_texts,
)
from analysis.corpus.tagger.model import default_tagger, load_tagger, save_tagger
from analysis.corpus.tagger.network import CONTEXT, WINDOW, score_tokens
from analysis.corpus.tagger.reading import (
    LONGEST,
    PLACE_SIZES,
    form_features,
    place_features,
    read_tokens,
    sequences,
)
from analysis.errors import LoadError

TAGGER = default_tagger()
needs_weights = pytest.mark.skipif(TAGGER is None, reason="needs the tagger's weights")
any_text = st.text(st.characters(codec="utf-8"), max_size=300)
newsy = st.lists(
    st.sampled_from(
        ['"', "“", "”", "'", "said", "Keller", "that", "rain", ".", ",", "\n", "«", "«x»"]
    ),
    max_size=60,
).map(" ".join)


# ---- reading


def test_tokens_stand_where_they_say():
    text = "“We agree,” Keller's aide said."
    tokens = read_tokens(text)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == [
        *("“", "We", "agree", ",", "”", "Keller", "'s", "aide", "said", ".")
    ]
    assert tokens.quoted.tolist() == [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"a" b', [1, 1, 1, 0]),
        ("«a» b", [1, 1, 1, 0]),
        ("'a' b", [1, 1, 1, 0]),
        ("“a b", [2, 2, 2]),  # never closed: to the end of the paragraph
        ("“a\n“b”", [2, 2, 1, 1, 1]),  # opened again in the next paragraph
        ('27" b', [0, 0, 0]),  # inches: nothing opens before a space
    ],
)
def test_quotations_of_every_family_are_read(text, quoted):
    assert read_tokens(text).quoted.tolist() == quoted


def test_a_full_stop_after_an_abbreviation_ends_no_sentence():
    assert read_tokens("Gen. Keller left. She said so.").sentence.tolist() == [0] * 5 + [1] * 4


@given(any_text | newsy)
def test_any_text_has_tokens_inside_it_and_features_in_their_bounds(text):
    tokens = read_tokens(text)
    spans = list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    features = place_features(tokens)
    assert (features >= 0).all()
    assert (features < np.array(PLACE_SIZES)).all()
    assert all(len(form_features(form, {})) == 10 for form in tokens.forms)


@given(any_text | newsy)
def test_sequences_cover_every_token_once(text):
    tokens = read_tokens(text)
    covered = [place for start, end in sequences(tokens) for place in range(start, end)]
    assert covered == list(range(len(tokens.forms)))
    assert all(end - start <= LONGEST for start, end in sequences(tokens))


# ---- chain and network


def chain(seed, steps=4, rows=2, labels=3):
    rng = np.random.default_rng(seed)
    block = rng.normal(size=(steps, rows, labels)).astype(np.float32)
    transitions = rng.normal(size=(labels, labels)).astype(np.float32)
    return block, np.array([steps, steps - 1]), transitions


def every_path(block, transitions, row, length):
    """Every sequence of labels with its score, by counting them all."""
    for path in product(range(block.shape[2]), repeat=length):
        steps = sum(block[step, row, label] for step, label in enumerate(path))
        moves = sum(transitions[a, b] for a, b in pairwise(path))
        yield path, float(steps + moves)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_path_is_the_best_of_all_paths(seed):
    block, lengths, transitions = chain(seed)
    found = best_path(block, lengths, transitions)
    for row, length in enumerate(lengths):
        best = max(every_path(block, transitions, row, length), key=lambda pair: pair[1])
        assert tuple(found[:length, row]) == best[0]


@pytest.mark.parametrize("seed", range(5))
def test_marginals_are_sums_over_all_paths(seed):
    block, lengths, transitions = chain(seed)
    found = marginals(block, lengths, transitions)
    for row, length in enumerate(lengths):
        paths = list(every_path(block, transitions, row, length))
        total = sum(np.exp(score) for _, score in paths)
        for step, label in product(range(length), range(block.shape[2])):
            share = sum(np.exp(s) for path, s in paths if path[step] == label) / total
            assert found[step, row, label] == pytest.approx(share, rel=1e-4)


def test_sequences_labelled_together_or_alone_come_out_the_same():
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(9, 3)).astype(np.float32)
    transitions = rng.normal(size=(3, 3)).astype(np.float32)
    starts, ends = np.array([0, 2, 6]), np.array([2, 6, 9])
    together, _ = label_sequences(scores, transitions, starts, ends)
    alone = [
        label_sequences(scores[a:b], transitions, np.array([0]), np.array([b - a]))[0]
        for a, b in zip(starts, ends, strict=True)
    ]
    assert together.tolist() == np.concatenate(alone).tolist()


@needs_weights
def test_a_long_text_is_scored_in_windows_as_in_one():
    """Only the far context differs: scores in the middle of a window hardly move."""
    rng = np.random.default_rng(2)
    width = TAGGER.weights["emb"].shape[1]
    embedded = rng.normal(size=(WINDOW + CONTEXT, width)).astype(np.float32)
    bounds = np.array([0]), np.array([len(embedded)])
    whole = score_tokens(embedded, *bounds, TAGGER.weights)
    part = score_tokens(embedded[:WINDOW], np.array([0]), np.array([WINDOW]), TAGGER.weights)
    assert np.abs(whole[: WINDOW // 2] - part[: WINDOW // 2]).max() < 0.05


# ---- linking


def test_source_and_content_go_to_the_nearest_cue_on_the_side_their_label_names():
    tokens = read_tokens("Keller said rain . Holm denied snow .")
    labels = [SOURCE_RIGHT, CUE, CONTENT_LEFT, 0, SOURCE_RIGHT, CUE, CONTENT_LEFT, 0]
    assert link_segments(tokens, np.array(labels, np.int8)) == [
        ((1, 2), [(0, 1)], [(2, 3)]),
        ((5, 6), [(4, 5)], [(6, 7)]),
    ]


def test_an_inverted_order_is_linked_too():
    tokens = read_tokens("Rain , said Keller")
    labels = [CONTENT_RIGHT, 0, CUE, SOURCE_LEFT]
    assert link_segments(tokens, np.array(labels, np.int8)) == [((2, 3), [(3, 4)], [(0, 1)])]


def test_a_second_verb_takes_the_source_of_the_first():
    tokens = read_tokens("Keller welcomed rain and denied snow")
    labels = [SOURCE_RIGHT, CUE, CONTENT_LEFT, 0, CUE, CONTENT_LEFT]
    found = link_segments(tokens, np.array(labels, np.int8))
    assert [source for _, source, _ in found] == [[(0, 1)], [(0, 1)]]


def test_a_content_without_a_cue_is_no_attribution():
    tokens = read_tokens("Rain and snow")
    assert link_segments(tokens, np.array([CONTENT_RIGHT, 0, 0], np.int8)) == []


# ---- the whole tagger


@needs_weights
def test_a_plain_quotation_is_found():
    text = "“The talks have reached a critical stage,” Foreign Minister Anna Keller said on Monday."
    (link,) = tag_texts([text], TAGGER)[0]
    assert text[slice(*link.source[0])] == "Foreign Minister Anna Keller"
    assert text[slice(*link.cue)].startswith("said")
    assert "critical stage" in text[slice(*link.content[0])]
    assert link.confidence > 0.8


@needs_weights
@settings(max_examples=40)
@given(any_text | newsy)
def test_any_text_is_tagged_inside_its_bounds_and_the_same_way_twice(text):
    links = tag_texts([text], TAGGER)[0]
    for link in links:
        for start, end in (link.cue, *link.source, *link.content):
            assert 0 <= start < end <= len(text)
        assert 0 <= link.confidence <= 1
    assert tag_texts([text], TAGGER)[0] == links


@needs_weights
@pytest.mark.parametrize("text", ["", "\n\n", "“", "x", "“” ‘’", "word " * 5000])
def test_odd_texts_are_read(text):
    assert all(link.content for link in tag_texts([text], TAGGER)[0])


@needs_weights
def test_texts_tagged_together_or_alone_come_out_the_same():
    texts = ["Keller said that it rains.", "", "“No,” said Holm. He left."]
    together = tag_texts(texts, TAGGER)
    for text, found in zip(texts, together, strict=True):
        alone = tag_texts([text], TAGGER)[0]
        assert [(x.source, x.cue, x.content) for x in found] == [
            (x.source, x.cue, x.content) for x in alone
        ]


@needs_weights
def test_what_is_saved_comes_back(tmp_path):
    path = save_tagger(TAGGER, tmp_path / "weights.npz")
    back = load_tagger(path)
    assert back.rows == TAGGER.rows
    assert back.classes == TAGGER.classes
    text = "Keller said that it rains."
    assert tag_texts([text], back) == tag_texts([text], TAGGER)


def test_a_file_that_is_no_tagger_is_named(tmp_path):
    path = tmp_path / "weights.npz"
    np.savez(path, emb=np.zeros(3))
    with pytest.raises(LoadError, match=r"weights\.npz: no weights of a tagger"):
        load_tagger(path)
