"""An invented world in which each unit draws on farming, seafaring or the law."""

import numpy as np
import pandas as pd

from analysis.tables import COUNTS, UNITS, build_table

FIELDS = {
    "farm": ["barley", "harvest", "orchard", "plough", "meadow", "cattle", "seed", "scythe"],
    "sea": ["anchor", "harbour", "sail", "tide", "rudder", "voyage", "captain", "mast"],
    "law": ["court", "judge", "statute", "verdict", "appeal", "witness", "clause", "treaty"],
}
MIXES = {"North": (0.7, 0.2, 0.1), "South": (0.1, 0.2, 0.7)}


def world(n_units=30, seed=5, tokens=60):
    """Counts and units: half North, half South, each by its own mix of the three fields."""
    rng = np.random.default_rng(seed)
    terms = [term for field in FIELDS.values() for term in field]
    groups = ["North", "South"] * (n_units // 2)
    rows = []
    for number, group in enumerate(groups):
        mix = rng.dirichlet(np.array(MIXES[group]) * 4)
        drawn = rng.multinomial(tokens, np.repeat(mix / 8, 8))
        rows += [
            {"unit_id": f"u{number:02}", "term": term, "n": n}
            for term, n in zip(terms, drawn, strict=True)
            if n
        ]
        rows.append({"unit_id": f"u{number:02}", "term": "the", "n": 50})
    names = [f"u{number:02}" for number in range(n_units)]
    units = {"unit_id": names, "doc_id": names, "group": groups, "voice": "original"}
    units = build_table(pd.DataFrame(units).assign(n_tokens=tokens + 50), UNITS)
    return build_table(rows, COUNTS), units
