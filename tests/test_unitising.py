"""Agreement on passages: Krippendorff's own example, another implementation, laws."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import TableError
from analysis.models.unitising import (
    Continuum,
    alpha_of_characters,
    alpha_of_units,
    measure_unitising,
)
from analysis.tables import DOCUMENTS, UNITISED, UNITISING, build_table, check_table

# Krippendorff (2004), Quality & Quantity 38: two observers, a text of 300 from 150 on.
PUBLISHED = {
    "c": [[(225, 295), (370, 400)], [(220, 300), (355, 375), (400, 420)]],
    "k": [[(180, 240), (300, 350)], [(180, 240), (300, 350)]],
}
# Krippendorff (1995), p. 57: four pairs of coders on 24 places.
PAIRS = {
    "A": [[(2, 10), (14, 20)], [(4, 8), (15, 17)]],
    "B": [[(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)]],
    "C": [
        [(2, 8), (10, 12), (14, 18), (20, 22)],
        [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
    ],
}


def continuum(coders, length, shift=0):
    return Continuum(length, tuple(np.array(own, dtype=np.int64) - shift for own in coders))


def documents(*lengths):
    rows = [{"doc_id": f"d{n}", "text": "x" * length} for n, length in enumerate(lengths)]
    return build_table(pd.DataFrame(rows), DOCUMENTS)


def spans(*marked):
    """(document, coder, category, start, end) of each passage."""
    columns = ["doc_id", "coder", "category", "start", "end"]
    return build_table(pd.DataFrame(marked, columns=columns), UNITISED)


def test_krippendorffs_own_example():
    rows = [
        ("d0", coder, category, start - 150, end - 150)
        for category, coders in PUBLISHED.items()
        for coder, own in zip("ij", coders, strict=True)
        for start, end in own
    ]
    table = measure_unitising(spans(*rows), documents(300), coders=["i", "j"])
    found = check_table(table, UNITISING).set_index(["measure", "category"])
    units = found.loc["units"]
    assert units.loc["c", ["observed", "expected"]].tolist() == pytest.approx(
        [0.0144, 0.0532], abs=5e-5
    )
    assert units.loc["k", ["observed", "expected"]].tolist() == pytest.approx([0, 0.0490], abs=5e-5)
    assert units["alpha"][["c", "k", "all"]].tolist() == pytest.approx([0.7286, 1, 0.859], abs=5e-4)
    assert units.loc["c", "note"] == "fewer than two units: no interval"


@pytest.mark.parametrize(("pair", "observed"), [("A", 0.03125), ("B", 2.26736), ("C", 0.02777)])
def test_observed_disagreement_of_1995(pair, observed):
    assert alpha_of_units([continuum(PAIRS[pair], 24)])[0] == pytest.approx(observed, abs=1e-5)


@pytest.mark.parametrize(
    ("pair", "expected", "alpha"),
    [("A", 0.06990, 0.553), ("B", 1.17731, -0.926), ("C", 0.08642, 0.679)],
)
def test_expected_disagreement_of_1995_where_places_are_fine(pair, expected, alpha):
    fine = [[(start * 5000, end * 5000) for start, end in own] for own in PAIRS[pair]]
    found = alpha_of_units([continuum(fine, 24 * 5000)])
    assert found[1] == pytest.approx(expected, abs=0.005)
    assert 1 - found[0] / found[1] == pytest.approx(alpha, abs=0.02)


def test_characters_are_nominal_alpha():
    # Krippendorff (1995), pair A, a value for each of 24 places.
    observed, expected = alpha_of_characters([continuum(PAIRS["A"], 24)])
    assert 1 - observed / expected == pytest.approx(0.329, abs=5e-4)


def at_random(rng, n_documents=30, length=400):
    """Ten-character passages laid anywhere, by two coders who know nothing of each other."""
    rows = [
        (f"d{n}", coder, "claim", int(start), int(start) + 10)
        for n in range(n_documents)
        for coder in "ab"
        for start in 20 * np.sort(rng.permutation(length // 20)[:6]) + rng.integers(0, 10)
    ]
    return rows, documents(*[length] * n_documents)


def alphas(rows, texts, coders=("a", "b")):
    table = measure_unitising(spans(*rows), texts, coders=coders)
    return table[table["category"] == "all"].set_index("measure")


def test_the_same_passages_are_one_and_passages_at_random_about_nought():
    rows, texts = at_random(np.random.default_rng(1))
    first = [row for row in rows if row[1] == "a"]
    same = alphas(first + [(d, "b", *rest) for d, _, *rest in first], texts)
    assert same["alpha"].tolist() == [1, 1]
    chance = alphas(rows, texts)
    assert chance["alpha"].abs().max() < 0.12
    assert (chance["low"] < chance["alpha"]).all()
    assert (chance["alpha"] < chance["high"]).all()
    assert chance.loc["units", "note"] == "alpha under .67: for illustration only"


def test_the_further_borders_are_moved_the_less_coders_agree():
    rows, texts = at_random(np.random.default_rng(2), n_documents=5)
    first = [row for row in rows if row[1] == "a"]
    found = [
        alphas(first + [(d, "b", c, start, end - cut) for d, _, c, start, end in first], texts)
        for cut in (0, 2, 4, 6)
    ]
    for measure in ("units", "characters"):
        assert np.diff([each.loc[measure, "alpha"] for each in found]).max() < 0


def test_coders_may_change_places():
    rows, texts = at_random(np.random.default_rng(3), n_documents=4)
    pd.testing.assert_frame_equal(alphas(rows, texts), alphas(rows, texts, coders=("b", "a")))


def test_texts_marked_from_end_to_end_are_undefined():
    rows = [(f"d{n}", coder, "claim", 0, 50) for n in range(3) for coder in "ab"]
    found = alphas(rows, documents(50, 50, 50))
    assert found["alpha"].isna().all()
    assert set(found["note"]) == {"no variation: undefined"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("d9", "a", "claim", 0, 5), "is of no document in the table"),
        (("d0", "a", "claim", 5, 5), "is empty"),
        (("d0", "a", "claim", 40, 60), "ends outside its document"),
        (("d0", "a", "claim", 8, 12), "overlaps the one before it"),
    ],
)
def test_what_is_refused(row, words):
    rows = [("d0", "a", "claim", 1, 10), ("d0", "b", "claim", 1, 10), row]
    with pytest.raises(TableError, match=words):
        measure_unitising(spans(*rows), documents(50), coders=["a", "b"])


def test_coders_must_be_two_and_there():
    rows = spans(("d0", "anna", "claim", 1, 10))
    with pytest.raises(ValueError, match=r"no coder 'ann'.*did you mean 'anna'"):
        measure_unitising(rows, documents(50), coders=["ann", "ben"])
    with pytest.raises(ValueError, match="agreement needs two or more"):
        measure_unitising(rows, documents(50), coders=["anna", "anna"])


MARKED = (("d0", "a", "k", 0, 5), ("d0", "b", "k", 2, 7))


@pytest.mark.parametrize("text", [None, ""])
def test_a_document_without_text_is_named(text):
    texts = documents(10, 10)
    texts["text"] = texts["text"].where(texts["doc_id"] != "d1", text)
    with pytest.raises(TableError, match="'d1' has no text, so nobody could mark"):
        measure_unitising(spans(*MARKED), texts, coders=["a", "b"])


def test_invented_texts_bear_no_agreement():
    texts = documents(10).assign(voice=pd.Categorical(["synthetic"]))
    with pytest.raises(TableError, match="are synthetic, first 'd0'"):
        measure_unitising(spans(*MARKED), texts, coders=["a", "b"])


def test_a_category_cannot_be_called_all():
    rows = [(doc, coder, "all", start, end) for doc, coder, _, start, end in MARKED]
    with pytest.raises(TableError, match=r"\(all\) stands for every category"):
        measure_unitising(spans(*rows), documents(10), coders=["a", "b"])
