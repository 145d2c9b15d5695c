"""Save a figure with the table it shows: SVG to print, PNG to look at, CSV to check."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.style import GREY, MM_PER_INCH, styled
from analysis.storage import replace_file, save_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 200
CAPTION_SIZE = 6.5
LINE_MM = 3.0
MM_PER_CHARACTER = 1.27


@styled
def save_figure(
    drawing: Axes | Figure, table: pd.DataFrame, path_stem: Path | str, *, caption: str
) -> None:
    """Write a figure as `path_stem`.svg, .png and .csv; each whole or not at all.

    The caption stands under the drawing, which grows by its lines. The same drawing gives the
    same bytes: no date, no version, no chance in the identifiers. Where the environment names a
    file in CONCORDAT_FIGURES, the paths are added to it, so that a runner knows what was drawn.

    Parameters
    ----------
    drawing
        A figure, or an Axes of it.
    table
        What the figure shows; numbers are rounded to six decimals.
    path_stem
        The path without a suffix, `study.figure("04_positions-salience")`.
    caption
        What the figure shows, what it may claim, and n.
    """
    figure: Any = drawing.get_figure() if hasattr(drawing, "get_xlim") else drawing
    _write_caption(figure, " ".join(caption.split()).replace(" %", "\u00a0%"))
    stem = Path(path_stem)
    formats: dict[str, dict[str, Any]] = {
        ".svg": {"metadata": {"Date": None, "Creator": None, "Description": caption}},
        ".png": {"metadata": {"Software": None}, "dpi": DPI},
    }
    for suffix, options in formats.items():
        path = stem.with_name(stem.name + suffix)
        with replace_file(path) as temporary:
            figure.savefig(temporary, facecolor="white", **options)
        _note(path)
    rounded = table.round(dict.fromkeys(table.select_dtypes("float").columns, 6))
    _note(save_table(rounded, stem.with_name(stem.name + ".csv")))


def _write_caption(figure: Figure, caption: str) -> None:
    width, height = figure.get_size_inches()
    before = figure.get_supxlabel()
    lines = textwrap.wrap(caption, max(20, int(width * MM_PER_INCH / MM_PER_CHARACTER)))
    figure.supxlabel(
        "\n".join(lines), x=0.01, ha="left", fontsize=CAPTION_SIZE, color=GREY, linespacing=1.25
    )
    grown = len(lines) - len(before.splitlines())
    figure.set_size_inches(width, height + grown * LINE_MM / MM_PER_INCH)


def _note(path: Path) -> None:
    noted = os.environ.get("CONCORDAT_FIGURES")
    if noted:
        with Path(noted).open("a", encoding="utf-8") as lines:
            lines.write(f"{path}\n")
