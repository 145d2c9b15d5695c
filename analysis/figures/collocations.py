"""Which words go together: a network of collocations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, check_choice
from analysis.figures.labels import label_points
from analysis.figures.style import GREY, INK, PALETTE, new_axes, styled
from analysis.tables import COLLOCATIONS, check_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]

STRENGTHS = ("log_dice", "g2", "mi", "mi3", "t", "z", "chi2", "dice", "lambda_z", "n")
STEPS = 300


@styled
def plot_collocations(
    collocations: pd.DataFrame,
    *,
    strength: str = "log_dice",
    n_pairs: int = 40,
    node: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the strongest pairs as a network: words that go together stand together.

    Parameters
    ----------
    collocations
        The `collocations` table.
    strength
        The column that says how strong a pair is; lines are as wide as it is large.
    n_pairs
        How many pairs to draw: the strongest.
    node
        A word to draw in colour, with its pairs.
    ax
        Where to draw; a new figure if None.

    A word's dot is as large as its frequency. The places say nothing but who is near whom; they
    are found by springs from a circle, so the same table gives the same picture.

    Raises
    ------
    TableError
        If there is no pair to draw.
    ValueError
        If the strength is no column of measures (those are listed).

    References
    ----------
    Fruchterman and Reingold (1991), Software: Practice and Experience 21(11), for the springs.
    Brezina, McEnery and Wattam (2015), International Journal of Corpus Linguistics 20(2), for
    networks of collocations.
    """
    check_choice(strength, STRENGTHS, "strength")
    rows = check_table(collocations, COLLOCATIONS).nlargest(n_pairs, strength, keep="first")
    rows = rows[rows["term_1"].astype("str") != rows["term_2"].astype("str")]
    if rows.empty:
        raise TableError("collocations: no pair of two words to draw")
    words, ends, sizes = _words(rows)
    places = _springs(ends, len(words))
    ax = new_axes(150, 120, ax)
    _draw_lines(ax, places, ends, _scaled(rows[strength].to_numpy(dtype=np.float64)), words == node)
    x, y, chosen = places[:, 0], places[:, 1], words == node
    ax.scatter(x, y, s=12 + 60 * _scaled(np.sqrt(sizes)), color=INK, zorder=2, linewidths=0)
    ax.scatter(x[chosen], y[chosen], s=80, color=PALETTE[1], zorder=3, linewidths=0)
    ax.set_axis_off()
    ax.margins(0.12)
    order = np.argsort(-sizes, kind="stable")
    label_points(ax, places[order].tolist(), words[order].tolist(), size=7.5)
    return ax


def _words(rows: pd.DataFrame) -> tuple[NDArray[np.object_], NDArray[np.intp], Floats]:
    """Return the words, the two words of each pair, and how often each word occurs."""
    sides = [rows[name].astype("str").to_numpy(dtype=object) for name in ("term_1", "term_2")]
    codes, words = pd.factorize(np.concatenate(sides))
    ends = codes.reshape(2, -1)
    sizes = np.zeros(len(words))
    for side, name in zip(ends, ("n_1", "n_2"), strict=True):
        np.maximum.at(sizes, side, rows[name].to_numpy(dtype=np.float64))
    return np.asarray(words, dtype=object), ends, sizes


def _springs(ends: NDArray[np.intp], n_words: int) -> Floats:
    """Let pairs pull and all words push, from a circle, cooling down; places from 0 to 1."""
    turns = 2 * np.pi * np.arange(n_words) / n_words
    places = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    ideal = 2 / np.sqrt(n_words)
    for step in range(STEPS):
        apart = places[:, None] - places[None, :]
        far = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        moves = (apart * (ideal / far)[:, :, None] ** 2).sum(axis=1)
        along = places[ends[0]] - places[ends[1]]
        pull = along * np.sqrt((along**2).sum(axis=1, keepdims=True)) / ideal
        np.subtract.at(moves, ends[0], pull)
        np.add.at(moves, ends[1], pull)
        # Parts that nothing joins would drift apart for ever.
        moves -= 0.5 * places
        length = np.maximum(np.sqrt((moves**2).sum(axis=1, keepdims=True)), 1e-9)
        places = places + moves / length * np.minimum(length, 0.2 * (1 - step / STEPS))
    found: Floats = (places - places.min(axis=0)) / np.maximum(np.ptp(places, axis=0), 1e-9)
    return found


def _draw_lines(
    ax: Axes, places: Floats, ends: NDArray[np.intp], wide: Floats, chosen: NDArray[np.bool_]
) -> None:
    from matplotlib.collections import LineCollection

    lines = np.stack([places[ends[0]], places[ends[1]]], axis=1)
    own = chosen[ends[0]] | chosen[ends[1]]
    colors = np.where(own, PALETTE[1], GREY).tolist()
    ax.add_collection(
        LineCollection(list(lines), linewidths=0.4 + 2 * wide, colors=colors, alpha=0.6, zorder=1)
    )


def _scaled(values: Floats) -> Floats:
    """Return values from 0 to 1; 1 where all are alike."""
    span = np.ptp(values)
    scaled: Floats = (values - values.min()) / span if span else np.ones(len(values))
    return scaled
