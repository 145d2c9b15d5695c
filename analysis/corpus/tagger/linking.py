"""From labels to attributions: segments, the cue that each belongs to, and how sure that is.

The labels say of every source and content on which side its cue stands, so that linking is
looking for the nearest cue on that side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import numpy as np

from analysis.corpus.tagger.chain import Labels
from analysis.corpus.tagger.model import Tagger, label_tokens
from analysis.corpus.tagger.network import Floats, Numbers
from analysis.corpus.tagger.reading import Tokens, read_tokens

# The label that begins a segment; the next number goes on with it. 0 is outside.
CUE, SOURCE_RIGHT, SOURCE_LEFT, CONTENT_RIGHT, CONTENT_LEFT = 1, 3, 5, 7, 9
SOURCES, CONTENTS = (SOURCE_RIGHT, SOURCE_LEFT), (CONTENT_RIGHT, CONTENT_LEFT)
# Paragraphs between a content and its cue, at the most.
REACH = 2
TINY = 1e-4

Stretch = tuple[int, int]


@dataclass(frozen=True)
class Link:
    """An attribution in half-open code-point offsets, and the probability that it is one."""

    source: tuple[Stretch, ...]
    cue: Stretch
    content: tuple[Stretch, ...]
    confidence: float


def tag_texts(texts: Sequence[str], tagger: Tagger) -> list[list[Link]]:
    """Find the attributions of texts; all at once is faster than one by one.

    Returns
    -------
    The links of each text, in the order of their cues.
    """
    read = [read_tokens(text) for text in texts]
    if not any(t.forms for t in read):
        return [[] for _ in read]
    labels, chances, bounds = label_tokens(read, tagger)
    weights = tagger.weights["confidence"]
    return [
        link_labels(t, labels[a:b], chances[a:b], weights)
        for t, a, b in zip(read, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    ]


def link_labels(t: Tokens, labels: Labels, chances: Floats, weights: Floats) -> list[Link]:
    """Return the attributions of one text from its labels and their probabilities."""
    found = []
    evidence = Evidence(chances)
    for cue, source, content in link_segments(t, labels):
        known = evidence.of(cue, source, content)
        chance = 1 / (1 + exp(-float(known @ weights[:-1] + weights[-1])))
        found.append(
            Link(
                source=tuple(_characters(t, source)),
                cue=(int(t.starts[cue[0]]), int(t.ends[cue[1] - 1])),
                content=tuple(_characters(t, content)),
                confidence=chance,
            )
        )
    return found


def link_segments(t: Tokens, labels: Labels) -> list[tuple[Stretch, list[Stretch], list[Stretch]]]:
    """Return cue, source and contents of each attribution, as stretches of tokens.

    A second verb of a sentence that has no source of its own takes that of the first.
    """
    segments = _segments(labels)
    cues = [(start, end) for kind, start, end in segments if kind == CUE]
    sources, contents = _by_cue(t, segments, cues)
    found = []
    last: tuple[Stretch, Stretch] | None = None
    for n, cue in enumerate(cues):
        near = sorted(sources[n], key=lambda s: min(abs(s[0] - cue[0]), abs(s[1] - cue[0])))[:1]
        if near:
            last = near[0], cue
        elif contents[n] and last and t.sentence[last[0][0]] == t.sentence[cue[0]]:
            near = [last[0]]
        if contents[n]:
            found.append((cue, near, contents[n]))
    return found


class Evidence:
    """What the label probabilities of a text say of an attribution: logs, and a few counts."""

    def __init__(self, chances: Floats) -> None:
        inside = np.log(chances[:, CONTENT_RIGHT:].sum(axis=1) + TINY)
        cue = np.log(chances[:, CUE : CUE + 2].sum(axis=1) + TINY)
        self._inside = inside.astype(np.float64)
        self._inside_sums = np.r_[0, np.cumsum(self._inside)]
        self._cue_sums = np.r_[0, np.cumsum(cue, dtype=np.float64)]
        self._cue_begins = chances[:, CUE]
        self._content_begins = chances[:, list(CONTENTS)].sum(axis=1)
        self._source_begins = chances[:, list(SOURCES)].sum(axis=1)

    def of(self, cue: Stretch, source: Sequence[Stretch], content: Sequence[Stretch]) -> Floats:
        """Return the evidence for one attribution, given as stretches of tokens."""
        size = sum(end - start for start, end in content)
        total = sum(self._inside_sums[end] - self._inside_sums[start] for start, end in content)
        begins = sum(self._content_begins[start] for start, _ in content) / len(content)
        side = self._source_begins[source[0][0]] if source else 1.0 - TINY
        start, end = cue
        parts = [
            log(self._cue_begins[start] + TINY),
            (self._cue_sums[end] - self._cue_sums[start]) / (end - start),
            total / size,
            min(self._inside[start:end].min() for start, end in content),
            log(begins + TINY),
            log(side + TINY),
            float(not source),
            min(len(content), 3) - 1.0,
            log(size),
        ]
        return np.array(parts, np.float32)


def _segments(labels: Labels) -> list[tuple[int, int, int]]:
    """Return the labelled segments: beginning label, start, end."""
    base = labels - ((labels > 0) & (labels % 2 == 0))
    inside = (labels > 0) & (labels % 2 == 0)
    joined = np.r_[False, inside[1:] & (base[1:] == base[:-1])]
    starts = np.flatnonzero((labels > 0) & ~joined)
    stops = np.flatnonzero(~joined)
    ends = np.r_[stops, len(labels)][np.searchsorted(stops, starts, "right")]
    return list(zip(base[starts].tolist(), starts.tolist(), ends.tolist(), strict=True))


def _by_cue(
    t: Tokens, segments: Sequence[tuple[int, int, int]], cues: Sequence[Stretch]
) -> tuple[list[list[Stretch]], list[list[Stretch]]]:
    """Give each source and content to the nearest cue on the side that its label names."""
    starts = np.array([start for start, _ in cues], np.int64)
    sources: list[list[Stretch]] = [[] for _ in cues]
    contents: list[list[Stretch]] = [[] for _ in cues]
    for kind, start, end in segments:
        number = -1 if kind == CUE else _cue_of(kind, start, starts)
        if number < 0:
            continue
        apart = abs(int(t.paragraph[start]) - int(t.paragraph[cues[number][0]]))
        if kind in SOURCES and apart == 0:
            sources[number].append((start, end))
        elif kind in CONTENTS and apart <= REACH:
            contents[number].append((start, end))
    return sources, contents


def _cue_of(kind: int, start: int, cues: Numbers) -> int:
    """Return the number of the nearest cue on the side of the label, or -1."""
    right = kind in (SOURCE_RIGHT, CONTENT_RIGHT)
    found = int(np.searchsorted(cues, start, "right" if right else "left")) - (not right)
    return found if 0 <= found < len(cues) else -1


def _characters(t: Tokens, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches as offsets; what runs over paragraphs is cut at their ends."""
    found = []
    for start, end in stretches:
        inner = np.flatnonzero(np.diff(t.paragraph[start:end])) + start + 1
        cuts = [start, *inner.tolist(), end]
        found += [(int(t.starts[a]), int(t.ends[b - 1])) for a, b in pairwise(cuts)]
    return sorted(found)
