import pytest

from analysis.corpus.frame_words import cue_span, find_verbs, subject_behind, subject_in_front
from analysis.corpus.grammar import read_sentence
from analysis.language.lexicon import load_language


def sentence_of(text, code):
    return read_sentence(text, 0, len(text), [], load_language(code))


@pytest.mark.parametrize(
    ("code", "text", "cue"),
    [
        ("fr", "Le ministre a clairement dit non", "a clairement dit"),
        ("fr", "dit-elle", "dit"),
        ("fr", "a-t-elle dit", "dit"),
        ("de", "Keller räumte einen Fehler ein", "räumte"),
        ("de", "hat die Ministerin gesagt", "gesagt"),
    ],
)
def test_a_verb_is_found_with_its_helpers(code, text, cue):
    (verb,) = find_verbs(sentence_of(text, code))
    assert text[slice(*cue_span(sentence_of(text, code), verb))] == cue


def test_a_verb_with_a_particle_needs_it():
    assert list(find_verbs(sentence_of("Keller teilte das Brot", "de"))) == []


@pytest.mark.parametrize(
    ("code", "text", "subject"),
    [
        ("de", "sagte die Sprecherin der Partei am Freitag", "die Sprecherin der Partei"),
        ("de", "sagte Keller dem Sender", "Keller"),
        ("fr", "a dit le chef du gouvernement devant la presse", "le chef du gouvernement"),
        ("fr", "a dit vendredi", None),
    ],
)
def test_the_subject_behind_a_verb_ends_before_hearers_and_days(code, text, subject):
    sentence = sentence_of(text, code)
    (verb,) = find_verbs(sentence)
    found = subject_behind(sentence, verb)
    assert (found and text[slice(*found[0])]) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Vendredi, le ministre a dit", "le ministre"),
        ("Jean Keller, le ministre, a dit", "Jean Keller, le ministre"),
        ("Le ministre est parti et a dit", None),
    ],
)
def test_the_subject_before_a_verb_is_without_what_leads_the_sentence(text, subject):
    sentence = sentence_of(text, "fr")
    (verb,) = find_verbs(sentence)
    found = subject_in_front(sentence, verb.first)
    assert (found and text[slice(*found)]) == subject
