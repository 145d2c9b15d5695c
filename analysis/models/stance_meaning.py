"""Texts by their likeness to labelled ones, by the embeddings that an encoder gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.stance_text import CONTEXT, has_mentions, mentions

# What turns texts into vectors, a row for each, as `analysis.models.embeddings.load_encoder` gives.
Embed = Callable[[Sequence[str]], NDArray[np.floating]]
Floats = NDArray[np.float64]

# So many labelled texts stand for all; how fast likeness falls with distance.
LANDMARKS = 500
SHARPNESS = 1.5
# Of the text around a mention, so many signs on each side are embedded by themselves.
NEAR_CHARS = 60


@dataclass(frozen=True)
class Likeness:
    """How like texts are to landmarks among the labelled ones.

    Attributes
    ----------
    encoder
        What turns texts into vectors.
    views
        What of a text is embedded.
    vectors, ids
        The landmarks, and what they are called.
    spread
        Likenesses times this matrix are features whose products are the likenesses of texts.
    """

    encoder: Embed
    views: tuple[str, ...]
    vectors: Floats
    ids: tuple[str, ...]
    spread: Floats

    def matrix(self, rows: pd.DataFrame) -> Floats:
        """Return the likeness, from 0 to 1, of each text to each landmark."""
        from sklearn.metrics.pairwise import rbf_kernel

        found: Floats = rbf_kernel(_embed(self.encoder, rows, self.views), self.vectors, SHARPNESS)
        return found

    def names(self) -> list[str]:
        """Return what each landmark is called."""
        return [f"like: {name}" for name in self.ids]


def fit_likeness(rows: pd.DataFrame, encoder: Embed, *, seed: int) -> Likeness:
    """Choose landmarks among texts at random.

    Likeness is a Gaussian kernel on embeddings; with landmarks, a linear model of it costs what
    they cost, not what all pairs of texts would.

    References
    ----------
    Williams and Seeger (2001), NIPS 13, for the Nyström method.
    """
    from sklearn.kernel_approximation import Nystroem

    views = _views(rows)
    size = min(LANDMARKS, len(rows))
    fitted = Nystroem(gamma=SHARPNESS, n_components=size, random_state=seed)
    fitted.fit(_embed(encoder, rows, views))
    ids = rows["id"].astype("str").iloc[fitted.component_indices_]
    return Likeness(encoder, views, fitted.components_, tuple(ids), fitted.normalization_.T)


def _views(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the views of texts that the columns allow."""
    around = ["near", "masked"] if has_mentions(rows) else []
    context = ["context"] if set(CONTEXT) <= set(rows.columns) else []
    return ("text", *around, *context)


def _embed(encoder: Embed, rows: pd.DataFrame, views: Sequence[str]) -> Floats:
    """Return the views' vectors side by side, of length one together."""
    found = [np.asarray(encoder(_view(rows, view)), dtype=np.float64) for view in views]
    together: Floats = np.hstack(found) / np.sqrt(len(views))
    return together


def _view(rows: pd.DataFrame, view: str) -> list[str]:
    """Return the texts that are embedded."""
    if view == "text":
        return list(rows["text"])
    if view == "context":
        parts = zip(rows["before"].fillna(""), rows["text"], rows["after"].fillna(""), strict=True)
        return [" ".join(filter(None, part)) for part in parts]
    if view == "near":
        return [
            before[-NEAR_CHARS:] + name + after[:NEAR_CHARS]
            for before, name, after in mentions(rows)
        ]
    return [f"{before}the person{after}" for before, _, after in mentions(rows)]
