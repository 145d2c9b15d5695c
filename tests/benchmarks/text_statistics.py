"""How fast texts become an index of tokens, beside scikit-learn and nltk, on one core.

    python tests/benchmarks/text_statistics.py

reads the speeches of ../shared/data/stats/corpora where they are, else invented ones; prints CPU
seconds and how many times as fast we are, peak memory above the loaded texts (each way in a
process of its own), and the cost from 1 to 50 million tokens.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import pandas as pd  # noqa: E402
import pyarrow as pa  # noqa: E402

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "data" / "stats" / "corpora"
INVENTED = "The North's good-neighbourly policy wasn't new; 'peace' came in 1956, they said. "
ROUNDS = 3


def texts():
    """Return some fifteen million signs of speeches, or as much invented text."""
    files = sorted(CORPORA.glob("*.parquet")) if CORPORA.exists() else []
    found = [text for file in files for text in pd.read_parquet(file, columns=["text"])["text"]]
    return pd.Series(found or [INVENTED * 400] * 450).rename(index=str)


def index(speeches):
    """Tokens with offsets, vocabulary and terms."""
    from analysis.index import build_index

    return build_index(speeches)


def count_vectorizer(speeches):
    """A matrix of counts, without offsets."""
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer().fit_transform(speeches)


def nltk_spans(speeches):
    """Tokens with offsets, as lists."""
    from nltk.tokenize import NLTKWordTokenizer

    tokenizer = NLTKWordTokenizer()
    return [
        [(text[start:end], start, end) for start, end in tokenizer.span_tokenize(text)]
        for text in speeches.str.replace('"', "'")
    ]


WAYS = {"concordat": index, "scikit-learn": count_vectorizer, "nltk": nltk_spans}


def seconds(way, speeches):
    """Return the CPU seconds of the fastest of a few rounds."""
    spent = []
    for _ in range(ROUNDS if way is not nltk_spans else 1):
        begun = time.process_time()
        way(speeches)
        spent.append(time.process_time() - begun)
    return min(spent)


def memory(name):
    """Print the peak memory above the loaded texts, in MB (Linux)."""
    speeches = texts()
    WAYS[name](speeches.iloc[:1])
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    kept = WAYS[name](speeches)
    print(f"{(_status('VmHWM') - before) / 1024:.0f}")
    del kept


def _status(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(f"{name}:")))


def long_corpora():
    """Print the cost of one to fifty million tokens."""
    speeches = texts()
    size = index(speeches).n_tokens.sum()
    print("\ntokens (millions)  CPU s  s per million")
    for millions in (1, 10, 50):
        times = millions * 1_000_000 / size
        many = pd.concat([speeches] * int(times + 1), ignore_index=True).rename(index=str)
        many = many.iloc[: max(1, round(len(speeches) * times))]
        begun = time.process_time()
        built = index(many)
        spent = time.process_time() - begun
        n = len(built.codes) / 1e6
        print(f"{n:>17.1f} {spent:>6.2f} {spent / n:>14.3f}")
    arrays = (built.codes, built.starts, built.ends, built.gaps)
    bytes_each = sum(array.nbytes for array in arrays) / len(built.codes)
    print(f"\nbytes kept for each token: {bytes_each:.0f}")


def main():
    """Print everything."""
    if len(sys.argv) > 1:
        memory(sys.argv[1])
        return
    pa.set_cpu_count(1)
    speeches = texts()
    print(f"{len(speeches)} texts, {speeches.str.len().sum():,} signs\n")
    print("                CPU s  times ours  peak MB")
    ours = None
    for name, way in WAYS.items():
        spent = seconds(way, speeches)
        ours = ours or spent
        command = [sys.executable, __file__, name]
        peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        print(f"{name:<13} {spent:>7.2f} {spent / ours:>11.1f} {peak:>8}")
    long_corpora()


if __name__ == "__main__":
    main()
