"""What scaling the State of the Union costs: wordfish on 245 addresses, and others.

    python tests/benchmarks/scales.py

reads ../shared/data/stats/corpora/sotu.parquet where it is, else invented texts; prints CPU
seconds, peak memory above the counts and that of the whole process, rounds and the largest last
change. Standard errors are among what is timed.
"""

import os
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import pandas as pd  # noqa: E402
from text_statistics import CORPORA, _status, texts  # noqa: E402

from analysis.features.counts import count_terms  # noqa: E402
from analysis.index import build_index  # noqa: E402
from analysis.models.correspondence import fit_correspondence  # noqa: E402
from analysis.models.latent_semantics import fit_latent_semantics  # noqa: E402
from analysis.models.wordfish import fit_wordfish  # noqa: E402
from analysis.tables import UNITS, build_table  # noqa: E402


def prepared():
    """Return counts and units of the addresses."""
    path = CORPORA / "sotu.parquet"
    found = pd.read_parquet(path)["text"].rename(index=str) if path.exists() else texts()
    index = build_index(found)
    units = pd.DataFrame({"unit_id": index.unit_ids, "n_tokens": index.n_tokens})
    return count_terms(index), build_table(units.assign(voice="original"), UNITS)


def measured(title, way):
    """Print what a way costs, and return what it gives."""
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    begun = time.process_time()
    found = way()
    spent = time.process_time() - begun
    peak = _status("VmHWM")
    print(f"{title:<28} {spent:>6.2f} CPU s {(peak - before) / 1024:>6.0f} MB", end=" ")
    print(f"{peak / 1024:>4.0f} MB in all", end="  ")
    return found


def main():
    """Print everything."""
    counts, units = prepared()
    names = units["unit_id"].astype(str).tolist()
    sides = names[-1], names[0]
    print(f"{len(units)} texts, {counts['term'].nunique()} words, {counts['n'].sum():,} tokens")
    ways = {f"wordfish to {tolerance:g}": {"tolerance": tolerance} for tolerance in (1e-4, 1e-6)}
    ways["wordfish where R stops"] = {"stop": "quanteda"}
    for title, how in ways.items():
        scale = measured(title, lambda h=how: fit_wordfish(counts, units, right_of=sides, **h))
        print(f"{scale.n_iterations} rounds, last change {scale.last_change:.1e}")
    measured("correspondence analysis", lambda: fit_correspondence(counts, units))
    print()
    seeds = {"good*": 1.0, "bad*": -1.0}
    measured("latent semantic scaling", lambda: fit_latent_semantics(counts, units, seeds=seeds))
    print()


if __name__ == "__main__":
    main()
