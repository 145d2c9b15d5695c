"""Small tables of two invented sides, as the rooms would make them, for the figures' tests."""

from math import nan

import pandas as pd

from analysis.tables import (
    CONFIDENCE,
    EVALUATION,
    HITS,
    KEYNESS,
    POSITIONS,
    RATES,
    RELIABILITY,
    SCORES,
    SHARES,
    TOPIC_EFFECTS,
    TOPIC_STABILITY,
    TOPIC_TERMS,
    UNITS,
    build_table,
)

GROUPS = ("North", "South")
WORDS = (
    *("bridge", "river", "toll", "ferry", "harbour", "snow"),
    *("mountain", "pass", "border", "map", "stone", "wall"),
)
PERIODS = ("1950s", "1960s", "1970s", "1980s")


def positions():
    cells = [
        (group, proposition, period)
        for proposition in ("open_border", "shared_river", "old_map")
        for period in PERIODS
        for group in GROUPS
    ]
    return build_table([position(place, *cell) for place, cell in enumerate(cells)], POSITIONS)


def position(place, group, proposition, period):
    """Every fifth cell is too small for a direction, and every eleventh is empty."""
    known, there = place % 5 != 0, place % 11 != 10
    salience = (place * 7 % 10) / 10 if there else nan
    direction = (place * 3 % 20) / 10 - 1 if known and there else nan
    return {
        **{"group": group, "proposition": proposition, "period": period, "method": "test"},
        **{"n_statements": 20 * there, "n_units": 9 * there, "n_addressed": (12 if known else 3)},
        **{"n_favor": 1, "n_against": 1, "n_conditional": 1, "n_ambiguous": 0},
        **{"salience": salience, "direction": direction},
        **{"salience_low": max(salience - 0.2, 0), "salience_high": min(salience + 0.2, 1)},
        **{"direction_low": max(direction - 0.3, -1), "direction_high": min(direction + 0.3, 1)},
    }


def rates():
    rows = [
        {
            **{"group": group, "period": period, "code": code, "n": place, "n_units": 9},
            **{"n_tokens": 10_000, "rate_per_10k": float(place)},
            **{"low": place - 0.5 if place else nan, "high": place + 1.0 if place else nan},
        }
        for code in ("good_roads", "bad_weather")
        for place, (period, group) in enumerate((p, g) for p in PERIODS for g in GROUPS)
    ]
    return build_table(rows, RATES)


def keyness_table():
    rows = [
        {
            **{"term": word, "n_target": 30 - 3 * place, "n_reference": 3 + 3 * place},
            **{
                "log_ratio": 2.6 - 0.6 * place,
                "g2": 50.0 - place * 10 if place < 5 else -9.0 * place,
            },
            **{
                "low": 2.6 - 0.6 * place - 0.5,
                "high": 2.6 - 0.6 * place + 0.5,
                "voice": "original",
            },
            **{"n_tokens_target": 10_000, "n_tokens_reference": 10_000},
            **{"n_documents_target": 9, "n_documents_reference": 9},
        }
        for place, word in enumerate(WORDS[:10])
    ]
    return build_table(rows, KEYNESS)


def shares(period="all"):
    rows = [
        {
            **{"group": group, "code": code, "period": period, "n_statements": 40, "n_units": 20},
            **{"n_present": 4, "share": share, "low": share / 2, "high": min(1, share * 1.5)},
        }
        for code, pair in {"roads": (0.1, 0.5), "rivers": (0.6, 0.2), "maps": (0.3, nan)}.items()
        for group, share in zip(GROUPS, pair, strict=True)
    ]
    return build_table(rows, SHARES)


def reliability():
    rows = [
        {
            **{"code": code, "n_statements": 60, "n_units": 25, "agreement": 0.9, "alpha": alpha},
            **{
                "low": alpha - 0.2,
                "high": alpha + 0.1,
                "note": None if alpha == alpha else "no variation",
            },
        }
        for code, alpha in {"roads": 0.82, "rivers": 0.55, "maps": nan}.items()
    ]
    return build_table(rows, RELIABILITY)


def evaluation():
    rows = [
        {
            **{"code": code, "coder": coder, "value": value, "n_reference": 20, "n_coded": 18},
            **{
                "n_both": 12,
                "precision": f1,
                "recall": f1,
                "f1": f1,
                "low": f1 - 0.1,
                "high": f1 + 0.1,
            },
        }
        for code, value in (("roads", "present"), ("old_map", "favor"), ("old_map", "against"))
        for coder, f1 in (("patterns", 0.7), ("actor_only", 0.4 if value == "favor" else nan))
    ]
    return build_table(rows, EVALUATION)


def scores():
    rows = [
        {
            **{"part": part, "n_gold": 50, "n_found": 45, "n_right": 40, "n_units": 12},
            **{"precision": 0.89, "recall": 0.8, "f1": 0.84, "low": 0.75, "high": 0.91},
        }
        for part in ("source", "cue", "content")
    ]
    return build_table(rows, SCORES)


def confidence():
    rows = [
        ("0.0 to 0.1", 0, 0, 0, None, None, None, None),
        ("0.5 to 0.6", 4, 2, 3, 0.55, 0.5, None, None),
        ("0.9 to 1.0", 40, 36, 12, 0.93, 0.9, 0.78, 0.97),
        ("all", 44, 38, 12, 0.9, 0.86, 0.75, 0.94),
    ]
    names = ("bin", "n_found", "n_right", "n_units", "confidence", "precision", "low", "high")
    return build_table([dict(zip(names, row, strict=True)) for row in rows], CONFIDENCE)


def topic_terms():
    rows = [
        {"topic": topic, "rank": rank, "term": WORDS[(topic * 5 + rank) % 12], "weight": 1 / rank}
        for topic in range(4)
        for rank in range(1, 11)
    ]
    return build_table(rows, TOPIC_TERMS)


def topic_effects():
    rows = [
        {
            **{"topic": topic, "effect": "prevalence", "contrast": group, "period": "all"},
            **{"n_units": 30, "estimate": 0.1 + 0.08 * topic + shift},
            **{"low": 0.05 + 0.08 * topic + shift, "high": 0.15 + 0.08 * topic + shift},
        }
        for topic in range(4)
        for group, shift in zip(GROUPS, (0, 0.06), strict=True)
    ]
    return build_table(rows, TOPIC_EFFECTS)


def topic_stability():
    seeds = {"n_seeds": 5, "seed_jaccard": 0.6, "seed_cosine": 0.8}
    rows = [{"topic": n, "n_refits": 6, "jaccard": 0.5, "cosine": 0.7, **seeds} for n in range(4)]
    return build_table(rows, TOPIC_STABILITY)


def units():
    rows = [
        {
            **{"unit_id": f"u{n}", "doc_id": f"u{n}", "group": GROUPS[n % 2], "voice": "original"},
            **{"date": pd.Timestamp(1950 + 5 * n, 1, 1), "n_tokens": 1000},
        }
        for n in range(6)
    ]
    return build_table(rows, UNITS)


def hits(n=1):
    rows = [
        {"unit_id": f"u{u}", "code": "roads", "pattern": "good road*", "form": form, "n": n}
        for u, form in ((1, "good roads"), (4, "good roads"), (4, "good roadside inns"))
    ]
    return build_table(rows, HITS)
