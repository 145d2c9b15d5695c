from datetime import date

import pytest
from bulletin import documents_of

from analysis.corpus.statements import extract_statements


def days(text, published_on="2019-02-22"):
    table = extract_statements(documents_of(text, published_on=published_on))
    return [
        (None if day is None else day.date(), precision)
        for day, precision in zip(
            table["said_on"].astype(object).where(table["said_on"].notna(), None),
            table["said_precision"].astype(object).where(table["said_precision"].notna(), None),
            strict=True,
        )
    ]


THURSDAY = (date(2019, 2, 21), "day")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Anna Keller said on Thursday that it rains.", THURSDAY),
        ("On Thursday, Anna Keller said that it rains.", THURSDAY),
        ("It rains, Anna Keller said on Thursday.", THURSDAY),
        ("A note dated January 27, 1960, said that it rains.", (date(1960, 1, 27), "day")),
        ("The 1956 Treaty is old. The document said that it rains.", (date(1956, 1, 1), "year")),
        ("Anna Keller said that it rains.", (None, None)),
    ],
)
def test_the_text_tells_the_day(text, last):
    assert days(text)[-1] == last


def test_a_day_inside_the_content_is_not_the_day_of_speaking():
    assert days("Anna Keller said that Berg left on Monday.") == [(None, None)]


def test_the_day_carries_over_to_the_same_speaker_in_the_news():
    text = (
        "Anna Keller said on Thursday that it rains.\n\n"
        "She said that it pours.\n\nOslo said that it is dry."
    )
    assert days(text) == [THURSDAY, THURSDAY, (None, None)]


def test_the_same_day_is_that_of_the_statement_before():
    text = (
        "Anna Keller said on Thursday that it rains.\n\nIda Holm said the same day that it is dry."
    )
    assert days(text) == [THURSDAY, THURSDAY]


def test_a_day_told_earlier_in_the_paragraph_holds():
    text = "The two met on Thursday. Afterwards Anna Keller said that it rains."
    assert days(text) == [THURSDAY]


def test_the_day_of_publication_is_never_taken():
    assert days("Anna Keller said that it rains.", "2019-02-21") == [(None, None)]


def test_who_passes_a_statement_on_is_named():
    table = extract_statements(documents_of("Ida Holm said that Anna Keller said that it rains."))
    assert list(table["reported_by"].astype(object).where(table["reported_by"].notna(), None)) == [
        *(None, "Ida Holm")
    ]
