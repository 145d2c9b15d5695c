"""How often intervals of topic effects hold the truth, and how often those of one fit do.

    python tests/benchmarks/topic_coverage.py [RUNS [OUT.csv [METHOD]]]

writes passages of 80 words in documents of one to three: two groups in two periods draw on three
known topics that share none of their words, a sixth, or half; the first is taken more by one group,
the second alike by both. Texts are of few topics each, or ("mixing" 25) all mix all of them. Fits
three topics, draws their shares anew twelve times, compares, and prints how often nominal 95 %
intervals of prevalences, differences and interactions hold the truth (over all topics, matched to
the known ones), how often a difference or an interaction is found (p < .05) where there is none,
and the mean estimate of the first topic's difference, which is .40; beside it ("raw") intervals
that take the topics of the one fit for given. What is slow gets fewer of the runs, LDA a sixteenth.
"""

import sys

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.comparison.topic_effects import compare_topics
from analysis.models.topic_draws import redraw_shares
from analysis.models.topic_fits import Recipe, TermMatrix, factorise, project_units
from analysis.models.topic_matching import match_topics
from analysis.models.topics import TopicParts
from analysis.tables import TOPIC_DRAWS, UNITS, build_table

RUNS, DRAWS, TOKENS, TERMS = 1000, 12, 80, 8
# Method, documents, the part of words that topics share, how far each text mixes topics (documents
# are drawn around their group's mix with this weight), and the part of the runs.
WORLDS = (
    ("kl_nmf", 50, 1 / 2, 5, 1),
    ("kl_nmf", 50, 1 / 6, 5, 1),
    ("kl_nmf", 20, 1 / 6, 5, 1),
    ("kl_nmf", 50, 0, 25, 1 / 5),
    ("lda", 20, 1 / 6, 5, 1 / 16),
    ("lda", 50, 1 / 6, 5, 1 / 16),
)
MIXES = np.array([[0.6, 0.2, 0.2], [0.2, 0.2, 0.6]])
TOPICS = ["T1", "T2", "T3"]
PERIODS = {
    str(year): (pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)) for year in (2001, 2002)
}


def known_topics(shared):
    """Return topics by terms: eight words each of their own, and a part of the words of all."""
    own = np.arange(TERMS, 0, -1) / (TERMS * (TERMS + 1) / 2)
    return (1 - shared) * np.kron(np.eye(3), own) + shared / (3 * TERMS)


def write(rng, n_documents, known, mixing):
    """Return counts of passages and the `units` table."""
    counts, rows = [], []
    for document in range(n_documents):
        group, year = document % 2, 2001 + document // 2 % 2
        mix = rng.dirichlet(MIXES[group] * mixing)
        for _ in range(rng.integers(1, 4)):
            shares = rng.dirichlet(mix * 4 * mixing + 1e-3)
            counts.append(rng.multinomial(TOKENS, shares @ known))
            rows.append(
                {
                    **{"unit_id": f"u{len(rows):04}", "doc_id": f"d{document:03}"},
                    **{"group": "AB"[group], "date": pd.Timestamp(year, 6, 1)},
                    **{"voice": "original", "n_tokens": TOKENS},
                }
            )
    return csr_array(np.array(counts, dtype=float)), build_table(rows, UNITS)


def fit(counts, units, known, method, seed):
    """Return the parts of a model whose topics stand in the order of the known ones."""
    recipe = Recipe(method=method)
    found = factorise(counts, 3, seed=seed, recipe=recipe)
    places = match_topics(known, found.weights).places
    names = tuple(units["unit_id"].astype("str"))
    return TopicParts(
        matrix=TermMatrix(counts=counts, terms=tuple(map(str, range(24))), unit_ids=names),
        weights=found.weights[places],
        shares=found.shares[:, places],
        names=tuple(TOPICS),
        recipe=recipe,
        perplexity=found.perplexity,
    )


def effects(shares, units):
    """Return the `topic_effects` table of draws by units by topics."""
    names = list(units["unit_id"].astype("str"))
    places = np.indices(shares.shape).reshape(3, -1)
    draws = {
        "draw": places[0],
        "unit_id": pd.Categorical.from_codes(places[1], names),
        "topic": pd.Categorical.from_codes(places[2], TOPICS),
        "share": shares.ravel(),
    }
    table = build_table(pd.DataFrame(draws), TOPIC_DRAWS)
    return compare_topics(table, units, groups=["A", "B"], periods=PERIODS)


def judged(found):
    """Return the mean of what holds, and of what is found where nothing is, by effect."""
    place = found["topic"].cat.codes.to_numpy()
    level = np.where(found["contrast"] == "A", MIXES[0][place], MIXES[1][place])
    apart = MIXES[0][place] - MIXES[1][place]
    effect = found["effect"].astype("str")
    truth = np.select([effect == "prevalence", effect == "difference"], [level, apart], 0.0)
    held = (found["low"] <= truth) & (truth <= found["high"])
    null = found["p"].where((truth == 0) & found["p"].notna())
    false = (null < 0.05).where(null.notna())
    width = found["high"] - found["low"]
    first = found["estimate"].where((place == 0) & (effect == "difference"))
    frame = {"held": held, "false": false.astype("float64"), "width": width, "first": first}
    return pd.DataFrame(frame)[found["low"].notna()].groupby(effect).mean()


def once(rng, world, seed):
    """Return judgements with the topics' own uncertainty, and without."""
    method, n_documents, shared, mixing = world
    known = known_topics(shared)
    counts, units = write(rng, n_documents, known, mixing)
    parts = fit(counts, units, known, method, seed)
    shares = redraw_shares(parts, units["doc_id"], seed=seed, draws=DRAWS)
    alone = np.repeat(project_units(counts, parts.weights)[None], 3, axis=0)
    return judged(effects(shares, units)), judged(effects(alone, units))


def rows_of(world, runs):
    """Return a row for each effect in one of the worlds."""
    rng, n_runs = np.random.default_rng(17), max(round(runs * world[-1]), 1)
    found = [once(rng, world[:-1], run) for run in range(n_runs)]
    whole, alone = (
        pd.concat(each).groupby(level=0).mean().round(3) for each in zip(*found, strict=True)
    )
    for effect in whole.index:
        names = ("method", "n_units", "shared", "mixing")
        row = dict(zip(names, world, strict=False)) | {"effect": effect, "runs": n_runs}
        row["shared"] = round(row["shared"], 3)
        pairs = (("held", "held"), ("found", "false"), ("width", "width"), ("first", "first"))
        for name, column in pairs:
            row |= {f"{name}_raw": alone.loc[effect, column], name: whole.loc[effect, column]}
        yield row


def main():
    """Print everything, and write what is known so far after each world."""
    runs, rows = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS, []
    print(
        "method documents shared mixing effect runs   held raw/whole   found raw/whole   "
        "width raw/whole   first raw/whole"
    )
    for world in WORLDS:
        if world[0] not in (sys.argv[3:4] or world):
            continue
        for row in rows_of(world, runs):
            rows.append(row)
            print(*row.values(), flush=True)
        if len(sys.argv) > 2:
            pd.DataFrame(rows).to_csv(sys.argv[2], index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
