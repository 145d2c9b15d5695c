"""What the rules' agreement says of a find of the tagger."""

import numpy as np
import pytest

from analysis.corpus.agreement import ALONE, Rules, fit_agreement, known_cues, probability
from analysis.corpus.attribution import read_text
from analysis.corpus.tagger.linking import Link
from analysis.corpus.tagger.model import default_tagger
from analysis.language.lexicon import load_language

LANGUAGE = load_language("en")
TEXT = "Keller said that talks would go on. It rained in Northport."
RULES = Rules(read_text(TEXT, "en").attributions)
# Log odds of the tagger; contents that touch, are alike, are the same; a known word; intercept.
WEIGHTS = np.array([1.0, -0.5, 0.5, 1.0, 0.5, -0.5], np.float32)


def link(cue, content, confidence=0.8):
    places = [(TEXT.index(words), TEXT.index(words) + len(words)) for words in (cue, content)]
    return Link((), places[0], (places[1],), confidence)


def chance(found, weights=WEIGHTS):
    return probability(found, RULES.beside(found), known_cues(TEXT, found.cue, LANGUAGE), weights)


def test_the_rule_beside_a_find_shares_its_cue():
    assert RULES.beside(link("said", "talks would go on")).lemma == "say"
    assert RULES.beside(link("rained", "in Northport")) is None


def test_the_taggers_own_probability_stands_alone():
    assert chance(link("said", "talks would go on", 0.7), ALONE) == pytest.approx(0.7)


def test_agreement_makes_a_find_likelier():
    same = chance(link("said", "that talks would go on"))
    nobody = chance(link("rained", "in Northport"))
    assert same > 0.8 > nobody


def test_the_log_odds_add_up():
    # ln(.8 / .2) + 1.0 (the same content) + 0.5 (a known word) - 0.5
    expected = 1 / (1 + np.exp(-(np.log(4) + 1.0)))
    assert chance(link("said", "that talks would go on")) == pytest.approx(expected)


def test_words_of_the_lexicon_are_known():
    assert [cue.lemma for cue in known_cues(TEXT, (7, 11), LANGUAGE)] == ["say"]
    assert known_cues(TEXT, (39, 45), LANGUAGE) == []


def test_without_right_and_wrong_finds_nothing_is_learnt():
    records = [{"doc_id": "a", "text": "It rained.", "attributions": []}]
    assert fit_agreement(default_tagger(), records, "en").tolist() == ALONE.tolist()
