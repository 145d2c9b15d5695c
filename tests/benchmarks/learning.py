"""What more codes by hand buy: macro F1 of the chronicle's codes by how many are learnt from.

    python tests/benchmarks/learning.py [OUT.csv]

The `learning` table of `analysis.models.learned_curve.measure_learning`, printed, and written where
OUT names it; docs/validity/learning.csv is its output.
"""

import sys
from pathlib import Path

from analysis.built import stack_tables
from analysis.corpus.records import load_codes, load_statements
from analysis.features.frames import code_frames
from analysis.models.learned_curve import measure_learning
from analysis.models.stance import code_stance
from analysis.storage import save_table
from analysis.study import load_study
from analysis.tables import CODES

STUDY = Path(__file__).resolve().parents[2] / "data" / "raw" / "russia_japan"


def main():
    """Print the table, and write it where a path is given."""
    study = load_study(STUDY)
    statements = load_statements(study)
    rules = [code_frames(statements, study.codebook), code_stance(statements, study.codebook)]
    codes = stack_tables([load_codes(study), *rules], CODES)
    table = measure_learning(statements, codes, seed=study.seed)
    table = table.round(dict.fromkeys(table.select_dtypes("float").columns, 3))
    columns = ["code", "n_labels", "macro_f1", "low", "high", "gain", "gain_low", "gain_high"]
    print(table[columns].to_string(index=False))
    if len(sys.argv) > 1:
        save_table(table, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
