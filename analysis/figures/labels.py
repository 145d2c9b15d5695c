"""Words beside points, where they cover neither points nor each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.figures.style import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Floats = NDArray[np.float64]
POINTS_PER_INCH = 72
# Where a label may stand: from the point, in points, and how it is aligned.
PLACES = (
    (4, 0, "left", "center"),
    (-4, 0, "right", "center"),
    (0, 4, "center", "bottom"),
    (0, -4, "center", "top"),
    (3, 3, "left", "bottom"),
    (-3, 3, "right", "bottom"),
    (3, -3, "left", "top"),
    (-3, -3, "right", "top"),
)


def label_points(
    ax: Axes,
    points: Iterable[tuple[float, ...]],
    words: Sequence[str],
    *,
    colors: Sequence[str] | None = None,
    size: float = 6.5,
) -> int:
    """Write each point's word beside it, the first ones first; leave out what has no room.

    Points are x and y and, where their marks are large, the radius in printer's points; those
    beyond the words have none, and are not covered either. The axes must have their limits.
    Returns how many words were written.
    """
    from matplotlib.patheffects import Normal, Stroke

    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("ax is on no figure")
    figure.draw_without_rendering()
    places = _placed(ax, points, figure.dpi)
    halo = [Stroke(linewidth=1.6, foreground="white"), Normal()]
    taken: list[Floats] = []
    inside = np.array(ax.get_window_extent().extents)
    shades = colors or [INK] * len(words)
    for (x, y, radius), word, color in zip(places[: len(words)], words, shades, strict=True):
        for right, up, horizontal, vertical in PLACES:
            reach = 1 + radius / figure.dpi * POINTS_PER_INCH / float(np.hypot(right, up))
            text = ax.annotate(
                word,
                tuple(ax.transData.inverted().transform((x, y)).tolist()),
                (right * reach, up * reach),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                fontsize=size,
                color=color,
                path_effects=halo,
            )
            box = np.array(text.get_window_extent().extents)
            if _free(box, taken, inside) and not _covers(box, places, (x, y)):
                taken.append(box)
                break
            text.remove()
    return len(taken)


def _placed(ax: Axes, points: Iterable[tuple[float, ...]], dpi: float) -> Floats:
    """Return where points are and how far their marks reach, in dots.

    The figure's own dots per inch, so that another resolution gives the same places.
    """
    known = np.array([(*point, 0.0)[:3] for point in points], dtype=float).reshape(-1, 3)
    return np.column_stack(
        [ax.transData.transform(known[:, :2]), known[:, 2] * dpi / POINTS_PER_INCH]
    )


def _free(box: Floats, taken: Sequence[Floats], inside: Floats) -> bool:
    """Tell whether a box lies within the axes and overlaps none of the others."""
    within = box[0] >= inside[0] and box[2] <= inside[2] and box[1] >= inside[1]
    others = np.array(taken).reshape(-1, 4)
    apart = (
        (others[:, 0] > box[2])
        | (others[:, 2] < box[0])
        | (others[:, 1] > box[3])
        | (others[:, 3] < box[1])
    )
    return bool(within and box[3] <= inside[3] and apart.all())


def _covers(box: Floats, places: Floats, own: tuple[float, float]) -> bool:
    """Tell whether a box covers one of the labelled points, with its mark, other than its own."""
    x, y, radius = places.T
    inside = (x + radius > box[0]) & (x - radius < box[2])
    inside &= (y + radius > box[1]) & (y - radius < box[3])
    return bool((inside & ((x != own[0]) | (y != own[1]))).any())
