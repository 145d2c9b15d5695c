"""A sample to check by hand: drawn by chance alone, and each row's chance is known."""

import numpy as np
import pytest

from analysis.models.sampling import sample_statements
from analysis.tables import SAMPLE, STATEMENTS, build_table, check_table


@pytest.fixture(scope="module")
def statements():
    """Twelve statements in six texts."""
    rows = [
        {
            **{"statement_id": f"d{n // 2}:{n % 2 + 1}", "doc_id": f"d{n // 2}"},
            **{"content": f"plan {n}", "start": 0, "end": 6, "negated": False},
        }
        for n in range(12)
    ]
    return build_table(rows, STATEMENTS)


def test_a_third_of_the_statements_has_a_chance_of_one_third(statements):
    sample = sample_statements(statements, n=4, seed=1)
    assert len(statements) == 12
    assert sample["inclusion_probability"].tolist() == [4 / 12] * 4
    assert check_table(sample, SAMPLE)["statement_id"].isin(statements["statement_id"]).all()


def test_the_weights_sum_to_the_population(statements):
    for n in (1, 5, 12, 40):
        sample = sample_statements(statements, n=n, seed=3)
        assert (1 / sample["inclusion_probability"]).sum() == pytest.approx(len(statements))


def test_each_statement_is_drawn_as_often_as_its_chance_says(statements):
    drawn = [
        name
        for seed in range(400)
        for name in sample_statements(statements, n=3, seed=seed)["statement_id"]
    ]
    counts = np.unique(drawn, return_counts=True)[1]
    # 400 draws at 1/4: a standard deviation is 8.7.
    assert len(counts) == 12
    assert np.abs(counts - 100).max() < 4 * 8.7


def test_one_seed_draws_one_sample_in_the_order_of_the_text(statements):
    sample = sample_statements(statements, n=5, seed=7)
    assert sample.equals(sample_statements(statements, n=5, seed=7))
    places = statements["statement_id"].tolist()
    assert [places.index(name) for name in sample["statement_id"]] == sorted(
        places.index(name) for name in sample["statement_id"]
    )


def test_a_small_population_is_taken_whole(statements):
    sample = sample_statements(statements, n=99, seed=1)
    assert sample["statement_id"].tolist() == statements["statement_id"].tolist()
    assert set(sample["inclusion_probability"]) == {1.0}


def test_nothing_to_draw_from_is_an_empty_sample():
    assert len(sample_statements(build_table([], STATEMENTS), n=5, seed=1)) == 0


def test_a_sample_of_nothing_is_refused(statements):
    with pytest.raises(ValueError, match="n is 0; a sample has one statement or more"):
        sample_statements(statements, n=0, seed=1)
