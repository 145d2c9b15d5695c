"""What each pattern finds."""

import pandas as pd

from analysis.codebook import Codebook, Frame
from analysis.features.pattern_report import report_patterns
from analysis.tables import PATTERN_REPORT, check_table

BOOK = Codebook(
    version="1",
    frames={
        "peace": Frame(
            code="peace",
            label="Peace",
            patterns=("peace", "peace treat*", "truce"),
            not_patterns=("peace of cake",),
        ),
        "law": Frame(code="law", label="Law", patterns=("law*",)),
    },
)
TEXTS = pd.Series(
    {
        "a": "Peace now. A Peace\nTreaty!",
        "b": "A peace treaty is lawful; a peace of cake is not.",
        "c": "Laws and law.",
    }
)


def test_hits_units_and_what_is_lost_without_a_pattern():
    found = check_table(report_patterns(TEXTS, BOOK), PATTERN_REPORT)
    told = found.set_index(["code", "pattern"])[["n_hits", "n_units", "n_alone"]]
    assert told.to_dict("index") == {
        ("peace", "peace"): {"n_hits": 3, "n_units": 2, "n_alone": 0},
        ("peace", "peace treat*"): {"n_hits": 2, "n_units": 2, "n_alone": 0},
        ("peace", "truce"): {"n_hits": 0, "n_units": 0, "n_alone": 0},
        ("law", "law*"): {"n_hits": 3, "n_units": 2, "n_alone": 2},
    }


def test_forms_and_examples():
    found = report_patterns(TEXTS, BOOK, n_forms=1, n_examples=2).set_index("pattern")
    assert found.loc["peace treat*", "forms"] == "peace treaty (2)"
    assert pd.isna(found.loc["truce", "forms"])
    examples = found.loc["law*", "examples"].split("\n")
    assert len(examples) == 2
    assert examples[0] == ("b: …A peace treaty is lawful; a peace of cake is not.…")
