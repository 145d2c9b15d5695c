"""How fast texts are read, and whether confidence is meant.

    python tests/benchmarks/extraction.py

prints words per CPU second, load time and peak memory, on one core. It uses the 84 articles of
../shared where they are, else as many invented ones, and looks at no annotation.

    python tests/benchmarks/extraction.py --reliability docs/extraction/confidence_dev

holds what is found in the 84 articles against their annotation, prints the share that is right
by confidence, and writes it as .csv with its figure (.svg, .png). Articles that decisions rest
on are looked at seldom: to try the program, give others and take some of them,

    python tests/benchmarks/extraction.py --reliability curve \\
        --articles ../shared/data/polnear/train.jsonl.gz --every 5 --limit 60
"""

import argparse
import gzip
import json
import os
import resource
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from analysis.corpus.attribution import read_text  # noqa: E402
from analysis.corpus.calibration import measure_confidence  # noqa: E402
from analysis.corpus.exchange import attribute_texts  # noqa: E402
from analysis.corpus.scoring import pair_contents, word_places  # noqa: E402
from analysis.corpus.tagger.model import default_tagger  # noqa: E402
from analysis.figures.confidence import plot_confidence  # noqa: E402
from analysis.figures.export import save_figure  # noqa: E402
from analysis.language.tokens import token_spans  # noqa: E402
from analysis.tables import JUDGMENTS, build_table  # noqa: E402

DEV = Path(__file__).resolve().parents[3] / "shared" / "data" / "polnear" / "dev.jsonl.gz"
INVENTED = "“We agree,” Anna Keller said on Monday. She denied that talks would end. It rained.\n\n"


def articles(path=DEV):
    """Return texts of about 700 words each."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    return [{"doc_id": str(n), "text": INVENTED * 45} for n in range(84)]


def judgments(annotated, found):
    """Say of each attribution found whether an annotated one has its content (Dice one half)."""
    for gold, answer in zip(annotated, found, strict=True):
        tokens = token_spans(gold["text"])
        wanted, offered = (
            [word_places(attribution["content"], tokens) for attribution in side["attributions"]]
            for side in (gold, answer)
        )
        right = {place for _, place in pair_contents(wanted, offered)}
        for place, attribution in enumerate(answer["attributions"]):
            yield {
                "statement_id": f"{gold['doc_id']}:{place + 1}",
                "doc_id": str(gold["doc_id"]),
                "confidence": attribution["confidence"],
                "right": place in right,
            }


def reliability(annotated, stem, tagger):
    """Print the table of right by confidence, and write it with its figure."""
    judged = build_table(judgments(annotated, attribute_texts(annotated, tagger=tagger)), JUDGMENTS)
    table = measure_confidence(judged)
    print(table.round(3).to_string(index=False))
    total = table.iloc[-1]
    caption = (
        f"{total.n_found} attributions found in {len(annotated)} news articles that others "
        "annotated (PolNeAR); right: the content meets an annotated one (Dice of words one half "
        "or more). Intervals over articles; above: how many attributions each tenth holds."
    )
    save_figure(plot_confidence(table), table, stem, caption=caption)


def main():
    """Print what was asked for."""
    options = argparse.ArgumentParser()
    options.add_argument("--reliability", type=Path, metavar="STEM")
    options.add_argument("--articles", type=Path, default=DEV)
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--limit", type=int)
    options.add_argument("--tagger", choices=("crf", "rules"), default="crf")
    asked = options.parse_args()
    if asked.reliability is None:
        speed()
        return
    if not asked.articles.exists():
        options.error(f"{asked.articles}: no such file; annotated articles are needed")
    chosen = articles(asked.articles)[:: asked.every][: asked.limit]
    reliability(chosen, asked.reliability, asked.tagger)


def speed():
    """Print the table of speed."""
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
    print("\ncost by length: one document, rules and tagger")
    print("shape       characters  CPU s  s per million")
    for million in (0.1, 1, 10):
        for shape, text in (("paragraphs", INVENTED), ("one line", INVENTED.replace("\n", " "))):
            size = int(million * 1_000_000)
            long = (text * (size // len(text) + 1))[:size]
            begun = time.process_time()
            attribute_texts([{"doc_id": "long", "text": long}])
            spent = time.process_time() - begun
            print(f"{shape:<11} {size:>10,} {spent:>6.1f} {spent / million:>14.1f}")


if __name__ == "__main__":
    main()
