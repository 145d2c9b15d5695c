"""Speech at second hand, beside who speaks and who passes it on."""

import pytest
from bulletin import documents_of

from analysis.corpus.relays import reporter_in
from analysis.corpus.statements import extract_statements


def rows(text):
    table = extract_statements(documents_of(text), tagger="rules")
    wanted = table[["source", "content", "reported_by"]].astype(object)
    return [tuple(row) for row in wanted.where(wanted.notna(), None).itertuples(index=False)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "The Herald quoted Anna Keller as saying that talks would go on.",
            ("Anna Keller", "that talks would go on", "The Herald"),
        ),
        (
            "Anna Keller was quoted by the Herald as saying that talks would go on.",
            ("Anna Keller", "that talks would go on", "the Herald"),
        ),
        (
            "“We agree,” Anna Keller was quoted as saying by the Herald.",
            ("Anna Keller", "“We agree,”", "the Herald"),
        ),
        (
            "Anna Keller was quoted as saying that talks would go on.",
            ("Anna Keller", "that talks would go on", None),
        ),
        (
            "The Herald reported that Anna Keller said that talks would go on.",
            ("Anna Keller", "that talks would go on", "The Herald"),
        ),
        (
            "Ida Holm said that it rained. She said that Anna Keller said that talks would go on.",
            ("Anna Keller", "that talks would go on", "Ida Holm"),
        ),
        (
            "According to the Herald, Anna Keller said that talks would go on.",
            ("Anna Keller", "that talks would go on", "the Herald"),
        ),
        (
            "Anna Keller said that talks would go on.",
            ("Anna Keller", "that talks would go on", None),
        ),
    ],
)
def test_who_is_quoted_speaks_and_who_quotes_reports(text, last):
    assert rows(text)[-1] == last


def test_a_quotation_of_a_person_is_one_statement():
    assert len(rows("The Herald quoted Anna Keller as saying that talks would go on.")) == 1


@pytest.mark.parametrize(
    ("sentence", "reporter"),
    [
        ("Keller was quoted by the Herald as saying", "the Herald"),
        ("Keller was quoted as saying by Herald News on Monday", "Herald News"),
        ("According to the Herald, Keller said", "the Herald"),
        ("Keller said", None),
        ("Keller stood by the river", None),
    ],
)
def test_a_reporter_is_named_by_few_words(sentence, reporter):
    assert reporter_in(sentence) == reporter
