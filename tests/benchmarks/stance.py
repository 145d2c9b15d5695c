"""How well stance is learnt from labelled texts, by cross-validation.

    python tests/benchmarks/stance.py

reads ../shared/data/stance/semeval2016a/train.csv.gz where it is; prints the mean of the F1 of
favor and against over five folds, with an interval over bootstrapped texts, the expected
calibration error, and the seconds of one fit and prediction.
"""

import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from analysis.models.stance_files import load_labelled
from analysis.models.stance_model import fit_stance, predict_stance

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "stance" / "semeval2016a"
SIDES = ["favor", "against"]


def mean_f1(truth, found):
    """Return the mean of the F1 of both sides, in per cent."""
    return 100 * f1_score(truth, found, labels=SIDES, average=None).mean()


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


def main():
    """Print everything."""
    path = DATA / "train.csv.gz"
    if not path.exists():
        print("needs ../shared/data/stance")
        return
    rows = load_labelled(path)
    strata = rows["target"] + rows["label"]
    parts, spent = [], []
    for seen, held in StratifiedKFold(5, shuffle=True, random_state=1).split(rows, strata):
        begun = time.process_time()
        found = predict_stance(fit_stance(rows.iloc[seen]), rows.iloc[held])
        spent.append(time.process_time() - begun)
        parts.append(found.assign(truth=rows["label"].iloc[held].to_numpy()))
    every = pd.concat(parts, ignore_index=True)
    rng = np.random.default_rng(1)
    draws = [every.iloc[rng.integers(0, len(every), len(every))] for _ in range(200)]
    spread = np.std([mean_f1(draw["truth"], draw["label"]) for draw in draws])
    score = mean_f1(every["truth"], every["label"])
    print(f"{len(rows)} texts, five folds: mean F1 {score:.1f} (95 %: ± {1.96 * spread:.1f})")
    print(
        f"expected calibration error {calibration_error(every, ['against', 'favor', 'none']):.3f}"
    )
    print(f"fit and predict {np.mean(spent):.0f} CPU s")


if __name__ == "__main__":
    main()
