"""The tagger's links and the rules' finds in one reading."""

from analysis.corpus.agreement import ALONE
from analysis.corpus.attribution import read_text
from analysis.corpus.tagged import SHORT_CHARS, join_links
from analysis.corpus.tagger.linking import Link
from analysis.language.lexicon import load_language

LANGUAGE = load_language("en")
LONG = " It rained." * (SHORT_CHARS // 10)


def place(text, words):
    start = text.index(words)
    return start, start + len(words)


def link(text, source, cue, content, confidence=0.9):
    sources = (place(text, source),) if source else ()
    return Link(sources, place(text, cue), (place(text, content),), confidence)


def joined(text, *links):
    reading = join_links(read_text(text, "en"), links, LANGUAGE, ALONE)
    return [
        (
            "; ".join(text[slice(*span)] for span in found.source),
            "; ".join(text[slice(*span)] for span in found.cue),
            "; ".join(text[slice(*span)] for span in found.content),
            found.pattern,
        )
        for found in reading.attributions
    ]


def test_in_a_whole_text_the_taggers_spans_stand():
    text = "Keller said talks would go on in May." + LONG
    found = link(text, "Keller", "said", "talks would go on")
    assert joined(text, found) == [("Keller", "said", "talks would go on", "tagged")]


def test_the_rules_say_what_kind_of_cue_it_is():
    text = "Keller denied that talks would go on." + LONG
    reading = join_links(
        read_text(text, "en"),
        [link(text, "Keller", "denied", "that talks would go on")],
        LANGUAGE,
        ALONE,
    )
    assert [found.cue_class for found in reading.attributions] == ["deny"]


def test_a_source_that_the_tagger_misses_is_the_rules():
    text = "Keller said that talks would go on." + LONG
    found = link(text, None, "said", "that talks would go on")
    assert joined(text, found)[0][0] == "Keller"


def test_what_is_less_likely_than_not_is_left_out():
    text = "Keller said that talks would go on." + LONG
    assert joined(text, link(text, "Keller", "said", "that talks would go on", 0.4)) == []


def test_in_a_short_text_the_rules_stand():
    text = "Keller said that talks would go on."
    found = link(text, "Keller", "said", "talks would go on")
    assert joined(text, found) == [("Keller", "said", "that talks would go on", "cue_that")]


def test_a_transcript_is_read_by_the_rules():
    text = "KELLER: We have made progress.\nHOLM: Not enough." + LONG
    assert [row[0] for row in joined(text)] == ["KELLER", "HOLM"]


def test_no_link_outside_the_body_of_a_bulletin_stands():
    text = "KELLER SAYS NO\n\n22.02.2019\n\nIt rained." + LONG
    assert joined(text, link(text, "KELLER", "SAYS", "NO")) == []
