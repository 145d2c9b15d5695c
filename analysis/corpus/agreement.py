"""How sure a find of the tagger is once the rules have been heard.

Tagger and rules err in different ways: what both find is right more often than the tagger's
probability alone says, and what the rules do not know less often.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from analysis.corpus.attribution import Reading, read_text
from analysis.corpus.scoring import pair_contents, word_places
from analysis.corpus.spans import Attribution, Spans
from analysis.corpus.tagger.confidence import fit_logistic
from analysis.corpus.tagger.linking import Link, tag_texts
from analysis.corpus.tagger.model import Tagger
from analysis.corpus.tagger.network import Floats
from analysis.language.lexicon import Cue, Language, load_language
from analysis.language.tokens import token_spans

# Contents are alike from the first share of signs in common on (Dice), the same from the second.
ALIKE, SAME = 0.5, 0.9
# With these weights the tagger's own probability stands.
ALONE = np.array([1, 0, 0, 0, 0, 0], np.float32)
# Keeps the log odds of a probability of 0 or 1 finite.
TINY = 1e-6


class Rules:
    """The attributions of the rules, to be asked for the one that shares a find's cue."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        cued = (rule for rule in attributions if rule.cue and not rule.nested)
        self._rules = sorted(cued, key=lambda rule: rule.cue[0])
        self._starts = [rule.cue[0].start for rule in self._rules]

    def beside(self, link: Link) -> Attribution | None:
        """Return the attribution whose cue shares words with the link's, or None."""
        before = bisect_left(self._starts, link.cue[1]) - 1
        if before < 0 or self._rules[before].cue[0].end <= link.cue[0]:
            return None
        return self._rules[before]


def known_cues(text: str, cue: Sequence[int], language: Language) -> list[Cue]:
    """Return the reporting words of the lexicon among the words of a cue."""
    words = text[slice(*cue)].lower().replace("’", "'").split()
    return [form.cue for word in words for form in language.cues.get(word, ())]


def probability(
    link: Link, rule: Attribution | None, cues: Sequence[Cue], weights: Floats
) -> float:
    """Return how likely a find is right, given the rule beside it and its known cues."""
    total = float(_evidence(link, rule, cues) @ weights[:-1] + weights[-1])
    return 1 / (1 + float(np.exp(-total)))


def fit_agreement(tagger: Tagger, records: Sequence[Mapping[str, Any]], language: str) -> Floats:
    """Return the weights of the evidence and, last, the intercept.

    `records` are annotated texts that the tagger was not trained on. Without right and wrong
    finds among them the tagger's own probability stands.
    """
    lexicon = load_language(language)
    readings = [read_text(record["text"], language) for record in records]
    links = tag_texts([reading.view.text for reading in readings], tagger)
    evidence: list[Floats] = []
    right: list[bool] = []
    for record, reading, found in zip(records, readings, links, strict=True):
        rules = Rules(reading.attributions)
        for link in found:
            cues = known_cues(reading.view.text, link.cue, lexicon)
            evidence.append(_evidence(link, rules.beside(link), cues))
        right += _right(record, reading, found)
    if len(set(right)) < 2:
        return ALONE
    weights = fit_logistic(np.array(evidence, np.float64), np.array(right, np.float64))
    return weights.astype(np.float32)


def _evidence(link: Link, rule: Attribution | None, cues: Sequence[Cue]) -> Floats:
    chance = min(max(link.confidence, TINY), 1 - TINY)
    shared = 0.0 if rule is None else _dice(link.content, rule.content)
    levels = [0 < shared < ALIKE, ALIKE <= shared < SAME, shared >= SAME, bool(cues)]
    return np.array([np.log(chance / (1 - chance)), *levels], np.float32)


def _dice(one: Sequence[Sequence[int]], other: Spans) -> float:
    sizes = sum(end - start for spans in (one, other) for start, end in spans)
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return 2 * shared / sizes if sizes else 0.0


def _right(record: Mapping[str, Any], reading: Reading, found: Sequence[Link]) -> list[bool]:
    """Say of each find whether an annotated attribution has its content."""
    tokens = token_spans(record["text"])
    ours = [[reading.view.original_span(*span) for span in link.content] for link in found]
    wanted = [word_places(entry["content"], tokens) for entry in record["attributions"]]
    offered = [word_places(spans, tokens) for spans in ours]
    right = {place for _, place in pair_contents(wanted, offered)}
    return [place in right for place in range(len(found))]
