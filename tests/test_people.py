from bulletin import ENGLISH

from analysis.corpus.grammar import Span
from analysis.corpus.people import find_people, find_places, find_things, plain_words, split_name


def test_a_title_is_split_from_a_name():
    assert split_name("Norwegian Foreign Minister Anna Keller", ENGLISH) == (
        *("Anna Keller", "foreign minister", "Norway"),
    )
    assert split_name("Norwegian Foreign Minister", ENGLISH)[0] == ""


def test_people_are_found_with_title_or_two_names():
    text = "On Friday Norwegian President Olaf Berg met Ida Holm. Berg left the Harbour Council."
    people = list(find_people(text, [Span(0, len(text))], ENGLISH))
    assert [(p.name, p.role, p.country) for p in people] == [
        ("Olaf Berg", "president", "Norway"),
        ("Ida Holm", "", None),
        ("Berg", "", None),
    ]
    assert all(text[p.start :].startswith(("Norwegian", "Ida", "Berg")) for p in people)
    assert [p.leads for p in people] == [True, False, True]


def test_papers_and_bodies_are_found_by_more_than_their_kind():
    text = "The 1956 Joint Declaration binds the Harbour Council. The Document does not."
    spans = [Span(0, len(text))]
    assert [(p.name, p.head) for p in find_things(text, spans, ENGLISH, "papers")] == [
        ("1956 Joint Declaration", "declaration")
    ]
    assert [b.name for b in find_things(text, spans, ENGLISH, "bodies")] == ["Harbour Council"]


def test_places_are_found_in_order():
    found = find_places("the Danish embassy in Oslo", ENGLISH)
    assert [(place.country, place.by) for place, _ in found] == [
        ("Denmark", "people"),
        ("Norway", "seat"),
    ]


def test_words_are_plain():
    assert plain_words("Norway's TOP diplomat") == ["norway", "top", "diplomat"]
