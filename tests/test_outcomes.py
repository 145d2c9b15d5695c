"""What statements count as where an automatic coder read all and a person read some."""

import numpy as np
import pandas as pd
import pytest
from test_correction import CODERS, GROUPS, drawn, studied

from analysis.comparison.correction import correct_shares
from analysis.comparison.outcomes import corrected_share, joined_codes
from analysis.errors import TableError
from analysis.models.sampling import sample_statements
from analysis.resampling import share_interval
from analysis.tables import CODES, build_table


@pytest.fixture(scope="module")
def tables():
    return studied(*drawn(np.random.default_rng(1)))


def test_limits_of_a_share_read_whole_are_those_of_any_share():
    values, units = np.array([1.0, 0, 1, 1, 0, 0, 1, 0]), np.repeat(range(4), 2)
    plain = share_interval([1, 2, 0, 1], [2, 2, 2, 2])
    assert corrected_share(values, units)[:3] == pytest.approx(plain[:3])


def test_limits_stay_within_zero_and_one_where_values_do_not():
    found = corrected_share(np.array([-3.0, 1, 0, 0, 1, 0]), np.repeat(range(3), 2))
    assert found.estimate == 0
    assert found.low == 0 < found.high < 1


def test_what_was_drawn_and_left_out_counts_as_missing_at_random(tables):
    statements, codes, sample = tables
    hand = codes[codes["coder"] == "hand"]
    kept = build_table(codes.drop(hand.index[::3]), CODES)
    rows = joined_codes(statements, kept, sample, GROUPS, CODERS)
    n_read = len(hand) - len(hand.index[::3])
    assert rows.loc[rows["by_hand"].notna(), "chance"].iloc[0] == pytest.approx(n_read / 240)
    row = correct_shares(statements, kept, sample, groups=GROUPS, coders=CODERS).iloc[0]
    assert row["note"] == f"{120 - n_read} of 120 drawn not coded by hand"


def test_versions_of_the_codebook_are_told_apart(tables):
    statements, codes, sample = tables
    versions = np.where(codes["coder"] == "hand", "2", "1")
    mixed = build_table(codes.assign(codebook_version=versions), CODES)
    row = correct_shares(statements, mixed, sample, groups=GROUPS, coders=CODERS).iloc[0]
    assert row["note"] == "codebook versions 1 and 2 mixed"


def refused(words, statements, codes, sample):
    with pytest.raises(TableError, match=words):
        joined_codes(statements, codes, sample, GROUPS, CODERS)


def test_an_unknown_value_names_the_nearest_one(tables):
    statements, codes, sample = tables
    wrong = codes.astype({"value": "str"})
    wrong.loc[3, "value"] = "presnt"
    refused("did you mean 'present'", statements, build_table(wrong, CODES), sample)


def test_coders_who_met_nowhere_are_told_so(tables):
    statements, codes, sample = tables
    later = codes["coder"].eq("hand") | ~codes["statement_id"].isin(sample["statement_id"])
    refused("no statement of those compared was coded by both", statements, codes[later], sample)


def test_a_statement_has_one_value_of_a_coder(tables):
    statements, codes, sample = tables
    doubled = pd.concat([codes, codes.iloc[:1]], ignore_index=True)
    refused("stands in two rows", statements, doubled, sample)


def test_a_chance_must_be_known(tables):
    statements, codes, sample = tables
    refused(
        "inclusion_probability nan", statements, codes, sample.assign(inclusion_probability=np.nan)
    )
    less = sample_statements(statements, n=10, seed=1)
    refused("coded by hand but is not in the sample", statements, codes, less)
