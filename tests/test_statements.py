from pathlib import Path

import pandas as pd
import pytest
from bulletin import BULLETIN, CODEBOOK, documents_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import load_codebook
from analysis.corpus.attribution import read_text
from analysis.corpus.documents import load_documents_from
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.errors import TableError
from analysis.tables import SPANS, STATEMENTS, check_table

HERE = Path(__file__).resolve()
SEED = HERE.parents[2] / "shared" / "data" / "seed"


def parts_of(text, spans, statement_id, role):
    """Return what the spans of a statement's role give back, as the statements table joins it."""
    mine = spans[(spans["statement_id"] == statement_id) & (spans["role"] == role)]
    return " … ".join(text[s:e] for s, e in zip(mine["start"], mine["end"], strict=True))


def test_a_bulletin_gives_its_statements():
    table = check_table(extract_statements(documents_of(BULLETIN), codebook=CODEBOOK), STATEMENTS)
    assert list(table["statement_id"]) == ["d1:1", "d1:2", "d1:3", "d1:4"]
    assert list(table["speaker"][:2]) == ["Anna Keller", "Anna Keller"]
    assert list(table["actor"]) == ["North", "North", "North; South", "North; South"]
    assert list(table["layer"]) == ["news", "news", "background", "background"]
    assert list(table["content"])[1] == '"We want calm waters," … "As of now, we see no answer."'
    assert table["duplicate_of"].dropna().to_dict() == {3: "d1:3"}


def test_statements_join_into_utterances_and_episodes():
    texts = [
        "Anna Keller said on 1 May 2019 that it rains. She said that it pours.",
        "Ida Holm said on 4 May 2019 that it is dry.",
        "Ida Holm said on 8 May 2019 that it is dry again.",
        "Ida Holm said in March 2018 that it was cold. In 1956, Olaf Berg said that it was warm.",
        "Ida Holm said that nobody knows.",
    ]
    table = extract_statements(documents_of(*texts, published_on="2019-05-09"))
    assert list(table["episode_id"])[:-1] == [
        *("E20190501", "E20190501", "E20190501", "E20190508", "E201803", "E1956")
    ]
    assert pd.isna(list(table["episode_id"])[-1])
    assert list(table["utterance_id"])[:3] == ["d1:u1", "d1:u1", "d2:u1"]


def test_a_paragraph_that_stood_in_an_earlier_document_is_a_copy():
    story = "Anna Keller said on Thursday that the talks on the harbour would go on next week."
    table = extract_statements(documents_of(story, f"Other news.\n\n{story}"))
    assert list(table["duplicate_of"].dropna()) == ["d1:1"]


def test_confidence_is_in_the_content_and_not_in_who_speaks():
    table = extract_statements(documents_of("Two men said that it rains. Oslo said that it rains."))
    assert table["confidence"][0] == table["confidence"][1]


def test_no_document_gives_an_empty_table():
    documents = documents_of("Nothing is said here.")
    table = extract_statements(documents)
    assert check_table(table, STATEMENTS).empty
    assert check_table(extract_spans(documents, table), SPANS).empty


def test_an_unknown_language_lists_the_known_ones():
    documents = documents_of("Keller said no.").assign(language=pd.Categorical(["xx"]))
    known = r"\['de', 'en', 'fr', 'ja', 'und'\]"
    with pytest.raises(ValueError, match=rf"no language 'xx'; there are {known}"):
        extract_statements(documents)


def test_spans_of_other_documents_are_refused():
    documents = documents_of("Keller said that it rains.")
    table = extract_statements(documents)
    with pytest.raises(TableError, match="'d1:1' was not extracted from these documents"):
        extract_spans(documents_of("Nothing is said here."), table)
    with pytest.raises(TableError, match="'d1:1' was extracted from another text"):
        extract_spans(documents_of("Then Keller said that it rains."), table)


PIECES = [
    *(
        "Keller ",
        "said ",
        "that ",
        "“",
        "”",
        '"',
        "'",
        ", ",
        ". ",
        "he ",
        "and ",
        "told ",
        "Norways ",
    ),
    *(
        "\n\n",
        "on Thursday ",
        "The document ",
        "according to ",
        "---\n",
        "22.02.2019\n",
        "[ ]",
        "didnt ",
    ),
    *(
        "KELLER: ",
        "the minister ",
        "Anna Keller ",
        "The 1956 Treaty ",
        "the same day ",
        "\r\n",
        "İ",
    ),
]
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=50).map("".join),
)


@settings(max_examples=100)
@given(TEXTS)
def test_any_text_gives_its_spans_back_and_the_same_table_twice(text):
    documents = documents_of(text)
    table = extract_statements(documents)
    for row in table.itertuples(index=False):
        assert 0 <= row.start < row.end <= len(text)
    spans = extract_spans(documents, table)
    for row in spans.itertuples(index=False):
        assert 0 <= row.start < row.end <= len(text)
    for row in table.itertuples(index=False):
        parts = spans[(spans["statement_id"] == row.statement_id) & (spans["role"] == "content")]
        assert (
            " … ".join(text[s:e] for s, e in zip(parts["start"], parts["end"], strict=True))
            == row.content
        )
        assert (parts["start"].min(), parts["end"].max()) == (row.start, row.end)
    read_text.cache_clear()
    pd.testing.assert_frame_equal(extract_statements(documents), table)


needs_seed = pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/data/seed")


@pytest.fixture(scope="module")
def documents():
    return load_documents_from([SEED]).check().documents


@pytest.fixture(scope="module", params=[True, False], ids=["codebook", "no codebook"])
def statements(documents, request):
    path = HERE.parents[1] / "data" / "raw" / "russia_japan" / "codebook.toml"
    return extract_statements(documents, codebook=load_codebook(path) if request.param else None)


@needs_seed
def test_the_real_bulletins_layout_is_read_whole(documents):
    row = documents.iloc[0]
    assert row["title"].endswith("ONLY WITH [ ] NEIGHBORLINESS' PROVISION")
    assert row["published_on"] == pd.Timestamp("2019-02-22")
    assert row["outlet"] == "Russian News Agency"
    assert row["url"].endswith("/world/1045872")


@needs_seed
def test_the_real_bulletin_has_six_statements_of_the_day_before(statements):
    news = statements[statements["layer"] == "news"]
    assert list(news["source"]) == [
        *("Russian Foreign Minister Sergey Lavrov", "Lavrov", "the Russian Foreign Minister"),
        *("Russias top diplomat", "the Russian minister", "he"),
    ]
    assert set(news["speaker"]) == {"Sergey Lavrov"}
    assert set(news["actor"]) == {"Russia"}
    assert set(news["said_on"]) == {pd.Timestamp("2019-02-21")}
    assert news["duplicate_of"].isna().all()


@needs_seed
def test_the_real_bulletins_background_has_four_more_with_days_of_their_own(statements):
    old = statements[statements["layer"] == "background"]
    first = old[old["duplicate_of"].isna()]
    assert len(first) == 4
    assert "Sergey Lavrov" not in set(first["speaker"])
    assert first["said_on"].tolist()[:3] == [
        *(pd.Timestamp("2018-11-01"), pd.Timestamp("1956-01-01"), pd.Timestamp("1960-01-27"))
    ]
    assert list(first["said_precision"])[:3] == ["month", "year", "day"]
    assert pd.isna(first["said_on"].tolist()[3])
    assert first["speaker"].isna().tolist()[1:] == [True, True, True]
    assert first["actor"].tolist()[2] in {"USSR", "Soviet Union"}  # as the codebook calls it
    assert first["actor"].tolist()[3] == "Russia"
    assert (first["speaker"].tolist()[0], first["actor"].tolist()[0]) == (
        *("Vladimir Putin; Shinzo Abe", "Russia; Japan"),
    )


@needs_seed
def test_the_real_bulletins_doubled_paragraphs_are_marked_and_counted_once(statements):
    copies = statements[statements["duplicate_of"].notna()]
    originals = statements.set_index("statement_id").loc[copies["duplicate_of"]]
    assert len(copies) == 4
    assert list(copies["content"]) == list(originals["content"])


@needs_seed
def test_every_span_gives_the_real_bulletins_untouched_text_back(documents, statements):
    text = documents["text"][0]
    assert text == next(SEED.glob("*.txt")).read_bytes().decode("utf-8")
    spans = extract_spans(documents, statements)
    for row in statements.itertuples(index=False):
        for role in ("source", "cue", "content"):
            assert parts_of(text, spans, row.statement_id, role) == getattr(row, role)
