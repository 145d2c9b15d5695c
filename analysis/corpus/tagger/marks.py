"""The quotation marks of a text, read token by token: what is quoted, and by which mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
States = NDArray[np.int8]

OPENERS = frozenset({"“", "``", "„", "«", "「", "『", "‹"})
CLOSERS = frozenset({"”", "»", "」", "』", "›"})
MARKS = OPENERS | CLOSERS | {'"', "''"}
SINGLES = frozenset({"'", "‘", "’"})


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Tokens with their place in the text and their paragraph."""

    text: str
    forms: list[str]
    starts: Numbers
    ends: Numbers
    paragraph: Numbers

    def before(self, place: int) -> str:
        """Return the sign before a token; a space at the start of the text."""
        return self.text[self.starts[place] - 1] if self.starts[place] else " "

    def after(self, place: int) -> str:
        """Return the sign after a token; a space at the end of the text."""
        return self.text[self.ends[place]] if self.ends[place] < len(self.text) else " "

    def paragraph_end(self, place: int) -> int:
        """Return where the paragraph of a token ends."""
        return int(np.searchsorted(self.paragraph, self.paragraph[place], "right"))


def read_marks(around: Surroundings) -> tuple[States, States, States]:
    """Return for each token its state of quotation, its kind of mark, and whether it is nested."""
    quoted, mark = _double_marks(around)
    return quoted, mark, _merge_singles(_single_marks(around), quoted, mark)


def _double_marks(around: Surroundings) -> tuple[States, States]:
    """Read the double marks; what a paragraph leaves open ends with it."""
    quoted, mark = np.zeros(len(around.forms), np.int8), np.zeros(len(around.forms), np.int8)
    begun = -1
    for place in [i for i, form in enumerate(around.forms) if form in MARKS]:
        if begun >= 0 and around.paragraph[begun] != around.paragraph[place]:
            quoted[begun : around.paragraph_end(begun)] = 2
            begun = -1
        if begun < 0:
            if _opens(around, place):
                begun, mark[place] = place, 1
        elif _opens_again(around, place):
            quoted[begun:place] = 2
            begun, mark[place] = place, 1
        elif around.forms[place] not in OPENERS or around.forms[place] == "“":
            quoted[begun : place + 1] = 1
            begun, mark[place] = -1, 2
    if begun >= 0:
        quoted[begun : around.paragraph_end(begun)] = 2
    return quoted, mark


def _opens(around: Surroundings, place: int) -> bool:
    form, after = around.forms[place], around.after(place)
    if form in CLOSERS:
        return after.isalnum() and not around.before(place).isalnum()
    return form in OPENERS or bool(after.strip())


def _opens_again(around: Surroundings, place: int) -> bool:
    """Tell whether a quotation begins before the last one was closed."""
    inside = around.after(place).isalnum() and around.before(place).isspace()
    return around.forms[place] == "“" and inside


def _single_marks(around: Surroundings) -> Iterable[tuple[int, int]]:
    """Find stretches in single marks; an apostrophe has a letter after it or nothing to close."""
    found, begun = [], -1
    for place in [i for i, form in enumerate(around.forms) if form in SINGLES]:
        form, before, after = around.forms[place], around.before(place), around.after(place)
        if begun >= 0 and around.paragraph[begun] != around.paragraph[place]:
            begun = -1
        if begun < 0:
            if form != "’" and not before.isalnum() and after.isalnum():
                begun = place
        elif form != "‘" and not after.isalnum():
            found.append((begun, place + 1))
            begun = -1
    return found


def _merge_singles(found: Iterable[tuple[int, int]], quoted: States, mark: States) -> States:
    """Take single marks outside double ones for main marks (in place), others for nested ones."""
    nested = np.zeros(len(quoted), np.int8)
    for start, end in found:
        if quoted[start:end].any():
            nested[start:end] = 1
        else:
            quoted[start:end] = 1
            mark[start], mark[end - 1] = 1, 2
    return nested
