"""How fast texts are read: words per CPU second, load time and peak memory, on one core.

    python tests/benchmarks/extraction.py

Uses the 84 articles of ../shared where they are, else as many invented ones.
"""

import gzip
import json
import os
import resource
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from analysis.corpus.attribution import read_text  # noqa: E402
from analysis.corpus.exchange import attribute_texts  # noqa: E402
from analysis.corpus.tagger.model import default_tagger  # noqa: E402

DEV = Path(__file__).resolve().parents[3] / "shared" / "data" / "polnear" / "dev.jsonl.gz"
INVENTED = "“We agree,” Anna Keller said on Monday. She denied that talks would end. It rained.\n\n"


def articles():
    """Return texts of about 700 words each."""
    if DEV.exists():
        with gzip.open(DEV, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    return [{"doc_id": str(n), "text": INVENTED * 45} for n in range(84)]


def main():
    """Print the table."""
    begun = time.process_time()
    default_tagger()
    print(f"load the tagger: {time.process_time() - begun:.2f} CPU s")
    texts = articles()
    words = sum(len(text["text"].split()) for text in texts)
    print(f"{len(texts)} articles, {words:,} words\n\ntagger  words / CPU s")
    for tagger in ("rules", "crf"):
        read_text.cache_clear()
        begun = time.process_time()
        attribute_texts(texts, tagger=tagger)
        print(f"{tagger:<7} {words / (time.process_time() - begun):>13,.0f}")
    print(f"\npeak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print("\ncost by length (rules and tagger)\ncharacters  CPU s  s per million")
    for million in (1, 2, 4):
        text = (INVENTED * (million * 1_000_000 // len(INVENTED) + 1))[: million * 1_000_000]
        begun = time.process_time()
        attribute_texts([{"doc_id": "long", "text": text}])
        spent = time.process_time() - begun
        print(f"{million * 1_000_000:>10,} {spent:>6.1f} {spent / million:>14.1f}")


if __name__ == "__main__":
    main()
