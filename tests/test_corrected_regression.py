"""Regressions put right by a few codes given by hand."""

import numpy as np
import pandas as pd
import pytest
from test_correction import CODERS, drawn, studied

from analysis.comparison.corrected_regression import correct_logistic, correct_regression
from analysis.errors import TableError
from analysis.tables import CODES, CORRECTED_COEFFICIENTS, build_table, check_table


def sided(seed=1, n_units=40, n=120, error=0.2, lean=0.0):
    """The statements of `studied`, every other one by the South, which has the code oftener."""
    rng = np.random.default_rng(seed)
    truth, automatic, units = drawn(rng, n_units=n_units, error=error)
    south = np.arange(len(truth)) % 2
    more = rng.random(len(truth)) < lean * south
    statements, codes, sample = studied(np.maximum(truth, more), automatic, units, rng=rng, n=n)
    groups = np.where(south == 1, "South", "North")
    return statements.assign(group=groups, year=units / 10), codes, sample


def fitted(tables, *, fit=correct_regression, predictors=("group", "year")):
    table = fit(*tables, predictors=list(predictors), coders=CODERS)
    return check_table(table, CORRECTED_COEFFICIENTS).set_index("term")


def hand_codes(statements, codes):
    mine = codes[codes["coder"] == "hand"].set_index("statement_id")["value"]
    return (statements["statement_id"].map(mine) == "present").to_numpy(dtype=float)


def test_all_read_by_hand_is_the_plain_regression_on_codes_by_hand():
    tables = sided(n=240)
    found = fitted(tables)
    design = np.column_stack(
        [np.ones(240), tables[0]["group"] == "South", tables[0]["year"]]
    ).astype(float)
    plain = np.linalg.lstsq(design, hand_codes(*tables[:2]), rcond=None)[0]
    assert found["corrected"].to_numpy() == pytest.approx(plain)
    assert list(found.index) == ["intercept", "group: South", "year"]
    assert set(found["model"]) == {"linear"}


def test_standard_errors_are_those_of_leaving_out_each_episode():
    from scipy.stats import t

    statements, codes, sample = sided(n=240)
    row = fitted((statements, codes, sample), predictors=["group"]).loc["group: South"]
    truth, south = hand_codes(statements, codes), (statements["group"] == "South").to_numpy()
    episodes = statements["episode_id"].to_numpy()
    left = []
    for episode in np.unique(episodes):
        kept = episodes != episode
        left.append(truth[kept & south].mean() - truth[kept & ~south].mean())
    error = (39 / 40 * ((left - np.mean(left)) ** 2).sum()) ** 0.5
    reach = t.ppf(0.975, 39) * error
    assert row["high"] - row["corrected"] == pytest.approx(reach)
    assert row["p"] == pytest.approx(2 * t.sf(abs(row["corrected"]) / error, 39))


def test_where_a_number_begins_does_not_matter_to_its_coefficient():
    statements, codes, sample = sided()
    found = [
        fitted((statements.assign(year=statements["year"] - start), codes, sample)).loc["year"]
        for start in (0.0, 2.0, 100.0)
    ]
    for other in found[1:]:
        for name in ("raw_low", "corrected", "low", "high", "p"):
            assert other[name] == pytest.approx(found[0][name], rel=1e-6)


def test_the_corrected_coefficient_is_without_bias_where_the_raw_one_is_not():
    found = [
        fitted(sided(seed, n_units=30, n=90, lean=0.5), predictors=["group"]).loc["group: South"]
        for seed in range(40)
    ]
    table = pd.DataFrame(found)
    # Half of the 60 % that would not have the code have it in the South; the coder does not see it.
    assert table["corrected"].mean() == pytest.approx(0.3, abs=0.04)
    assert abs(table["raw"].mean()) < 0.05
    assert ((table["low"] < 0.3) & (table["high"] > 0.3)).mean() > 0.85


def test_log_odds_of_two_groups_are_those_of_their_table():
    tables = sided(n=240, lean=0.4)
    found = fitted(tables, fit=correct_logistic, predictors=["group"])
    truth, south = hand_codes(*tables[:2]), tables[0]["group"] == "South"
    odds = [truth[side].mean() / (1 - truth[side].mean()) for side in (~south, south)]
    assert found.loc["intercept", "corrected"] == pytest.approx(np.log(odds[0]))
    assert found.loc["group: South", "corrected"] == pytest.approx(np.log(odds[1] / odds[0]))


def test_a_logistic_model_with_numbers_is_scikit_learns():
    from sklearn.linear_model import LogisticRegression

    tables = sided(n=240)
    found = fitted(tables, fit=correct_logistic)["corrected"]
    terms = np.column_stack([tables[0]["group"] == "South", tables[0]["year"]]).astype(float)
    model = LogisticRegression(C=1e12, tol=1e-10, max_iter=1000)
    model.fit(terms, hand_codes(*tables[:2]))
    assert found.iloc[1:].to_numpy() == pytest.approx(model.coef_[0], abs=1e-4)


def test_log_odds_without_end_are_missing():
    truth, _, units = drawn(np.random.default_rng(1))
    south = np.arange(len(truth)) % 2
    statements, codes, sample = studied(south.astype(float), south.astype(float), units, n=240)
    tables = (statements.assign(group=np.where(south, "South", "North")), codes, sample)
    row = fitted(tables, fit=correct_logistic, predictors=["group"]).loc["group: South"]
    assert np.isnan(row["corrected"])
    assert row["note"] == "not defined: terms that say the same, or log odds without end"


def test_too_little_by_hand_of_one_value_is_not_corrected():
    statements, codes, sample = sided()
    rare = statements.assign(group=["South"] * 8 + ["North"] * 232)
    found = fitted((rare, codes, sample), predictors=["group"])
    assert found["corrected"].isna().all()
    assert "by hand, fewer than 10: not corrected" in found.loc["intercept", "note"]
    assert found["raw"].notna().all()


def test_q_is_over_all_terms_but_intercepts():
    found = fitted(sided())
    assert np.isnan(found.loc["intercept", "q"])
    assert (found["q"].iloc[1:] >= found["p"].iloc[1:]).all()


def test_what_is_refused():
    tables = sided()
    with pytest.raises(ValueError, match=r"no column 'grup'.*did you mean 'group'"):
        fitted(tables, predictors=["grup"])
    with pytest.raises(TableError, match="'layer' has one value alone"):
        fitted(tables, predictors=["layer"])


def test_terms_that_say_the_same_are_not_told_apart():
    statements, codes, sample = sided()
    tables = (statements.assign(side=statements["group"]), codes, sample)
    found = fitted(tables, predictors=["group", "side"])
    assert found[["raw", "corrected"]].isna().all(axis=None)
    assert set(found["note"]) == {"not defined: terms that say the same, or log odds without end"}


def test_a_raw_coefficient_that_nothing_moves_has_no_limits():
    statements, codes, sample = sided()
    always = codes.astype({"value": "str"})
    always.loc[always["coder"] == "patterns", "value"] = "present"
    tables = statements, build_table(always, CODES), sample
    row = fitted(tables, predictors=["group"]).loc["intercept"]
    assert row["raw"] == pytest.approx(1)
    assert np.isnan(row["raw_low"])
    assert row["note"].startswith("raw: one unit alone, units all alike")
    assert row["low"] < row["corrected"] < row["high"]
    ends = fitted(tables, fit=correct_logistic, predictors=["group"])["note"]
    assert ends.str.startswith("raw: not defined").all()


def test_one_episode_has_coefficients_without_limits():
    statements, codes, sample = sided()
    found = fitted((statements.assign(episode_id="e"), codes, sample), predictors=["group"])
    assert found["corrected"].notna().all()
    assert found[["low", "raw_low", "p"]].isna().all(axis=None)
    assert found["note"].str.startswith("one unit alone").all()


def test_predictors_that_cannot_be():
    statements, codes, sample = sided()
    for name in ("chance", "code"):
        tables = (statements.assign(**{name: statements["group"]}), codes, sample)
        with pytest.raises(ValueError, match=rf"predictor '{name}': .* call it otherwise"):
            fitted(tables, predictors=[name])
    endless = statements.assign(year=statements["year"].where(statements.index != 3, np.inf))
    with pytest.raises(TableError, match="'year' holds a number that is none or has no end"):
        fitted((endless, codes, sample), predictors=["year"])
