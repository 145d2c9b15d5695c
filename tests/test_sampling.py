"""A sample to check by hand: drawn by chance alone, and each row's chance is known."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.models.sampling import sample_statements, sample_stratified, sample_uncertain
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


def test_of_each_stratum_as_many_with_the_chance_that_each_had(statements):
    rows = statements.assign(actor=["North"] * (len(statements) - 2) + ["South", None])
    rows = build_table(rows, STATEMENTS)
    drawn = sample_stratified(rows, by="actor", n_each=2, seed=3)
    assert drawn["actor"].fillna("none").value_counts().to_dict() == {
        "North": 2,
        "South": 1,
        "none": 1,
    }
    chances = drawn.set_index("statement_id")["inclusion_probability"]
    north = drawn.loc[drawn["actor"] == "North", "statement_id"]
    assert chances[north].tolist() == pytest.approx([2 / (len(rows) - 2)] * 2)
    with pytest.raises(ValueError, match=r"no column 'actr'.*did you mean 'actor'"):
        sample_stratified(rows, by="actr", n_each=2, seed=3)
    with pytest.raises(ValueError, match="n_each is 0"):
        sample_stratified(rows, by="actor", n_each=0, seed=3)


def test_unsure_statements_are_drawn_as_often_as_their_chance_says(statements):
    rows = statements.assign(confidence=[0.0, 1.0, 0.5] * (len(statements) // 3))
    rows = build_table(rows, STATEMENTS)
    drawn = [sample_uncertain(rows, n=len(rows) // 3, seed=seed) for seed in range(300)]
    assert {len(each) for each in drawn} == {len(rows) // 3}
    often = pd.concat(drawn)["statement_id"].value_counts() / len(drawn)
    chances = pd.concat(drawn).groupby("statement_id")["inclusion_probability"].first()
    for statement, chance in chances.items():
        assert often[statement] == pytest.approx(chance, abs=4 * (chance / len(drawn)) ** 0.5)
    sure = rows.loc[rows["confidence"] == 1, "statement_id"]
    unsure = rows.loc[rows["confidence"] == 0, "statement_id"]
    assert chances[unsure].min() > 5 * chances[sure[sure.isin(chances.index)]].max()


def test_chances_never_exceed_one(statements):
    rows = build_table(
        statements.assign(confidence=[0.0] + [1.0] * (len(statements) - 1)), STATEMENTS
    )
    drawn = sample_uncertain(rows, n=len(rows) - 1, seed=1)
    assert drawn["inclusion_probability"].max() <= 1
    assert len(sample_uncertain(rows, n=999, seed=1)) == len(rows)
    assert sample_uncertain(rows.iloc[:0], n=3, seed=1).empty
    with pytest.raises(ValueError, match="n is 0"):
        sample_uncertain(rows, n=0, seed=1)


def test_half_a_statement_cannot_be_drawn(statements):
    for draw in (sample_statements, sample_uncertain):
        with pytest.raises(ValueError, match=r"n is 2\.5; .* a whole number"):
            draw(statements, n=2.5, seed=1)


@pytest.mark.parametrize(
    ("draw", "n"),
    [
        (lambda rows, seed: sample_statements(rows, n=5, seed=seed), 5),
        (lambda rows, seed: sample_stratified(rows, by="actor", n_each=2, seed=seed), 5),
        (lambda rows, seed: sample_uncertain(rows, n=5, seed=seed), 5),
    ],
)
def test_the_chances_of_all_statements_add_up_to_the_size_of_the_sample(statements, draw, n):
    rows = statements.assign(
        actor=["North"] * 7 + ["South"] * 4 + ["East"], confidence=[0.0] * 2 + [0.6] * 10
    )
    rows = build_table(rows, STATEMENTS)
    samples = [draw(rows, seed) for seed in range(60)]
    assert {len(sample) for sample in samples} == {n}
    chances = pd.concat(samples).groupby("statement_id")["inclusion_probability"]
    assert chances.ngroups == len(rows)
    assert chances.max().equals(chances.min())
    assert chances.first().sum() == pytest.approx(n)


def test_confidence_beyond_one_is_no_confidence(statements):
    rows = build_table(statements, STATEMENTS).assign(confidence=95.0)
    with pytest.raises(TableError, match=r"confidence 95\.0; it is from 0 to 1"):
        sample_uncertain(rows, n=2, seed=1)
