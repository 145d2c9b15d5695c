"""How coders built on the chronicle do on passages of UN speeches outside it.

    python tests/benchmarks/outside.py [OUT.csv]

reads the codes of the passages (data/raw/russia_japan/un_passages.csv) and their texts
(../shared/data/ungdc/dispute_passages.csv, columns file, iso3, year, topical, passage), and holds
to these codes: the codebook's patterns; a coder learnt from all of the chronicle, with the
patterns (learned) and from words alone (learned_words); the side's most frequent value in the
chronicle (actor_only); and the best that any coder could do here that knows nothing but the side
(actor_best), which is no coder but a bound. Figures within a side are of what knowing the side
cannot give.

Then names, adjectives and capitals of both sides are masked, and exchanged, and the same passages
coded again: a coder that learnt who speaks changes its mind. With sides exchanged some codes must
change: whose the islands are hangs on who says "ours".

Written as docs/validity/outside.csv (the `outside` table) where OUT names it.
"""

import hashlib
import re
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.codebook import PRESENCE, STANCES
from analysis.corpus.records import load_codes, load_statements
from analysis.features.frames import code_frames
from analysis.language.lexicon import load_language
from analysis.models.coder_scores import score_coders
from analysis.models.evaluation import evaluate_codes
from analysis.models.learned_codes import code_statements, fit_codes
from analysis.models.learned_models import macro_f1
from analysis.models.stance import code_stance
from analysis.storage import save_table
from analysis.study import load_study
from analysis.tables import CODES, EVALUATION, OUTSIDE, STATEMENTS, build_table

HOUSE = Path(__file__).resolve().parents[2]
STUDY = HOUSE / "data" / "raw" / "russia_japan"
TEXTS = HOUSE.parent / "shared" / "data" / "ungdc" / "dispute_passages.csv"
REFERENCE, ALL = "model_1", "all"
SIDES = {"JPN": "Japan", "RUS": "Russia"}
COUNTRIES = {"Japan": "Japan", "Russia": "Russia", "Soviet Union": "Russia"}
CODERS = ("patterns", "learned", "learned_words", "actor_only", "actor_best")
READERS = CODERS[:3]
FEWEST = 5


def main():
    """Print the table, and write it where a path is given."""
    if not TEXTS.exists():
        print(
            "needs ../shared/data/ungdc/dispute_passages.csv, which is no part of this repository: "
            "windows of UN General Debate speeches (columns file, iso3, year, topical, passage)"
        )
        return
    study = load_study(STUDY)
    passages, reference = load_passages(study)
    coders = learn(study)
    given = {name: coder(passages) for name, coder in coders.items()}
    given["actor_only"] = by_side(study, passages, reference)
    given["actor_best"] = best_by_side(passages, reference)
    codes = stack([reference, *given.values()])
    parts = [compared(codes, passages, ALL)]
    for side in dict.fromkeys(SIDES.values()):
        parts.append(compared(codes, passages[passages["actor"] == side], side))
    table = with_changes(pd.concat(parts, ignore_index=True), passages, coders, given)
    show(table)
    if len(sys.argv) > 1:
        save_table(table.round(3), Path(sys.argv[1]))


def load_passages(study):
    """Return the coded passages as statements, and their codes."""
    coded = pd.read_csv(STUDY / "un_passages.csv", keep_default_na=False)
    texts = pd.read_csv(TEXTS, keep_default_na=False)
    texts["passage_sha256"] = [hashlib.sha256(t.encode()).hexdigest() for t in texts["passage"]]
    both = coded.merge(texts, on=["file", "passage_sha256"], validate="one_to_one")
    if len(both) < len(coded):
        sys.exit(f"{len(coded) - len(both)} of {len(coded)} coded passages are not in {TEXTS.name}")
    both["statement_id"] = [f"{row.file}:{n}" for n, row in enumerate(both.itertuples())]
    frame = pd.DataFrame(
        {
            **{"statement_id": both["statement_id"], "doc_id": both["file"]},
            **{"content": both["passage"], "actor": both["iso3"].map(SIDES)},
            **{"voice": "official_translation", "layer": "news", "start": 0, "end": 0},
            "negated": False,
        }
    )
    rows = [
        {"statement_id": row.statement_id, "code": code, "value": value}
        for row in both.itertuples()
        for code, value in values_of(row, study.codebook)
    ]
    codes = pd.DataFrame(rows).assign(coder=REFERENCE, codebook_version=study.codebook.version)
    return build_table(frame, STATEMENTS), build_table(codes, CODES)


def values_of(row, codebook):
    """Yield the value of each frame and proposition of a coded passage."""
    present = set(filter(None, row.frames.split("; ")))
    for code in codebook.frames:
        yield code, PRESENCE[0] if code in present else PRESENCE[1]
    for code in codebook.propositions:
        yield code, getattr(row, code)


def learn(study):
    """Return what codes passages: name -> a function from statements to codes."""
    chronicle, by_hand = load_statements(study), load_codes(study)
    rules = pattern_coder(study)
    full = fit_codes(chronicle, stack([by_hand, rules(chronicle)]), seed=study.seed)
    words = fit_codes(chronicle, by_hand, seed=study.seed)

    def from_words(table):
        return named(code_statements(words, table).codes, "learned_words")

    return {
        "patterns": rules,
        "learned": lambda table: code_statements(full, table, rules(table)).codes,
        "learned_words": from_words,
    }


def pattern_coder(study):
    """Return a function that codes statements by the codebook's patterns."""

    def coder(table):
        return stack([code_frames(table, study.codebook), code_stance(table, study.codebook)])

    return coder


def by_side(study, passages, reference):
    """Code each passage by its side's most frequent value in the chronicle."""
    groups = (
        load_statements(study)
        .set_index("statement_id")["actor"]
        .map({actor: side for side, actors in study.groups.items() for actor in actors})
    )
    codes = load_codes(study).astype({"code": "str", "value": "str", "coder": "str"})
    known = codes[codes["coder"] == "adjudicated"]
    known = known.assign(side=known["statement_id"].map(groups)).dropna(subset=["side"])
    common = known.groupby(["side", "code"])["value"].agg(lambda found: found.mode().iloc[0])
    return from_sides(passages, reference, common.to_dict(), "actor_only")


def best_by_side(passages, reference):
    """Code each passage by the value for its side that is best here: no coder, but a bound."""
    sides = passages["actor"].to_numpy(dtype=object)
    best = {}
    for code, rows in reference.astype({"code": "str", "value": "str"}).groupby("code"):
        truth = rows.set_index("statement_id")["value"].loc[passages["statement_id"]]
        y, values = truth.to_numpy(dtype=object), sorted(set(truth))
        names = sorted(set(sides))
        tried = [dict(zip(names, each, strict=True)) for each in product(values, repeat=len(names))]
        reached = [macro_f1(y, np.array([each[s] for s in sides], dtype=object)) for each in tried]
        chosen = tried[int(np.argmax(reached))]
        best |= {(side, code): value for side, value in chosen.items()}
    return from_sides(passages, reference, best, "actor_best")


def from_sides(passages, reference, values, coder):
    """Return codes: the value of each passage's side, for each code of the reference."""
    side = passages.set_index("statement_id")["actor"]
    frame = reference.astype({"code": "str"})[["statement_id", "code"]]
    keys = zip(frame["statement_id"].map(side), frame["code"], strict=True)
    return build_table(frame.assign(value=[values[key] for key in keys], coder=coder), CODES)


def compared(codes, passages, side):
    """Hold all coders to the reference, on some of the passages."""
    mine = codes[codes["statement_id"].isin(passages["statement_id"])].reset_index(drop=True)
    passages = passages.reset_index(drop=True)
    evaluation = stack(
        [
            evaluate_codes(mine, statements=passages, reference=REFERENCE, coder=coder)
            for coder in CODERS
        ],
        EVALUATION,
    )
    scores = score_coders(mine, passages, evaluation, reference=REFERENCE)
    addressed = mine[~mine["value"].isin([PRESENCE[-1], STANCES[-1]])]
    counts = addressed.astype({"code": "str", "coder": "str"}).groupby(["code", "coder"]).size()
    keys = list(zip(scores["code"].astype("str"), scores["coder"].astype("str"), strict=True))
    scores["n_reference"] = [int(counts.get((code, REFERENCE), 0)) for code, _ in keys]
    scores["n_coded"] = [int(counts.get(key, 0)) for key in keys]
    return scores.assign(passages=side)


def with_changes(table, passages, coders, given):
    """Add in how many passages each reader changes its mind."""
    changes = {}
    for how, alter in (("n_masked", masked), ("n_swapped", swapped)):
        altered = passages.assign(content=[alter(text) for text in passages["content"]])
        for name, coder in coders.items():
            before, after = (flat(codes) for codes in (given[name], coder(altered)))
            moved = before.ne(after).groupby(level=["side", "code"]).sum()
            changes |= {(how, name, *key): n for key, n in moved.items()}
    keys = table.astype({"code": "str", "coder": "str"})[["coder", "passages", "code"]]
    for how in ("n_masked", "n_swapped"):
        table[how] = [moves(changes, how, key) for key in keys.itertuples(index=False)]
    return build_table(table, OUTSIDE)


def flat(codes):
    """Return the values by side, code and statement."""
    rows = codes.astype({"code": "str", "value": "str"})
    side = rows["statement_id"].str[:3].map(SIDES)
    return rows.assign(side=side).set_index(["side", "code", "statement_id"])["value"].sort_index()


def moves(changes, how, key):
    """Return how many passages changed; none is known of coders that do not read."""
    if key.coder not in READERS:
        return np.nan
    sides = SIDES.values() if key.passages == ALL else [key.passages]
    return float(sum(changes[how, key.coder, side, key.code] for side in sides))


def masked(text):
    """Return a text in which no name, adjective or capital tells of a side."""
    return names().sub("X", text)


def swapped(text):
    """Return a text in which each side has the other's names."""
    places = load_language("en").places

    def other(found):
        place = places[" ".join(found["name"].lower().split())]
        return the_other(place, found["article"] or "")

    return names(r"(?P<article>[Tt]he\s+)?").sub(other, text)


def the_other(place, article):
    """Return what the other side is called in the same way, with the article that this takes."""
    if place.country != "Japan":
        called = {"name": "Japan", "people": "Japanese", "seat": "Tokyo"}[place.by]
        return called if place.by == "name" else article + called
    called = {"name": "Soviet Union", "people": "Soviet", "seat": "Moscow"}[place.by]
    return (article or "the ") + called if place.by == "name" else article + called


def names(before=""):
    """Return an expression for all names of both sides."""
    places = load_language("en").places
    known = [name for name, place in places.items() if place.country in COUNTRIES]
    longest = sorted(known, key=lambda name: (-len(name), name))
    listed = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    return re.compile(rf"{before}\b(?P<name>{listed})\b", re.IGNORECASE)


def stack(tables, table=CODES):
    """Put tables of codes under each other."""
    keys = [column for column, kind in table.columns.items() if kind == "category"]
    parts = [part.astype(dict.fromkeys(keys, "str")) for part in tables]
    return build_table(pd.concat(parts, ignore_index=True), table)


def named(codes, coder):
    """Return codes under another coder's name."""
    return build_table(codes.assign(coder=coder), CODES)


def show(table):
    """Print every row, and means over the codes that the reference has often enough."""
    rows = table.astype({"code": "str", "coder": "str", "passages": "str"})
    for row in rows[rows["n_reference"] > 0].itertuples():
        limits = f"({row.macro_f1_low:.2f} to {row.macro_f1_high:.2f})"
        alpha = f"({row.alpha_low:.2f} to {row.alpha_high:.2f})"
        print(
            f"{row.passages:7} {row.code:20} {row.coder:14} {row.n_reference:3} by hand, "
            f"{row.n_coded:3} found, macro F1 {row.macro_f1:.2f} {limits}, alpha {row.alpha:.2f} "
            f"{alpha}, changed {row.n_masked:.0f} masked, {row.n_swapped:.0f} exchanged"
        )
    often = rows[rows["n_reference"] >= FEWEST]
    for (side, coder), mine in often.groupby(["passages", "coder"], sort=False):
        print(
            f"{side}, {coder}: mean over {len(mine)} codes with {FEWEST} and more: "
            f"macro F1 {mine['macro_f1'].mean():.2f}, alpha {mine['alpha'].mean():.2f}"
        )
    readers = rows[(rows["passages"] == ALL) & rows["n_masked"].notna()]
    for coder, mine in readers.groupby("coder", sort=False):
        n_all = int(mine["n_statements"].sum())
        print(
            f"{coder}: of {n_all} codes, {int(mine['n_coded'].sum())} of them addressed, "
            f"{mine['n_masked'].sum():.0f} change masked, {mine['n_swapped'].sum():.0f} exchanged"
        )


if __name__ == "__main__":
    main()
