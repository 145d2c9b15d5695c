"""Texts by their likeness to labelled ones."""

import numpy as np
import pandas as pd
import pytest

from analysis.models.stance_meaning import SHARPNESS, fit_likeness


def letters(texts):
    """Embed texts by their letters: a stand-in for an encoder."""
    counts = np.array([[text.count(letter) for letter in "abcdefgh"] for text in texts], float)
    return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-12)


ROWS = pd.DataFrame({"id": list("pqrs"), "text": ["abba", "cede", "face", "head"]})


def test_likeness_is_a_gaussian_of_the_distance():
    likeness = fit_likeness(ROWS, letters, seed=1)
    found = likeness.matrix(pd.DataFrame({"text": ["abba", "bad"]}))
    vectors = letters(["abba", "bad"]), letters(ROWS["text"])
    apart = ((vectors[0][:, None] - vectors[1][None]) ** 2).sum(axis=2)
    places = [list(ROWS["id"]).index(name) for name in likeness.ids]
    assert found == pytest.approx(np.exp(-SHARPNESS * apart)[:, places])
    assert likeness.names()[0] == f"like: {likeness.ids[0]}"


def test_with_every_text_a_landmark_the_products_of_features_are_likenesses():
    likeness = fit_likeness(ROWS, letters, seed=1)
    features = likeness.matrix(ROWS) @ likeness.spread
    vectors = letters(ROWS["text"])
    apart = ((vectors[:, None] - vectors[None]) ** 2).sum(axis=2)
    assert features @ features.T == pytest.approx(np.exp(-SHARPNESS * apart), abs=1e-6)


def test_views_around_mentions_and_of_context():
    heard = []

    def listening(texts):
        heard.extend(texts)
        return letters(texts)

    rows = ROWS.assign(start=1, end=2, before=["x", None, "", "y"], after="z")
    likeness = fit_likeness(rows, listening, seed=1)
    assert likeness.views == ("text", "near", "masked", "context")
    assert {"abba", "athe personba", "x abba z", "cede z"} <= set(heard)


def test_the_same_seed_chooses_the_same_landmarks():
    many = pd.DataFrame(
        {"id": range(600), "text": [f"{n:b}".replace("1", "ab") for n in range(600)]}
    )
    assert fit_likeness(many, letters, seed=3).ids == fit_likeness(many, letters, seed=3).ids
