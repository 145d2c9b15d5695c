"""Training the tagger: its gradients, its promises of repetition, and that it learns at all."""

import json

import numpy as np
import pytest

from analysis.corpus.tagger import training
from analysis.corpus.tagger.annotation import gold_labels, load_annotated, stretches
from analysis.corpus.tagger.confidence import fit_logistic
from analysis.corpus.tagger.learning import loss_and_gradients
from analysis.corpus.tagger.linking import (
    CONTENT_LEFT,
    CUE,
    SOURCE_RIGHT,
    link_segments,
    tag_texts,
)
from analysis.corpus.tagger.model import save_tagger
from analysis.corpus.tagger.network import LAYERS, score_tokens
from analysis.corpus.tagger.reading import read_tokens
from analysis.corpus.tagger.wordclasses import word_classes
from analysis.errors import LoadError

NAMES = ("Keller", "Holm", "Berg", "Lund", "Anna", "Olaf")
CONTENTS = ("rain would come", "talks would go on", "snow was near", "trade would grow")


def annotated(number):
    """A text of three invented sentences with their attributions."""
    text, attributions = "", []
    for place in range(3):
        name = NAMES[(number + place) % len(NAMES)]
        content = CONTENTS[(number * 2 + place) % len(CONTENTS)]
        start = len(text)
        text += f"{name} said {content}. The day was long. "
        spans = {"source": (0, len(name)), "cue": (len(name) + 1, len(name) + 5)}
        first = len(name) + 6
        spans["content"] = (first, first + len(content))
        attributions.append({role: [[start + a, start + b]] for role, (a, b) in spans.items()})
    return {"doc_id": str(number), "text": text, "attributions": attributions}


RECORDS = [annotated(number) for number in range(60)]


def test_the_tagger_learns_what_it_is_shown():
    tagger = training.train_tagger(RECORDS, seed=3, epochs=50)
    text = "Lund said trade would grow. The day was long."
    (link,) = tag_texts([text], tagger)[0]
    assert text[slice(*link.source[0])] == "Lund"
    assert text[slice(*link.cue)] == "said"
    assert text[slice(*link.content[0])] == "trade would grow"


def test_two_trainings_give_the_same_bytes(tmp_path):
    taggers = [training.train_tagger(RECORDS[:20], seed=3, epochs=2) for _ in range(2)]
    paths = [save_tagger(t, tmp_path / f"{n}.npz") for n, t in enumerate(taggers)]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def tiny(rng, *, hidden=3, width=4, labels=3):
    weights = {
        "trans": rng.normal(size=(labels, labels)),
        "bo": rng.normal(size=labels),
        "Wo": rng.normal(size=(2 * hidden + width, labels)),
    }
    size = width
    for layer in range(LAYERS):
        weights[f"W{layer}"] = rng.normal(size=(2, size, 3 * hidden)) / 2
        weights[f"U{layer}"] = rng.normal(size=(2, hidden, 3 * hidden)) / 2
        weights[f"b{layer}"] = rng.normal(size=(2, 3 * hidden)) / 2
        weights[f"c{layer}"] = rng.normal(size=(2, hidden)) / 2
        size = 2 * hidden
    return {name: value.astype(np.float32) for name, value in weights.items()}


@pytest.fixture
def batch():
    rng = np.random.default_rng(5)
    weights = tiny(rng)
    lengths = np.array([5, 3])
    embedded = rng.normal(size=(5, 2, 4)).astype(np.float32)
    labels = rng.integers(0, 3, size=(5, 2))
    masks = [np.ones((5, 2, 4), np.float32), *[np.ones((5, 2, 6), np.float32)] * LAYERS]
    return weights, embedded, labels, lengths, masks


@pytest.mark.parametrize(
    "name", ["W0", "U0", "b0", "c0", "W1", "U1", "b1", "c1", "Wo", "bo", "trans"]
)
def test_gradients_are_differences_of_the_loss(batch, name):
    weights, *rest = batch
    _, grads, _ = loss_and_gradients(weights, *rest)
    rng = np.random.default_rng(6)
    direction = rng.normal(size=weights[name].shape).astype(np.float32)
    step = 1e-2
    losses = [
        loss_and_gradients({**weights, name: weights[name] + sign * step * direction}, *rest)[0]
        for sign in (1, -1)
    ]
    slope = (losses[0] - losses[1]) / (2 * step)
    assert slope == pytest.approx(float((grads[name] * direction).sum()), rel=0.02, abs=0.02)


def test_the_network_in_training_is_the_network_in_use(batch):
    """The gradient by score is zero where the gold labels have all the probability."""
    weights, embedded, labels, _, masks = batch
    lengths = np.array([5, 5])
    loss, *_ = loss_and_gradients(weights, embedded, labels, lengths, masks)
    flat = embedded.swapaxes(0, 1).reshape(10, -1)
    scores = score_tokens(flat, np.array([0, 5]), np.array([5, 10]), weights).reshape(2, 5, -1)
    expected = sum(path_loss(scores[row], labels[:, row], weights["trans"]) for row in range(2))
    assert loss == pytest.approx(expected, rel=1e-4)


def path_loss(scores, labels, transitions):
    """Negative log-likelihood of one sequence, by the plain forward recursion."""
    ahead = scores[0].astype(float)
    gold = float(scores[0, labels[0]])
    for step in range(1, len(scores)):
        ahead = np.logaddexp.reduce(ahead[:, None] + transitions, axis=0) + scores[step]
        gold += float(transitions[labels[step - 1], labels[step]] + scores[step, labels[step]])
    return float(np.logaddexp.reduce(ahead)) - gold


def test_gold_labels_lead_back_to_the_annotation():
    record = RECORDS[0]
    tokens = read_tokens(record["text"])
    labels = gold_labels(tokens, record["attributions"]).astype(np.int8)
    assert {CUE, SOURCE_RIGHT, CONTENT_LEFT} <= set(labels.tolist())
    for (cue, source, content), entry in zip(
        link_segments(tokens, labels), record["attributions"], strict=True
    ):
        assert [cue] == stretches(tokens, entry["cue"])
        assert source == stretches(tokens, entry["source"])
        assert content == stretches(tokens, entry["content"])


def test_words_of_one_use_share_a_class():
    classes = word_classes([record["text"] for record in RECORDS], seed=0)
    assert {"keller", "said", "rain", "."} <= set(classes)
    assert all(len(pair) == 2 for pair in classes.values())


def test_the_logistic_regression_finds_the_share_of_each_kind():
    evidence = np.array([[0.0]] * 40 + [[1.0]] * 40)
    right = np.array([1.0] * 10 + [0.0] * 30 + [1.0] * 30 + [0.0] * 10)
    slope, intercept = fit_logistic(evidence, right)
    assert 1 / (1 + np.exp(-intercept)) == pytest.approx(0.25, abs=0.05)
    assert 1 / (1 + np.exp(-intercept - slope)) == pytest.approx(0.75, abs=0.05)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"train\.jsonl:1: no annotated text"),
        ('{"text": "x"}', r"train\.jsonl:1: no annotated text"),
        (
            json.dumps(
                {"text": "x", "attributions": [{"source": [], "cue": [[0, 9]], "content": []}]}
            ),
            r"span \[0, 9\] is not inside the text of 1 signs",
        ),
    ],
)
def test_a_line_that_is_no_annotation_is_named(tmp_path, line, message):
    path = tmp_path / "train.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(LoadError, match=message):
        load_annotated(path)
