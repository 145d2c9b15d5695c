"""Statements on an invented toll, with codes by hand and by patterns, for tests of learning."""

import coded
import numpy as np
import pandas as pd

from analysis.tables import CODES, build_table

SAID = {
    "favor": ["The toll is fair and {}.", "We welcome the toll, {}.", "A fair price, {}."],
    "against": ["The toll is robbery, {}.", "We reject the toll, {}.", "Robbery, {}."],
    "not_addressed": ["The weather was {}.", "Talks were {}.", "The river is {}."],
}
ENDS = ["they said", "calm", "at noon", "once more", "cold", "late", "as before", "in short"]


def stack(*tables):
    """Put codes tables under each other."""
    keys = ["code", "coder", "value", "codebook_version"]
    return build_table(
        pd.concat([part.astype(dict.fromkeys(keys, "str")) for part in tables]), CODES
    )


def statements(n=48, seed=1, **columns):
    """Statements whose stance on the toll their words tell."""
    return coded.statements(*[text for text, _ in _drawn(n, seed)], **columns)


def codes(n=48, seed=1, coder="adjudicated"):
    """Their codes: the stance on `toll`, and whether `anger` is present."""
    values = [value for _, value in _drawn(n, seed)]
    anger = ["present" if value == "against" else "absent" for value in values]
    return stack(coded.codes("toll", **{coder: values}), coded.codes("anger", **{coder: anger}))


def _drawn(n, seed):
    rng = np.random.default_rng(seed)
    drawn = []
    for number in range(n):
        value = list(SAID)[number % 3]
        text = SAID[value][rng.integers(3)].format(ENDS[rng.integers(len(ENDS))])
        drawn.append((text, value))
    return drawn
