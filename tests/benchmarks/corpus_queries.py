"""How fast questions to a corpus are answered, beside nltk and ConvoKit, on one core.

    python tests/benchmarks/corpus_queries.py

reads the speeches of ../shared/data/stats/corpora where they are, else invented ones, and prints
CPU seconds of a phrase concordance, of bigram collocations by six measures, of weighted log-odds
with tokenising, and of questions to ten million tokens. ConvoKit is measured where it is installed.
"""

import dataclasses
import os
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import pyarrow as pa  # noqa: E402
from text_statistics import texts  # noqa: E402

from analysis.features.collocations import collocations  # noqa: E402
from analysis.features.concordance import Texts, concordance  # noqa: E402
from analysis.features.counts import count_terms  # noqa: E402
from analysis.features.effects import weighted_log_odds  # noqa: E402
from analysis.features.keyness import keyness  # noqa: E402
from analysis.features.queries import find_hits  # noqa: E402
from analysis.features.runs import find_run  # noqa: E402
from analysis.index import build_index  # noqa: E402
from analysis.matching import compile_pattern  # noqa: E402
from analysis.tables import UNITS, build_table  # noqa: E402

PHRASE = "the united states"
LARGE = 10_000_000


def seconds(way, rounds=3):
    """Return the CPU seconds of the fastest of a few rounds, and what came out."""
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        found = way()
        spent.append(time.process_time() - begun)
    return min(spent), found


def compare(title, ours, theirs, rounds=3):
    """Print both and how many times as fast we are."""
    mine, _ = seconds(ours, rounds)
    for name, way in theirs.items():
        other, _ = seconds(way, 1)
        print(f"{title:<38} {mine:>7.3f} {name:>24} {other:>8.3f} {other / mine:>7.1f} times")


def fresh(index):
    """Return the index as if it were new: what it makes when first asked is made again."""
    return dataclasses.replace(index)


def nltk_words(index):
    """Return the same tokens as nltk wants them: a list of strings."""
    return index.forms.to_numpy(dtype=object)[index.codes].tolist()


def nltk_concordance(words):
    """Lines of a phrase, with the index that they need."""
    from nltk.text import ConcordanceIndex

    found = ConcordanceIndex(words, key=str.lower)
    return found.find_concordance(PHRASE.split(), width=120)


def nltk_collocations(words):
    """Six measures of all bigrams that occur five times."""
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    finder = BigramCollocationFinder.from_words(words)
    finder.apply_freq_filter(5)
    measures = BigramAssocMeasures
    six = ("pmi", "student_t", "chi_sq", "likelihood_ratio", "dice", "phi_sq")
    return [finder.score_ngrams(getattr(measures, name)) for name in six]


def units_of(index, groups):
    """Return units with as many tokens as the index says."""
    return build_table(
        pd.DataFrame(
            {
                "unit_id": index.unit_ids,
                "doc_id": index.unit_ids,
                "group": groups,
                "voice": "original",
                "n_tokens": index.n_tokens,
            }
        ),
        UNITS,
    )


def log_odds(speeches, early):
    """Weighted log-odds of two groups of raw texts, and nothing else."""
    index = build_index(speeches)
    width = len(index.terms)
    first = early[index.unit_codes]
    a = np.bincount(index.term_codes[first], minlength=width)
    b = np.bincount(index.term_codes, minlength=width) - a
    totals = float(a.sum()), float(b.sum())
    return weighted_log_odds(a, b, totals, prior=a + b)


def whole_keyness(speeches, early):
    """The keyness table, all measures with intervals, from raw texts."""
    index = build_index(speeches)
    units = units_of(index, ["early" if chosen else "late" for chosen in early])
    return keyness(count_terms(index), units, target="early", reference="late")


def convokit_log_odds(speeches, early):
    """ConvoKit's fighting words, with and without its cleaning of texts."""
    from convokit import Corpus, FightingWords, Speaker, Utterance

    speaker = Speaker(id="a")
    said = [
        Utterance(id=str(n), speaker=speaker, text=text, conversation_id="0", meta={"early": flag})
        for n, (text, flag) in enumerate(zip(speeches, early.tolist(), strict=True))
    ]
    corpus = Corpus(utterances=said)
    sides = (lambda u: u.meta["early"], lambda u: not u.meta["early"])

    def run(**options):
        return lambda: FightingWords(ngram_range=(1, 1), **options).fit(
            corpus, class1_func=sides[0], class2_func=sides[1]
        )

    return {"ConvoKit": run(), "ConvoKit, no cleaning": run(text_func=lambda said: said.text)}


def log_odds_peers(speeches, early):
    """Return the peers that are installed."""
    try:
        return convokit_log_odds(speeches, early)
    except ImportError:
        return {}


def presidents():
    """Return the addresses alone, where they are, and which are of the first half."""
    from text_statistics import CORPORA

    path = CORPORA / "sotu.parquet"
    found = pd.read_parquet(path)["text"].rename(index=str) if path.exists() else texts()
    return found, (pd.Series(range(len(found))) < len(found) / 2).to_numpy()


def large(speeches, index):
    """Print questions to ten million tokens."""
    times = -(-LARGE // len(index.codes))
    many = pd.concat([speeches] * times, ignore_index=True).rename(index=str)
    built = build_index(many)
    strings = Texts(many)
    print(f"\n{len(built.codes) / 1e6:.1f} million tokens")
    for phrase in ("international community", "united nations", PHRASE):
        words = compile_pattern(phrase).runs[0]
        first, hits = seconds(lambda p=phrase: find_hits(built, strings, p), 1)
        where, _ = seconds(lambda w=words: find_run(built, w, strings), 20)
        again, _ = seconds(lambda p=phrase: find_hits(built, strings, p), 20)
        table, _ = seconds(lambda p=phrase: concordance(many, p, index=built))
        print(
            f"{phrase:<24} {len(hits):>7,} hits: first {first:.3f} s, then {1000 * where:.2f} ms, "
            f"with offsets {1000 * again:.2f} ms; table {table:.3f} s "
            f"({10_000 * table / len(hits):.3f} s for 10,000 lines)"
        )


def main():
    """Print everything."""
    pa.set_cpu_count(1)
    speeches = texts()
    index = build_index(speeches)
    words = nltk_words(index)
    units = units_of(index, "all")
    print(f"{'':<38} {'CPU s':>7} {'':>24} {'CPU s':>8}")
    compare(
        "phrase concordance with its index",
        lambda: concordance(speeches, PHRASE, index=fresh(index)),
        {"nltk": lambda: nltk_concordance(words)},
    )
    compare(
        "bigram collocations, all measures",
        lambda: collocations(fresh(index), units),
        {"nltk, six measures": lambda: nltk_collocations(words)},
    )

    addresses, early = presidents()
    spent, _ = seconds(lambda: log_odds(addresses, early))
    print(f"{'weighted log-odds with tokenising':<38} {spent:>7.3f}")
    spent, _ = seconds(lambda: whole_keyness(addresses, early))
    print(f"{'keyness with intervals and tokenising':<38} {spent:>7.3f}")
    compare(
        "weighted log-odds with tokenising",
        lambda: log_odds(addresses, early),
        log_odds_peers(addresses, early),
    )
    large(speeches, index)


if __name__ == "__main__":
    main()
