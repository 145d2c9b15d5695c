"""How far topics of the UN speeches hold: numbers of topics, stability of each, and what it costs.

    python tests/benchmarks/topics.py [REFITS]

Prints how six topics of the short statements of data/raw/russia_japan hold, free and guided by the
codebook's frames; then, of the speeches of data/raw/ungdc, a scan for KL-NMF and for LDA and
each topic of the study's own number, with CPU seconds and peak memory above the counts. Coherence
is asked of windows of ../shared/data/ungdc where that is, else of whole units.
"""

import os
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import pandas as pd  # noqa: E402
from text_statistics import _status  # noqa: E402

from analysis.corpus.counts import load_counts, load_unit_texts, load_units  # noqa: E402
from analysis.corpus.records import load_statements  # noqa: E402
from analysis.features.counts import count_terms  # noqa: E402
from analysis.index import build_index  # noqa: E402
from analysis.models.topic_fits import term_matrix  # noqa: E402
from analysis.models.topic_labels import measure_topics  # noqa: E402
from analysis.models.topic_scan import scan_topics  # noqa: E402
from analysis.models.topic_seeds import frame_seeds  # noqa: E402
from analysis.models.topics import fit_topics  # noqa: E402
from analysis.study import load_study  # noqa: E402
from analysis.tables import UNITS, build_table  # noqa: E402

HOUSE = Path(__file__).resolve().parents[2]
TEXTS = HOUSE.parent / "shared" / "data" / "ungdc" / "txt"
NUMBERS = (4, 6, 8, 10, 12, 16, 20)
SCANNED = ["k", "perplexity", "exclusivity", "npmi", "c_v", "cosine", "lowest_cosine", "jaccard"]


def measured(title, way):
    """Print what a way costs, and return what it gives."""
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    begun = time.process_time()
    found = way()
    spent = time.process_time() - begun
    print(f"{title}: {spent:.1f} CPU s, {(_status('VmHWM') - before) / 1024:.0f} MB")
    return found


def short_statements():
    """Print how topics of short statements hold, free and guided by the codebook's frames."""
    study = load_study(HOUSE / "data" / "raw" / "russia_japan")
    statements = load_statements(study).dropna(subset=["content"])
    index = build_index(statements.set_index("statement_id")["content"])
    units = {"unit_id": index.unit_ids, "n_tokens": index.n_tokens, "voice": "paraphrase"}
    tables = count_terms(index), build_table(pd.DataFrame(units), UNITS)
    found = frame_seeds(study.codebook, term_matrix(*tables).terms)
    seeds = {frame: terms for frame, terms in found.items() if terms}
    ways = {
        "kl_nmf": {"k": 6},
        "lda": {"k": 6, "method": "lda"},
        "kl_nmf guided by frames": {"k": len(seeds) + 2, "seeds": seeds},
    }
    for name, how in ways.items():
        model = fit_topics(*tables, seed=study.seed, voice="any", **how)
        print(f"{len(index.unit_ids)} statements, {model.n_terms} terms, {name}")
        quality = measure_topics(model, index).drop(columns="company")
        print(quality.to_string(index=False))
        print(quality.drop(columns="topic").mean().to_frame("mean").T.to_string(index=False))


def main(n_refits=3):
    """Print everything."""
    pd.set_option("display.width", 160, "display.max_columns", 20, "display.precision", 3)
    short_statements()
    study = load_study(HOUSE / "data" / "raw" / "ungdc")
    tables = load_counts(study, "counts"), load_units(study, "units")
    texts = load_unit_texts(TEXTS)
    index = build_index(texts.set_index("unit_id")["text"]) if len(texts) else None
    for method in ("kl_nmf", "lda"):
        how = {"seed": study.seed, "method": method, "n_refits": n_refits}
        scan = measured(
            f"scan, {method}", lambda h=how: scan_topics(*tables, ks=NUMBERS, index=index, **h)
        )
        print(scan[[*SCANNED, "seed_cosine", "seed_jaccard", "converged"]].to_string(index=False))
        model = measured(
            f"fit of {study.n_topics} with stability, {method}",
            lambda m=method: fit_topics(*tables, k=study.n_topics, seed=study.seed, method=m),
        )
        print(measure_topics(model, index).drop(columns="company").to_string(index=False))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
