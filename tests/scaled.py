"""Texts along a line, for tests of scales."""

import numpy as np
import pandas as pd

from analysis.features.counts import count_terms
from analysis.index import build_index
from analysis.tables import UNITS, build_table

POSITIONS = np.linspace(-1.5, 1.5, 9)


def line(seed=1, length=400, n_words=40, voice="original"):
    """Counts and units of texts whose words lean the more, the further out they stand."""
    rng = np.random.default_rng(seed)
    leans = np.linspace(-1.2, 1.2, n_words)
    texts = {}
    for number, position in enumerate(POSITIONS):
        shares = np.exp(leans * position)
        drawn = rng.choice(n_words, size=length, p=shares / shares.sum())
        texts[f"t{number}"] = " ".join(f"w{word:02}" for word in drawn)
    index = build_index(pd.Series(texts))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    return count_terms(index), build_table(units.assign(voice=voice, group="North"), UNITS)


def tables(*texts):
    """Counts and units of these texts."""
    index = build_index(pd.Series({f"t{number}": text for number, text in enumerate(texts)}))
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    return count_terms(index), build_table(units.assign(voice="original", group="North"), UNITS)
