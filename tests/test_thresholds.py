"""What is kept and what is lost where only surer statements are used."""

import pytest

from analysis.corpus.documents import load_documents_from
from analysis.corpus.scoring import load_gold, score_statements
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.corpus.thresholds import score_thresholds
from analysis.tables import THRESHOLDS, check_table


@pytest.fixture(scope="module")
def read(request):
    """Some annotated bulletins, and what the extractor finds in them."""
    folder = request.config.rootpath / "data" / "raw" / "exercise"
    documents = load_documents_from(sorted(folder.glob("bulletins/*.txt"))[:8]).documents
    gold = load_gold(folder / "gold.jsonl")
    gold = gold[gold["doc_id"].isin(documents["doc_id"])].reset_index(drop=True)
    statements = extract_statements(documents)
    return statements, extract_spans(documents, statements), gold, documents


def test_without_a_threshold_it_is_the_score_of_all(read):
    table = check_table(score_thresholds(*read), THRESHOLDS)
    scores = score_statements(*read).set_index("part").loc["content"]
    first = table.set_index("threshold").loc[0.0]
    assert first[["n_found", "n_right"]].tolist() == scores[["n_found", "n_right"]].tolist()
    assert first["f1"] == pytest.approx(scores["f1"])


def test_the_more_is_asked_the_less_is_found(read):
    table = score_thresholds(*read)
    assert table["n_found"].is_monotonic_decreasing
    assert table["recall"].is_monotonic_decreasing
    assert table["n_gold"].nunique() == 1
    kept = (read[0]["confidence"] >= 0.9).sum()
    assert table["n_found"].iloc[-1] <= kept
    assert (table["precision"] * table["n_found"]).tolist() == pytest.approx(
        table["n_right"].astype("float64").tolist()
    )
