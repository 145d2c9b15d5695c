"""Type-token ratios of running text, on the index itself."""

import numpy as np
import pandas as pd

from analysis.features.running import mtld, segment_ratio, window_ratio
from analysis.index import build_index

INDEX = build_index(pd.Series({"a": "one one two one one two one", "b": "", "c": "x y"}))


def test_a_number_for_each_unit_and_none_where_the_text_is_too_short():
    assert window_ratio(INDEX, 3).tolist()[0] == 2 / 3
    assert segment_ratio(INDEX, 2).tolist()[0] == (1 + 2 + 2) / 6 + 0.0
    for ratios in (window_ratio(INDEX, 3), segment_ratio(INDEX, 3)):
        assert np.isnan(ratios[1:]).all()


def test_a_window_of_the_whole_text_is_its_ratio():
    assert window_ratio(INDEX, 7)[0] == segment_ratio(INDEX, 7)[0] == 2 / 7


def test_without_a_fall_there_is_no_length():
    assert np.isnan(mtld(INDEX, 0.72)[2])
