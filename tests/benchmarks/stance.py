"""How well stance is learnt from labelled texts, by cross-validation.

    python tests/benchmarks/stance.py [semeval | mentions | debates | few]

reads ../shared/data/stance where it is, and where CONCORDAT_MODEL names the folder of an encoder,
tries its embeddings too. Printed for each set: F1 as the set's authors take it, with an interval
over groups of texts; the expected calibration error; and the CPU seconds of a fit and prediction.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from analysis.models.embeddings import load_encoder
from analysis.models.stance_blocks import fit_letters, fit_words, see
from analysis.models.stance_files import load_labelled
from analysis.models.stance_model import fit_stance, predict_stance

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "stance"
DRAWS = 200
SIZES = (25, 50, 100, 200)


def remembered(encoder):
    """Return an encoder that reads each text once, however many folds it is in."""
    known = {}

    def encode(texts):
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encoder(new), strict=True))
        return np.array([known[text] for text in texts])

    return encode


def sides_f1(truth, found):
    """Return the mean F1 of favor and against, in per cent."""
    return 100 * f1_score(truth, found, labels=["favor", "against"], average=None).mean()


def macro_f1(truth, found):
    """Return the mean F1 of all classes, in per cent."""
    return 100 * f1_score(truth, found, average="macro")


def calibration_error(rows, labels):
    """Return the expected calibration error of the likeliest class, ten bins."""
    sure = rows[labels].max(axis=1).to_numpy()
    right = (rows[labels].idxmax(axis=1) == rows["truth"]).to_numpy()
    bins = np.minimum((10 * sure).astype(int), 9)
    parts = [
        (bins == b).mean() * abs(sure[bins == b].mean() - right[bins == b].mean())
        for b in np.unique(bins)
    ]
    return sum(parts)


def tried(rows, folds, encoder):
    """Return the predictions of texts by models that had not seen them, and seconds a model."""
    parts, spent = [], []
    for seen, held in folds:
        begun = time.process_time()
        found = predict_stance(fit_stance(rows.iloc[seen], encoder=encoder), rows.iloc[held])
        spent.append(time.process_time() - begun)
        part = rows.iloc[held].reset_index(drop=True)
        parts.append(found.assign(truth=part["label"], group=part["group"]))
    return pd.concat(parts, ignore_index=True), np.mean(spent)


def report(name, rows, folds, score, encoder):
    """Print one line."""
    found, seconds = tried(rows, folds, encoder)
    rng, groups = np.random.default_rng(1), dict(list(found.groupby("group")))
    names = list(groups)
    draws = [
        pd.concat([groups[names[place]] for place in rng.integers(0, len(names), len(names))])
        for _ in range(DRAWS)
    ]
    spread = 1.96 * np.std([score(draw["truth"], draw["label"]) for draw in draws])
    reached = score(found["truth"], found["label"])
    error = calibration_error(found, sorted(rows["label"].unique()))
    how = "with embeddings" if encoder else "n-grams"
    print(
        f"{name}, {how}: F1 {reached:.1f} (95 %: ± {spread:.1f} over {len(names)} groups), "
        f"calibration error {error:.3f}, {seconds:.0f} CPU s",
        flush=True,
    )


def semeval():
    """Return the tweets of SemEval-2016 Task 6 A; each is a group of its own."""
    rows = load_labelled(DATA / "semeval2016a" / "train.csv.gz")
    return rows.drop(columns="split").assign(group=rows["id"])


def try_semeval(encoder):
    rows = semeval()
    folds = StratifiedKFold(5, shuffle=True, random_state=1).split(
        rows, rows["target"] + rows["label"]
    )
    report("SemEval-2016 6 A, five folds", rows, folds, sides_f1, encoder)


def try_mentions(encoder):
    rows = load_labelled(DATA / "newsmtsc_rw" / "train.csv.gz").drop(columns="split")
    rows["group"] = rows["id"].str.split("_").str[:3].str.join("_")
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=1).split(
        rows, rows["label"], rows["group"]
    )
    report("NewsMTSC rw, train, five folds of articles", rows, folds, macro_f1, encoder)


def debates():
    """Return the clauses of UNSCon with the two around each; a debate is a group."""
    rows = load_labelled(DATA / "unscon" / "edu_all.csv.gz")
    label = np.where(rows["conflict"] == "1", "criticism", "none")
    seen = ["id", "text", "before", "after", "group"]
    return rows[seen].assign(target="criticism", label=label)


def try_debates(encoder):
    rows = debates()
    folds = [
        (np.flatnonzero(rows["group"] != name), np.flatnonzero(rows["group"] == name))
        for name in sorted(rows["group"].unique())
    ]
    report("UNSCon, one debate left out", rows, folds, macro_f1, encoder)


def by_target(guess, column):
    """Return the mean F1 of sides over targets, and that of all texts."""
    each = [sides_f1(part["truth"], part[column]) for _, part in guess.groupby("target")]
    return np.mean(each), sides_f1(guess["truth"], guess[column])


def logistic(seen, held, encoder):
    """Return what plain logistic regressions by target say, on embeddings or words and letters."""
    found = held["text"].copy()
    blocks = [] if encoder else [*fit_words(seen), fit_letters(seen)]
    for target, mine in seen.groupby("target"):
        theirs = held[held["target"] == target]
        known, new = (
            encoder(list(rows["text"])) if encoder else see(blocks, rows) for rows in (mine, theirs)
        )
        fitted = LogisticRegression(C=10, max_iter=1000).fit(known, mine["label"])
        found[theirs.index] = fitted.predict(new)
    return found.to_numpy()


def try_few(encoder):
    """Print what few labels reach on all other texts, five draws each."""
    rows = semeval()
    for size in SIZES:
        found = []
        for seed in range(5):
            kept = rows.groupby("target").sample(size, random_state=seed).index
            seen, held = rows.loc[kept], rows.drop(index=kept)
            guess = predict_stance(fit_stance(seen, encoder=encoder), held)
            guess = guess.assign(truth=held["label"].to_numpy())
            guess = guess.assign(plain=logistic(seen, held, encoder))
            error = calibration_error(guess, sorted(seen["label"].unique()))
            found.append((*by_target(guess, "label"), *by_target(guess, "plain"), error))
        each, pooled, plain_each, plain_pooled, error = np.mean(found, axis=0)
        how = "with embeddings" if encoder else "n-grams"
        print(
            f"SemEval, {size} labels a target, {how}: F1 {each:.1f} by target, {pooled:.1f} pooled "
            f"(logistic regression {plain_each:.1f}, {plain_pooled:.1f}), "
            f"calibration error {error:.3f}",
            flush=True,
        )
    try_few_debates(encoder)


def try_few_debates(encoder):
    """Print what few labels of some debates reach on another."""
    rows = debates()
    for size in SIZES:
        found = []
        for seed, name in enumerate(sorted(rows["group"].unique())):
            seen = rows[rows["group"] != name].sample(size, random_state=seed)
            held = rows[rows["group"] == name]
            guess = predict_stance(fit_stance(seen, encoder=encoder), held)
            guess = guess.assign(truth=held["label"].to_numpy())
            error = calibration_error(guess, sorted(seen["label"].unique()))
            found.append((macro_f1(guess["truth"], guess["label"]), error))
        reached, error = np.mean(found, axis=0)
        how = "with embeddings" if encoder else "n-grams"
        print(
            f"UNSCon, {size} labels, {how}: F1 {reached:.1f}, calibration error {error:.3f}",
            flush=True,
        )


SETS = {"semeval": try_semeval, "mentions": try_mentions, "debates": try_debates, "few": try_few}


def main():
    """Print everything."""
    if not DATA.exists():
        print("needs ../shared/data/stance")
        return
    folder = os.environ.get("CONCORDAT_MODEL")
    encoders = [None, *([remembered(load_encoder(folder))] if folder else [])]
    for name in sys.argv[1:] or SETS:
        for encoder in encoders:
            SETS[name](encoder)


if __name__ == "__main__":
    main()
