import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.quotes import find_quotes


def quoted(text):
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs += [(at, at + len(line))] if line else []
        at += len(line) + 1
    quotes, warnings = find_quotes(text, paragraphs)
    return [text[q.start : q.end] for q in quotes], warnings


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"Yes," she said.', ['"Yes,"']),
        ("“Yes,” she said.", ["“Yes,”"]),
        ("„Ja“, sagte sie.", ["„Ja“"]),
        ("Il a dit : « Oui. »", ["« Oui. »"]),
        ("»Ja«, sagte sie.", ["»Ja«"]),
        ("‹Oui› dit-il", ["‹Oui›"]),
        ("外相は「はい」と", ["「はい」"]),
        ("``Yes,'' she said", ["``Yes,''"]),
        ("'Yes,' she said", ["'Yes,'"]),
        ("‘Yes,’ she said", ["‘Yes,’"]),
        ('“Yes," she said', ['“Yes,"']),
        ("“He told me ‘never’ twice,” she said", ["“He told me ‘never’ twice,”"]),
        ("“we shouldn‘t rush” on", ["“we shouldn‘t rush”"]),
    ],
)
def test_marks_of_every_family(text, quotes):
    assert quoted(text) == (quotes, [])


@pytest.mark.parametrize(
    "text",
    ["The ministers' aides said they hadn't seen it.", "in the '90s they'd", "rock 'n' roll"],
)
def test_an_apostrophe_is_no_mark(text):
    assert quoted(text)[0] == []


def test_an_odd_mark_costs_a_warning_not_the_text():
    quotes, warnings = quoted('The screen was 27" wide. “No,” he said.')
    assert quotes == ["“No,”"]
    assert warnings == ['a stray " at 17']


def test_an_open_quotation_ends_with_its_paragraph():
    quotes, warnings = quoted("“Yes,” she said, “and we\nare here.")
    assert quotes == ["“Yes,”", "“and we"]
    assert warnings == ["the quotation at 17 is not closed"]


def test_a_reopened_paragraph_goes_on():
    text = "“One.\n“Two.\n“Three.”"
    quotes, warnings = find_quotes(text, [(0, 5), (6, 11), (12, 20)])
    assert [q.continues for q in quotes] == [False, True, True]
    assert warnings == []


@given(st.text(alphabet="ab ,.s\n\"“”‘’'„«»‹›「」`", max_size=80))
def test_quotations_lie_in_order_inside_the_text(text):
    quotes, _ = find_quotes(text, [(0, len(text))])
    ends = [0]
    for quote in quotes:
        assert ends[-1] <= quote.start < quote.end <= len(text)
        ends.append(quote.end)
