import pytest

from analysis.corpus import readings
from analysis.corpus.readings import read_texts

TEXT = "Talks will go on, Foreign Minister Anna Keller said on Monday. " * 3 + "It rained. " * 40


def patterns(tagger, text=TEXT, language="en"):
    (reading,) = read_texts([text], [language], tagger=tagger)
    return {found.pattern for found in reading.attributions}


def test_the_rules_alone_tag_nothing():
    assert "tagged" not in patterns("rules")


@pytest.mark.skipif(readings.default_tagger() is None, reason="needs the tagger's weights")
def test_the_trained_tagger_reads_a_whole_text():
    assert "tagged" in patterns("crf")


def test_without_weights_the_rules_stand_in(monkeypatch):
    monkeypatch.setattr(readings, "default_tagger", lambda: None)
    assert patterns("crf") == patterns("rules")


def test_an_unknown_tagger_lists_the_known():
    with pytest.raises(ValueError, match=r"no tagger 'cfr'; there are \['crf', 'rules'\]"):
        list(read_texts([TEXT], ["en"], tagger="cfr"))


def test_readings_come_in_the_order_of_the_texts():
    texts = [f"Keller said that it rains in place {number}." for number in range(70)]
    found = [reading.text for reading in read_texts(texts, ["en"] * 70)]
    assert found == texts


def test_a_text_read_a_moment_ago_is_not_read_again():
    first, second = (list(read_texts([TEXT, TEXT], ["en", "en"])) for _ in range(2))
    assert first[0] is first[1] is second[0]


def test_no_more_than_the_last_texts_are_kept():
    texts = [f"Keller said that it rains in place {n}." for n in range(readings.KEPT + 10)]
    list(read_texts(texts, ["en"] * len(texts)))
    assert len(readings._last_read) == readings.KEPT
