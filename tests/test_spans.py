from analysis.corpus.grammar import Span
from analysis.corpus.spans import CONFIDENCE, PATTERNS, Attribution


def test_every_pattern_has_its_confidence():
    assert CONFIDENCE.keys() == PATTERNS.keys()
    assert all(0 < figure < 1 for figure in CONFIDENCE.values())


def test_the_hull_reaches_from_the_first_part_to_the_last():
    found = Attribution((), (), (Span(3, 5), Span(9, 12)), "around", Span(0, 13))
    assert found.hull == (3, 12)
