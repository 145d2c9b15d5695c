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
        "She said that it pours.\n\nShe says that it hails."
    )
    assert days(text) == [THURSDAY, THURSDAY, THURSDAY]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Oslo said that it is dry.", THURSDAY),
        ("According to Oslo, it is dry.", THURSDAY),
        ("Oslo says that it is dry.", (None, None)),
        ("Oslo has said that it is dry.", (None, None)),
        ("Oslo had said that it is dry.", (None, None)),
        ("Oslo had said on Monday that it is dry.", (date(2019, 2, 18), "day")),
        ("The day before, Oslo said that it is dry.", (date(2019, 2, 20), "day")),
        ("A day later Oslo said that it is dry.", (date(2019, 2, 22), "day")),
    ],
)
def test_only_the_simple_past_goes_on_in_the_time_of_the_narration(text, last):
    assert days(f"Anna Keller said on Thursday that it rains.\n\n{text}") == [THURSDAY, last]


def test_a_day_of_the_narration_holds_where_nobody_spoke():
    text = "The two met in Oslo on Thursday.\n\nAnna Keller said that it rains."
    assert days(text) == [THURSDAY]


def test_a_speakers_first_sentence_takes_the_day_of_the_second():
    text = "It rains, Anna Keller said.\n\nAnna Keller told reporters on Thursday that it pours."
    assert days(text) == [THURSDAY, THURSDAY]


def test_the_background_takes_a_day_only_from_the_same_speaker_right_before():
    text = (
        "Anna Keller said on Thursday that it rains.\n\n"
        "In March 2015, Ida Holm said that it was dry. She said that it was cold. "
        "Olaf Berg has pointed out that it snowed."
    )
    assert days(text)[1:] == [(date(2015, 3, 1), "month")] * 2 + [(None, None)]


def test_a_day_of_the_month_is_of_the_month_told_before():
    text = "In February the two met again. Anna Keller wrote on the 3rd that it rains."
    assert days(text) == [(date(2019, 2, 3), "day")]


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
