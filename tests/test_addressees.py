"""Sentences beside whom they say that something was said to."""

import pytest
from bulletin import documents_of

from analysis.corpus.addressees import find_addressee
from analysis.corpus.attribution import read_text
from analysis.corpus.statements import extract_statements


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Keller told the Assembly that talks would go on.", "the Assembly"),
        ("Keller warned Oslo that time was short.", "Oslo"),
        ("“We agree,” Keller told reporters on Monday.", "reporters"),
        ("Keller said to reporters that talks would go on.", "reporters"),
        ("Keller said on Monday to the Herald that talks would go on.", "the Herald"),
        ("In a letter to Ida Holm, Keller said that talks would go on.", "Ida Holm"),
        ("Keller wrote in a message to the Assembly that talks would go on.", "the Assembly"),
        ("Keller urged Oslo to sign the treaty.", "Oslo"),
        ("Reporters were told that talks would go on.", "Reporters"),
        ("Keller said that talks would go on.", None),
        ("Keller promised to come to Oslo.", None),
        ("Keller asked to see the treaty.", None),
    ],
)
def test_a_hearer_is_named_beside_the_verb_or_with_a_letter(text, addressee):
    found = extract_statements(documents_of(text), tagger="rules")["addressee"].iloc[-1]
    assert (None if found != found else found) == addressee


def test_the_words_of_the_hearer_stand_in_the_text():
    reading = read_text("In a letter to Ida Holm, Keller said that it rains.", "en")
    ((start, end),) = find_addressee(reading, reading.attributions[0])
    assert reading.view.text[start:end] == "Ida Holm"


def test_other_languages_name_none():
    reading = read_text("„Wir kommen bald“, sagte Keller der Zeitung.", "de")
    assert find_addressee(reading, reading.attributions[0]) == ()
