"""Each Japanese sentence stands beside the rows that it is expected to give."""

import pytest
from bulletin import found_in
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.attribution import read_text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("外相は「対話を続ける」と述べた。", [("外相", "述べた", "「対話を続ける」")]),
        ("「対話を続ける」と外相は語った。", [("外相", "語った", "「対話を続ける」")]),
        (
            "首相は10日、記者団に対し「対話を続ける」と述べ、「条約は必要だ」と強調した。",
            [("首相", "述べ", "「対話を続ける」"), ("首相", "強調した", "「条約は必要だ」")],
        ),
        (
            "外相は会見で「対話を続ける」との考えを示した。",
            [("外相", "示した", "「対話を続ける」")],
        ),
        ("報道官は『事実ではない』などと反論した。", [("報道官", "反論した", "『事実ではない』")]),
        ("外相は対話を続けると述べた。", [("外相", "述べた", "対話を続ける")]),
        ("外務省によると、交渉は続いている。", [("外務省", "によると", "交渉は続いている")]),
        ("映画「羅生門」は1950年に公開された。", []),
        ("交渉は来月も続く。", []),
    ],
)
def test_a_sentence_gives_its_rows(text, rows):
    found = [("".join(s), "".join(cue), "".join(c)) for s, cue, c, _ in found_in(text)]
    assert found == rows


PIECES = [
    "外相",
    "は",
    "が",
    "「",
    "」",
    "『",
    "』",
    "対話を続ける",
    "と",
    "述べた",
    "述べ、",
    "。",
    "、",
    "によると",
    "\n",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_row_of_signs_is_read_with_every_span_inside_it(text):
    for found in read_text(text, "ja").attributions:
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)


def test_a_long_text_takes_linear_time():
    assert read_text("外相は「対話を続ける」と述べ、" * 3000, "ja").attributions
