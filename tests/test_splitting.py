"""Words of languages that write them together."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.index import build_index


def words(text, language):
    index = build_index(pd.Series({"a": text}), language=language)
    assert [text[a:b] for a, b in zip(index.starts, index.ends, strict=True)] == list(
        index.forms[index.codes]
    )
    return list(index.forms[index.codes])


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L'accord qu’il signe aujourd'hui", "L' accord qu’ il signe aujourd'hui"),
        ("it", "dell'accordo un'altra volta", "dell' accordo un' altra volta"),
        ("en", "the North's policy wasn't", "the North's policy wasn't"),
        ("ja", "平和条約を結ぶ。北のコメント", "平和条約 を 結 ぶ 北 の コメント"),
        ("zh", "和平条约，2019年", "和 平 条 约 2019 年"),
    ],
)
def test_the_words_of_a_text(language, text, expected):
    assert words(text, language) == expected.split()


@given(st.lists(st.text(alphabet="aLl'’ 平和をコ-", max_size=12), max_size=4))
@pytest.mark.parametrize("language", ["fr", "ja", "zh"])
def test_pieces_join_to_the_tokens_that_they_were_cut_from(language, texts):
    series = pd.Series(texts, index=[f"u{i}" for i in range(len(texts))], dtype="str")
    whole, cut = build_index(series), build_index(series, language=language)
    spans = set(zip(cut.unit_codes.tolist(), cut.starts.tolist(), strict=True))
    assert spans >= set(zip(whole.unit_codes.tolist(), whole.starts.tolist(), strict=True))
    assert (cut.ends - cut.starts).sum() == (whole.ends - whole.starts).sum()
    assert cut.n_tokens.sum() == len(cut.codes) == len(cut.gaps)
    for start, end, unit, code in zip(cut.starts, cut.ends, cut.unit_codes, cut.codes, strict=True):
        assert series.iloc[unit][start:end] == cut.forms[code]
