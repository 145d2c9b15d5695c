"""How many topics?"""

import pytest

from analysis.errors import TableError
from analysis.models.topic_scan import scan_topics
from tests.topical import world


@pytest.fixture(scope="module")
def scan():
    return scan_topics(*world(), ks=(6, 3, 2), seed=1, n_refits=2)


def test_a_row_for_each_number_in_order(scan):
    assert scan["k"].tolist() == [2, 3, 6]
    assert (scan["n_refits"] == 2).all()
    assert (scan["n_terms"] == 24).all()


def test_the_true_number_is_stabler_than_one_too_large(scan):
    by_k = scan.set_index("k")
    assert by_k.loc[3, "cosine"] > by_k.loc[6, "cosine"]
    assert by_k.loc[3, "lowest_cosine"] > by_k.loc[6, "lowest_cosine"]


def test_perplexity_falls_with_the_number_of_topics(scan):
    assert scan["perplexity"].is_monotonic_decreasing


def test_the_same_seed_gives_the_same_scan(scan):
    assert scan_topics(*world(), ks=(3,), seed=1, n_refits=2).equals(
        scan[scan["k"] == 3].reset_index(drop=True)
    )


def test_numbers_that_cannot_be_are_refused_before_anything_is_fitted():
    with pytest.raises(ValueError, match="k is 31; there are 24 terms in 30 units"):
        scan_topics(*world(), ks=(3, 31), seed=1)
    with pytest.raises(ValueError, match="n_refits is 0"):
        scan_topics(*world(), ks=(3,), seed=1, n_refits=0)
    counts, units = world()
    with pytest.raises(TableError, match="the table is empty"):
        scan_topics(counts.iloc[:0], units, ks=(3,), seed=1)
    with pytest.raises(ValueError, match="ks is empty"):
        scan_topics(*world(), ks=(), seed=1)
