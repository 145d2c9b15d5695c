import json
import re
from pathlib import Path

import pytest
from bulletin import found_in
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.attribution import read_text

CASES = Path(__file__).resolve().parents[2] / "shared" / "data" / "attribution" / "failures.jsonl"


def known_cases():
    """Return the named difficulties of the field with what is expected of each."""
    lines = CASES.read_text(encoding="utf-8").splitlines() if CASES.exists() else []
    cases = [json.loads(line) for line in lines]
    return [pytest.param(case, id=f"{case['id']} {case['name']}") for case in cases]


def words(parts):
    """Return the words of spans; the scorers of the field leave marks and stops aside too."""
    joined = " ".join(part for part in parts if part)
    return re.findall(r"\w+(?:['’]\w+)*", joined) or joined.split()


@pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/data/attribution/failures.jsonl")
@pytest.mark.parametrize("case", known_cases())
def test_a_known_difficulty_of_the_field(case):
    expected = [
        [words([e["source"]]), words([e["cue"]]), words(e["content"])] for e in case["expected"]
    ]
    found = [
        [words(source), words(cue), words(content)]
        for source, cue, content, _ in found_in(case["text"])
    ]
    assert sorted(found) == sorted(expected)


def test_marks_decoded_twice_are_seen_and_the_text_is_given_back():
    ((_, _, content, _),) = found_in("â€œWe are close,â€ Keller said.")
    assert content == ["â€œWe are close,â€"]


PIECES = [
    "Keller ",
    "said ",
    "that ",
    "“",
    "”",
    '"',
    ", ",
    ". ",
    "he ",
    "and ",
    "told ",
    "Norths ",
    "\n\n",
]


@settings(max_examples=150)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
)
def test_any_text_is_read_with_every_span_inside_it(text):
    reading = read_text(text, "en")
    for found in reading.attributions:
        assert found.content
        for start, end in (*found.source, *found.cue, *found.content):
            first, last = reading.view.original_span(start, end)
            assert 0 <= first < last <= len(text)


def test_a_sentence_beyond_measure_takes_linear_time():
    reading = read_text("Keller said that " * 3000, "en")
    assert len(reading.attributions) > 2000
