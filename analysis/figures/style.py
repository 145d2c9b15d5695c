"""How every figure looks: sizes in mm, colours for the colour-blind, one mark for each group."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

P = ParamSpec("P")
R = TypeVar("R")
Look = Mapping[str, Any]

MM_PER_INCH = 25.4
# Krippendorff (2004): the lowest alpha from which tentative conclusions may be drawn.
TENTATIVE = 0.667
INK, GREY, FAINT = "#1a1a1a", "#6b6b6b", "#d9d9d9"

# Okabe and Ito (2008), Color Universal Design: told apart with any kind of colour vision; the
# marks tell groups apart in black and white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = "osD^vPX"
# What belongs to no group has no group's colour.
PLAIN: Any = {"color": INK, "marker": "o"}
BESIDE_PLAIN: Any = {"color": "#8c8c8c", "marker": "D"}

STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": 8,
    "axes.linewidth": 0.6,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 8.5,
    "figure.constrained_layout.use": True,
    "figure.dpi": 120,
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "concordat",
    "text.color": INK,
    "xtick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.color": GREY,
    "ytick.labelcolor": INK,
}
TICKS: dict[str, Any] = {"labelsize": 7.5, "length": 2.5, "width": 0.6}


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Make a drawing function draw in the house's style, whatever the user's settings are."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        import matplotlib as mpl
        from matplotlib import style

        with style.context(["default", STYLE]):
            drawing = draw(*args, **kwargs)
            # The first figure loads the notebook's backend, which turns display on; to leave
            # the style would turn it off again.
            shown = mpl.is_interactive()
        mpl.interactive(shown)
        return drawing

    return drawn


def new_axes(width_mm: float, height_mm: float, ax: Axes | None = None) -> Axes:
    """Return `ax`, or the Axes of a new figure of this size."""
    if ax is not None:
        return ax
    return new_grid(width_mm, height_mm, 1, 1)[1][0]


def new_grid(
    width_mm: float,
    height_mm: float,
    rows: int | Sequence[float],
    columns: int,
    share: str = "all",
) -> tuple[Figure, list[Axes]]:
    """Return a new figure of this size and its Axes, row by row; `share` as in plt.subplots.

    `rows` is how many rows there are, or how high each is beside the others.
    """
    import matplotlib.pyplot as plt

    size = (width_mm / MM_PER_INCH, height_mm / MM_PER_INCH)
    sharing: Any = {"sharex": share, "sharey": share}
    heights = [1.0] * rows if isinstance(rows, int) else list(rows)
    figure, grid = plt.subplots(
        len(heights), columns, figsize=size, squeeze=False, height_ratios=heights, **sharing
    )
    axes = list(grid.flat)
    for ax in axes:
        ax.tick_params(**TICKS)
    return figure, axes


def group_looks(groups: Iterable[str]) -> dict[str, Look]:
    """Return each group's colour and marker, by its place in the study's order.

    Raises
    ------
    ValueError
        If there are more groups than colours that can be told apart.
    """
    names = list(groups)
    if len(names) > len(PALETTE):
        raise ValueError(
            f"{len(names)} groups, but {len(PALETTE)} can be told apart; draw some of {names}"
        )
    looks = zip(names, PALETTE, MARKERS, strict=False)
    return {name: {"color": color, "marker": marker} for name, color, marker in looks}


def label_groups(where: Axes | Figure, looks: Mapping[str, Look]) -> None:
    """Write the groups' names in their colours, each with its mark, above the drawing."""
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], linestyle="", markersize=5, **look) for look in looks.values()]
    place: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2}
    if isinstance(where, Figure):
        place = {"loc": "outside upper left"}
    key = where.legend(handles, list(looks), ncols=len(looks), handletextpad=0.1, **place)
    for text, look in zip(key.get_texts(), looks.values(), strict=True):
        text.set(color=look["color"], fontweight="bold")


def draw_estimate(ax: Axes, x: float, y: float, limits: Sequence[float], look: Look) -> None:
    """Draw a mark with its interval lying along x; hollow where there is no interval."""
    known = limits[0] == limits[0] and limits[1] == limits[1]
    if known:
        ax.hlines(y, limits[0], limits[1], color=look["color"], linewidth=1.3)
    fill = look["color"] if known else "white"
    ax.plot([x], [y], linestyle="", markersize=4.5, markerfacecolor=fill, clip_on=False, **look)


def write_missing(ax: Axes, x: float, y: float, n: int, look: Look) -> None:
    """Write that there is no estimate, and how little there was to estimate from."""
    write_words(ax, x, y, f"n = {n}, not estimable" if n else "n = 0", look)


def write_words(ax: Axes, x: float, y: float, words: str, look: Look) -> None:
    """Write small words in a cell, in the colour of what they speak of."""
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    ax.text(x, y, words, fontsize=5.5, color=look["color"], va="center", bbox=behind)


def write_beside(ax: Axes, y: float, words: str) -> None:
    """Write small words to the right of a row."""
    place = ax.get_yaxis_transform()
    ax.text(1.02, y, words, transform=place, fontsize=6.5, color=GREY, va="center")


def records(frame: pd.DataFrame) -> list[Any]:
    """Return the rows as named tuples."""
    return list(frame.itertuples(index=False))


def spread(y: float, groups: Iterable[str], width: float = 0.42) -> dict[str, float]:
    """Return a place around `y` for each group, the first on top of a falling axis."""
    names = list(groups)
    step = width / max(len(names) - 1, 1)
    first = y - step * (len(names) - 1) / 2
    return {name: first + step * place for place, name in enumerate(names)}


def readable(code: str, labels: Mapping[str, str] | None) -> str:
    """Return the label of a code, or the code in words."""
    return (labels or {}).get(code, code.replace("_", " "))


def mark_doubtful(labels: Mapping[str, str], tables: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Return the labels, with a dagger at each code whose alpha is under .667 in one of the tables.

    Tables have the columns code and alpha, as `reliability` and `coder_scores`. A label that has a
    dagger keeps it.
    """
    low = {
        str(code)
        for table in tables
        for code, alpha in zip(table["code"], table["alpha"], strict=True)
        if alpha < TENTATIVE
    }
    return {
        code: f"{label} †" if code in low and not label.endswith("†") else label
        for code, label in labels.items()
    }


def in_order(found: Iterable[object], labels: Mapping[str, str] | None) -> list[str]:
    """Return the codes found, once each: those with a label in the labels' order, then the rest."""
    codes = dict.fromkeys(str(code) for code in found)
    known = [code for code in labels or {} if code in codes]
    return list(dict.fromkeys([*known, *codes]))


def set_rows(ax: Axes, names: Sequence[str]) -> None:
    """Name the rows of a dot plot, the first on top, with a faint line for each."""
    ax.set_yticks(range(len(names)), list(names))
    ax.set_ylim(len(names) - 0.45, -0.55)
    ax.tick_params(axis="y", length=0, pad=7)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x")
    for place in range(1, len(names)):
        ax.axhline(place - 0.5, color=FAINT, linewidth=0.4)


def set_percent(ax: Axes) -> None:
    """Count the x axis, which holds shares of one, in per cent."""
    from matplotlib.ticker import PercentFormatter

    ax.xaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))


def count_in_times(ax: Axes) -> None:
    """Write log2 ratios as times: 2x, 8x on either side, equal in the middle."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda ratio, _: f"{2 ** abs(ratio):.0f}×" if ratio else "equal")
    )


def count_points(ax: Axes, *, signed: bool = False) -> None:
    """Count differences of shares in points of a hundred: both ways from zero, or with a sign."""
    from matplotlib.ticker import FuncFormatter

    words = "{:+.0f}" if signed else "{:.0f}"

    def counted(share: float, _: int) -> str:
        points = 100 * share if signed else abs(100 * share)
        return words.format(points).replace("-", "−") if round(points) else "0"

    ax.xaxis.set_major_formatter(FuncFormatter(counted))
