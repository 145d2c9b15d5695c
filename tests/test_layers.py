from datetime import date

import pytest
from bulletin import documents_of

from analysis.corpus.dates import Said
from analysis.corpus.layers import is_old
from analysis.corpus.statements import extract_statements

NEWS = "Anna Keller said on Thursday that the talks would go on."


def layers(*paragraphs, published_on="2019-02-22"):
    table = extract_statements(documents_of("\n\n".join(paragraphs), published_on=published_on))
    return list(table["layer"])


@pytest.mark.parametrize(
    ("said", "old"),
    [
        (Said(date(2019, 2, 16), "day"), False),
        (Said(date(2019, 2, 15), "day"), True),
        (Said(date(2019, 2, 1), "month"), False),
        (Said(date(2019, 1, 1), "month"), True),
        (Said(date(2019, 1, 1), "year"), False),
        (Said(date(1956, 1, 1), "year"), True),
    ],
)
def test_old_is_what_lies_more_than_six_days_back(said, old):
    assert is_old(said, date(2019, 2, 22)) is old
    assert is_old(said, None) is False


def test_history_at_the_end_is_background_until_the_news_comes_back():
    assert layers(
        NEWS,
        "In November 2018, Olaf Berg and Ida Holm agreed that they would meet.",
        "Norway has pointed out on numerous occasions that the paper is unclear.",
        "Ida Holm said on Friday that she would come.",
    ) == ["news", "background", "background", "news"]


def test_the_first_paragraph_is_news():
    assert layers("Since 1956, Norway has said that it rains.") == ["news"]


def test_without_a_day_of_publication_nothing_is_background():
    assert layers(NEWS, "In 1956, Olaf Berg said that it rains.", published_on=None) == [
        "news",
        "news",
    ]
