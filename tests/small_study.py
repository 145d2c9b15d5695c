"""A small study on an invented dispute, its statements coded by hand and by patterns."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.built import Built, stack_tables
from analysis.features.frames import code_frames
from analysis.models.stance import code_stance
from analysis.study import CodedRecords, Study
from analysis.tables import CODES
from tests.coded import codebook, codes, statements

BOOK = codebook(
    frames={"trade": (["trade*", "goods"], [])},
    propositions={"toll": {"favor": ["toll must stay"], "against": ["toll must go"]}},
)
WORDS = {"favor": "the toll must stay", "against": "the toll must go", "not_addressed": "we met"}
PERIODS = {
    "early": (date(1990, 1, 1), date(1994, 12, 31)),
    "late": (date(1995, 1, 1), date(1999, 12, 31)),
}


def small_study(**changed):
    """Two sides, two periods, codes by hand of which two were given blind."""
    columns = {
        "name": "rivers",
        "title": "Rivers",
        "language": "en",
        "groups": {"North": ("North",), "South": ("South",)},
        "periods": PERIODS,
        "raw": Path(),
        "processed": Path(),
        "codebook": BOOK,
        "codes": CodedRecords(coders={"hand": "a", "anna": "b", "bert": "c"}),
        "seed": 3,
    }
    return Study(**columns | changed)


def small_tables(n=160, seed=1, hand=True, **columns):
    """Statements and codes; patterns miss every fifth of what is there."""
    rng = np.random.default_rng(seed)
    stances = rng.choice(list(WORDS), n, p=[0.3, 0.3, 0.4])
    frames = rng.choice(["present", "absent"], n)
    said = [
        f"{WORDS[stance]} for {'goods' if frame == 'present' else 'now'}"
        if place % 5
        else "something was said"
        for place, (stance, frame) in enumerate(zip(stances, frames, strict=True))
    ]
    first, last = (pd.date_range(f"{year}-01-01", periods=n // 2) for year in (1992, 1997))
    days = first.append(last)
    spoken = statements(
        *said,
        **{"said_on": days, "actor": rng.choice(["North", "South"], n)}
        | {"speaker": rng.choice(list("abc"), n), "outlet": ["Ferry", "Bridge"] * (n // 2)}
        | columns,
    )
    parts = [code_frames(spoken, BOOK), code_stance(spoken, BOOK)]
    for code, values in (("toll", stances), ("trade", frames)) if hand else ():
        again = np.where(rng.random(n) < 0.05, rng.permutation(values), values)
        parts.append(codes(code, hand=values, anna=values, bert=again))
    return Built(tables={"statements": spoken, "codes": stack_tables(parts, CODES)})
