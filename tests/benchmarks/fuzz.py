"""Read spoilt texts for a while: never an exception, offsets inside, the same result twice.

    python tests/benchmarks/fuzz.py SECONDS [SEED]

Invented texts are cut, doubled, mixed and sown with quotation marks, line breaks and signs of
all scripts; now and then one is a very long line. What fails is printed as a Python string.
"""

import random
import sys
import time
import traceback
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bulletin import BULLETIN, CODEBOOK, documents_of
from test_labels import HEADING, TALK
from test_quotation_frames import FRENCH, GERMAN
from test_speeches import SPEECH
from test_transcripts import INTERVIEW

from analysis.corpus.attribution import read_text
from analysis.corpus.exchange import attribute_texts
from analysis.corpus.kinds import KINDS
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.language.lexicon import known_languages

SEEDS = [
    *(BULLETIN, SPEECH, INTERVIEW, TALK.format(heading=HEADING, label="A. KELLER")),
    *("\n\n".join(text for text, _ in cases) for cases in (FRENCH, GERMAN)),
    "外相は「対話を続ける」と述べた。外務省によると、交渉は続いている。首相は『条約』と語り、「来る」と話した。",
    "Министр сказал: «Мы продолжим переговоры». Вышел фильм «Волга».",
    "“We agree,” Anna Keller said on Monday. “It is late.” She denied that talks would end, and "
    "told the Assembly in a letter to Ida Holm that “nobody” had come. The Herald quoted her as "
    "saying that it rained. Two days later Norway's minister, Olaf Berg, was quoted by it, too.",
]
MARKS = [*"\"'“”‘’„‟«»‹›「」『』`´():—…", "``", "''", "â€œ", "â€", "[ ]"]
BREAKS = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u00a0",
    "\u3000",
    " " * 9,
]
WORDS = [
    *(
        "said ",
        "that ",
        "told ",
        "according to ",
        "Q: ",
        "A. ",
        "KELLER: ",
        "on Thursday ",
        "May 3 ",
    ),
    *(
        "the 31st ",
        "99 days later ",
        "the day before. ",
        "dit-il ",
        "sagte ",
        "mit ",
        "と述べた",
        "。",
    ),
    *(
        "as saying by ",
        "quoted ",
        "in a letter to ",
        "Speech by ",
        "29 February 2019 ",
        "'s ",
        "nt ",
    ),
]
DAYS = ["2019-02-22", "1678-01-01", "2020-02-29", None]


def random_sign(chance):
    """Return a sign of any script, never a lone surrogate."""
    while True:
        sign = chr(
            chance.choice(
                [chance.randrange(0x250), chance.randrange(0x3200), chance.randrange(0x110000)]
            )
        )
        if not 0xD800 <= ord(sign) <= 0xDFFF:
            return sign


def spoil(text, chance):
    """Return a text after a few random changes."""
    for _ in range(chance.randrange(1, 12)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        change = chance.choice(["mark", "break", "sign", "word", "double", "cut", "mix"])
        cut = change == "cut" and to - at < 400
        text = text[:at] + new_part(change, text[at:to], chance) + text[to if cut else at :]
    return text


def new_part(change, part, chance):
    """Return what a change puts into a text."""
    if change == "mark":
        return chance.choice(MARKS)
    if change == "break":
        return chance.choice(BREAKS)
    if change == "sign":
        return random_sign(chance) * chance.choice([1, 1, 50])
    if change == "word":
        return chance.choice(WORDS) * chance.choice([1, 1, 1, 30])
    if change == "double":
        return part[:500] * 2
    return "" if change == "cut" else chance.choice(SEEDS)[: chance.randrange(1, 200)]


def draw(chance):
    """Return a spoilt text; one in two hundred is long, on one line or as many."""
    text = spoil(chance.choice(SEEDS), chance)
    if chance.randrange(200) == 0:
        text = text.replace("\n", chance.choice([" ", "\n", ""])) * chance.randrange(20, 200)
    return text


def check(text, chance):
    """Read a text in every way, and raise where a promise is broken."""
    language = chance.choice([None, None, None, *known_languages()])
    kind = chance.choice([None, None, None, *KINDS])
    entry = {"doc_id": "d", "text": text, "language": language, "kind": kind}
    for tagger in ("rules", "crf"):
        found = attribute_texts([entry], tagger=tagger)
        read_text.cache_clear()
        assert found == attribute_texts([entry], tagger=tagger), "two runs differ"
        for row in found[0]["attributions"]:
            for start, end in (*row["source"], *row["cue"], *row["content"]):
                assert 0 <= start < end <= len(text), f"offsets {start}, {end}"
    documents = documents_of(text, published_on=chance.choice(DAYS))
    documents = documents.assign(
        language=pd.Categorical([language]), kind=pd.Categorical([kind], categories=KINDS)
    )
    codebook = chance.choice([None, CODEBOOK])
    table = extract_statements(documents, codebook=codebook)
    extract_spans(documents, table)
    read_text.cache_clear()
    pd.testing.assert_frame_equal(table, extract_statements(documents, codebook=codebook))


def main():
    """Run for the seconds that are given, and tell what was found."""
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    chance = random.Random(seed)
    begun, n_texts, n_signs, failures, slowest = time.monotonic(), 0, 0, 0, (0.0, 0)
    while time.monotonic() - begun < seconds:
        text = draw(chance)
        started = time.process_time()
        try:
            check(text, chance)
        except Exception:
            failures += 1
            print(f"--- text {n_texts}, seed {seed}\n{text[:3000]!r}")
            traceback.print_exc(limit=-4, file=sys.stdout)
        spent = time.process_time() - started
        n_texts, n_signs = n_texts + 1, n_signs + len(text)
        if len(text) > 2000:
            slowest = max(slowest, (spent / len(text) * 1e6, len(text)))
    print(f"{n_texts:,} texts, {n_signs:,} signs, {failures} failures")
    print(
        f"slowest of the long ones: {slowest[0]:.0f} CPU s per million signs ({slowest[1]:,} signs)"
    )


if __name__ == "__main__":
    main()
