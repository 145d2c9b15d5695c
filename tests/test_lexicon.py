import pytest

from analysis.language.lexicon import known_languages, load_language
from analysis.tables import VALUES


def test_a_language_is_read_once():
    assert load_language("en") is load_language("en")


def test_an_unknown_language_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"no language 'xx'; there are \['en'\]"):
        load_language("xx")


@pytest.mark.parametrize("code", known_languages())
def test_every_cue_has_a_class_of_the_table(code):
    cues = [form.cue for forms in load_language(code).cues.values() for form in forms]
    assert {cue.cue_class for cue in cues} == set(VALUES["cue_class"])
    assert {cue.kind for cue in cues} == {"verb", "noun", "preposition"}


def test_a_cue_is_found_by_each_of_its_forms():
    cues = load_language("en").cues
    assert {
        form.cue.lemma for word in ("say", "says", "said", "saying") for form in cues[word]
    } == {"say"}
    longest = cues["pointed"][0]
    assert (longest.cue.lemma, longest.rest) in {("point out", ("out",)), ("point to", ("to",))}


@pytest.mark.parametrize(
    ("name", "country", "by"),
    [
        ("norway", "Norway", "name"),
        ("danish", "Denmark", "people"),
        ("oslo", "Norway", "seat"),
        ("great britain", "United Kingdom", "name"),
    ],
)
def test_places_are_known_by_name_people_and_seat(name, country, by):
    place = load_language("en").places[name]
    assert (place.country, place.by) == (country, by)


def test_places_cover_the_world():
    assert len({place.country for place in load_language("en").places.values()}) >= 190
