import pytest

from analysis.language.lexicon import known_languages, load_language
from analysis.tables import VALUES


def test_a_language_is_read_once():
    assert load_language("en") is load_language("en")


def test_an_unknown_language_lists_the_known_ones():
    with pytest.raises(
        ValueError, match=r"no language 'xx'; there are \['de', 'en', 'fr', 'ja', 'und'\]"
    ):
        load_language("xx")


@pytest.mark.parametrize("code", known_languages())
def test_every_cue_has_a_class_of_the_table(code):
    cues = [form.cue for forms in load_language(code).cues.values() for form in forms]
    assert {cue.cue_class for cue in cues} <= set(VALUES["cue_class"])
    assert {cue.kind for cue in cues} <= {"verb", "noun", "preposition"}


@pytest.mark.parametrize("code", ["de", "en", "fr", "ja"])
def test_a_language_reports_in_every_way(code):
    cues = [form.cue for forms in load_language(code).cues.values() for form in forms]
    assert {cue.cue_class for cue in cues} == set(VALUES["cue_class"])
    assert len({cue.lemma for cue in cues if cue.kind == "verb"}) >= 40


@pytest.mark.parametrize(
    ("code", "word", "lemma", "form", "rest"),
    [
        ("fr", "déclaré", "déclarer", "participle", ()),
        ("fr", "précise", "préciser", "past", ()),
        ("de", "sagte", "sagen", "past", ()),
        ("de", "teilte", "mitteilen", "past", ("mit",)),
        ("ja", "述べた", "述べる", "past", ()),
    ],
)
def test_other_languages_list_their_forms(code, word, lemma, form, rest):
    found = load_language(code).cues[word]
    assert (lemma, form, rest) in {(one.cue.lemma, one.form, one.rest) for one in found}


@pytest.mark.parametrize("code", known_languages())
def test_every_language_answers_for_every_closed_class(code):
    assert set(load_language(code).sets) >= set(load_language("en").sets)


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
