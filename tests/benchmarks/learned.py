"""How well the chronicle's codes are learnt, beside its patterns and who speaks alone.

    python tests/benchmarks/learned.py [SEEDS]

Every statement is coded by models that saw nothing of its episode and day; settings are chosen and
probabilities calibrated inside the folds. Printed: macro F1 and alpha by code with 95 % intervals
over episodes; how far learnt codes are above the patterns', with a paired interval; means over
frames and over propositions for each seed of the folds; and the expected calibration error. Where
CONCORDAT_MODEL names the folder of an encoder, its embeddings are tried too.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.corpus.calibration import measure_confidence
from analysis.corpus.records import load_codes, load_statements
from analysis.features.frames import code_frames
from analysis.models.coder_scores import score_coders
from analysis.models.confusion import judge_codes
from analysis.models.embeddings import load_encoder
from analysis.models.evaluation import evaluate_codes, pair_codes
from analysis.models.learned_codes import learn_codes
from analysis.models.stance import code_by_actor, code_stance
from analysis.resampling import jackknife_interval
from analysis.study import load_study
from analysis.tables import CODES, EVALUATION, build_table

STUDY = Path(__file__).resolve().parents[2] / "data" / "raw" / "russia_japan"
REFERENCE = "adjudicated"


def main():
    """Print everything."""
    study = load_study(STUDY)
    statements, by_hand = load_statements(study), load_codes(study)
    rules = [code_frames(statements, study.codebook), code_stance(statements, study.codebook)]
    known = stack([by_hand, *rules])
    folder = os.environ.get("CONCORDAT_MODEL")
    ways = {"learned": (known, None), "learned_words": (by_hand, None)}
    if folder:
        ways["learned_embedded"] = (known, load_encoder(folder))
    propositions = list(study.codebook.propositions)
    for seed in range(study.seed, study.seed + int(sys.argv[1] if len(sys.argv) > 1 else 1)):
        parts = [known, code_by_actor(statements, by_hand)]
        for name, (codes, encoder) in ways.items():
            begun = time.process_time()
            learnt = learn_codes(statements, codes, seed=seed, encoder=encoder)
            parts.append(build_table(learnt.codes.assign(coder=name), CODES))
            print(f"seed {seed}, {name}: {time.process_time() - begun:.0f} CPU s", flush=True)
            show_settings(learnt.learnt)
        codes = stack(parts)
        show_scores(codes, statements, propositions, ["patterns", *ways, "actor_only"])
        for name in ways:
            show_calibration(codes, statements, propositions, name)


def show_settings(learnt):
    """Print what was chosen, for frames and for propositions."""
    for setting, rows in learnt.groupby("setting"):
        print(f"  {setting}: {len(rows)} codes")


def show_scores(codes, statements, propositions, coders):
    """Print F1 and alpha of all coders by code, and means."""
    evaluation = stack(
        [evaluate_codes(codes, statements=statements, coder=coder) for coder in coders], EVALUATION
    )
    scores = score_coders(codes, statements, evaluation).astype({"code": "str", "coder": "str"})
    for row in scores.itertuples():
        print(
            f"  {row.code:20} {row.coder:16} F1 {row.macro_f1:.2f} ({row.macro_f1_low:.2f} to "
            f"{row.macro_f1_high:.2f}), alpha {row.alpha:.2f} ({row.alpha_low:.2f} to "
            f"{row.alpha_high:.2f}){above(codes, statements, row)}"
        )
    kind = np.where(scores["code"].isin(propositions), "propositions", "frames")
    means = scores.groupby([kind, "coder"])[["macro_f1", "alpha"]].mean()
    for (part, coder), row in means.iterrows():
        print(f"  {part}, {coder}: mean macro F1 {row['macro_f1']:.3f}, alpha {row['alpha']:.3f}")


def above(codes, statements, row):
    """Say how far a coder's macro F1 is above the patterns', with a paired interval."""
    if row.coder in ("patterns", "actor_only"):
        return ""
    sides = [
        pair_codes(codes[codes["code"] == row.code], statements, reference=REFERENCE, coder=coder)
        for coder in (row.coder, "patterns")
    ]
    both = sides[0].merge(sides[1], on=["statement_id", "unit", "value_reference"])
    counts = [counted(both, f"value_coder_{side}") for side in "xy"]

    def difference(units):
        learnt, plain = (mean_f1(each[:, :, units].sum(axis=2)) for each in counts)
        return learnt - plain

    found = jackknife_interval(difference, counts[0].shape[2])
    limits = found.note or f"{100 * found.low:+.0f} to {100 * found.high:+.0f}"
    return f", {100 * found.estimate:+.1f} points on the patterns ({limits})"


def counted(both, column):
    """Count by value and episode: statements with it by the reference, by the coder, by both."""
    parts = []
    for value in sorted({*both["value_reference"], *both[column]}):
        truth, found = both["value_reference"] == value, both[column] == value
        flags = pd.DataFrame({"truth": truth, "found": found, "both": truth & found})
        parts.append(flags.groupby(both["unit"]).sum().T.to_numpy())
    return np.array(parts)


def mean_f1(sums):
    """Return the mean over values of F1, 0 where it is not defined."""
    return float((2 * sums[:, 2] / np.maximum(sums[:, 0] + sums[:, 1], 1)).mean())


def show_calibration(codes, statements, propositions, coder):
    """Print the expected calibration error over all codes, and over propositions."""
    judged = judge_codes(codes, statements, reference=REFERENCE, coder=coder)
    mine = judged["statement_id"].str.split().str[-1].isin(propositions)
    for name, rows in (("all codes", judged), ("propositions", judged[mine])):
        last = measure_confidence(rows.reset_index(drop=True)).iloc[-1]
        print(
            f"  {coder}, {name}: {last['precision']:.3f} right, "
            f"expected calibration error {last['error']:.3f}"
        )


def stack(tables, table=CODES):
    """Put tables under each other."""
    keys = [column for column, kind in table.columns.items() if kind == "category"]
    parts = [part.astype(dict.fromkeys(keys, "str")) for part in tables]
    return build_table(pd.concat(parts, ignore_index=True), table)


if __name__ == "__main__":
    main()
