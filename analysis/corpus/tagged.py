"""What the trained tagger finds, joined with what the rules know of it.

The tagger says where source, cue and content stand; the rules say what kind of cue it is, whom
it is told to and whether it is denied. Where the tagger finds nothing, rules stand that
read what it was not trained on: transcripts, headlines, quotation marks of other languages.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from analysis.corpus.agreement import Rules, known_cues, probability
from analysis.corpus.attribution import Reading
from analysis.corpus.grammar import Span
from analysis.corpus.spans import Attribution, Spans
from analysis.corpus.tagger.linking import Link
from analysis.corpus.tagger.network import Floats
from analysis.language.lexicon import Cue, Language
from analysis.language.sentences import split_sentences

# Constructions that the training texts hardly have.
KEPT = frozenset({"turn", "headline", "floating", "credit"})
TAGGED = "tagged"
# What is less likely right than wrong is left out.
LEAST = 0.5
# The tagger was trained on whole articles. A text of a sentence or two is unlike them: there the
# rules stand, and the tagger adds only what it is this sure of.
SHORT_CHARS = 400
SURE = 0.85


def join_links(
    reading: Reading, links: Iterable[Link], language: Language, weights: Floats
) -> Reading:
    """Return the reading with the tagger's attributions in place of the rules'.

    Links outside the body of the text are left out. An attribution takes class, addressee and
    denial from the rules' one with which it shares a cue, or else from the lexicon; `weights`
    say what their agreement tells of its probability.
    """
    body = [span.start for span in reading.paragraphs]
    known = Rules(reading.attributions)
    sentences = _Sentences(reading, language)
    tagged = []
    for link in links:
        if _in_body(reading, body, (link.cue, *link.content)):
            rule = known.beside(link)
            cues = known_cues(reading.view.text, link.cue, language)
            chance = probability(link, rule, cues, weights)
            if chance >= LEAST:
                joined = _joined(link, rule, cues, sentences)
                tagged.append(replace(joined, probability=chance))
    if len(reading.text) < SHORT_CHARS:
        rules = reading.attributions
        taken = _Places(rules)
        tagged = [t for t in tagged if t.confidence >= SURE and not taken.hold(t)]
    else:
        rules = tuple(rule for rule in reading.attributions if rule.pattern in KEPT)
        rules += _relayed(reading.attributions, tagged)
    tagged = _without(tagged, _Places(rule for rule in rules if rule.pattern == "credit"))
    taken = _Places(tagged)
    kept = [rule for rule in rules if rule.nested or not taken.hold(rule)]
    found = sorted([*tagged, *kept], key=lambda a: (a.hull, a.cue))
    return replace(reading, attributions=tuple(found))


def _without(tagged: Iterable[Attribution], credits: _Places) -> list[Attribution]:
    """Take from what the tagger joined the quotations that a credit line gives to another."""
    kept = []
    for found in tagged:
        content = tuple(span for span in found.content if not credits.meet(span))
        if content:
            kept.append(replace(found, content=content))
    return kept


def _relayed(
    rules: Sequence[Attribution], tagged: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """Return the rules' finds inside others that stand inside what the tagger found, too."""
    contents = sorted(span for found in tagged for span in found.content)
    starts = [span.start for span in contents]
    kept = []
    for rule in rules:
        at = bisect_right(starts, rule.cue[0].start) - 1 if rule.nested else -1
        if at >= 0 and rule.cue[0].end <= contents[at].end:
            kept.append(rule)
    return tuple(kept)


class _Places:
    """Where the cues and contents of attributions stand; asked in the logarithm of their number."""

    def __init__(self, attributions: Iterable[Attribution]) -> None:
        spans = sorted(span for a in attributions for span in (*a.cue, *a.content))
        self.starts = [span.start for span in spans]
        self.ends = list(accumulate((span.end for span in spans), max))

    def hold(self, attribution: Attribution) -> bool:
        """Tell whether an attribution shares words of cue or content with one of these."""
        return any(self.meet(span) for span in (*attribution.cue, *attribution.content))

    def meet(self, span: Span) -> bool:
        """Tell whether one of the places shares words with a span."""
        before = bisect_left(self.starts, span.end) - 1
        return before >= 0 and self.ends[before] > span.start


def _joined(
    link: Link, rule: Attribution | None, cues: Sequence[Cue], sentences: _Sentences
) -> Attribution:
    """Return the attribution of a link with what the rule beside it or the lexicon knows of it."""
    text, language = sentences.reading.view.text, sentences.language
    cue: Spans = (_trimmed(text, link.cue),)
    source = tuple(_trimmed(text, span) for span in link.source)
    content = tuple(Span(*span) for span in link.content)
    if rule is not None:
        if rule.pattern == "cue_that" and _same_end(rule.content, content):
            cue, content = rule.cue, rule.content
        return replace(rule, source=source or rule.source, cue=cue, content=content, pattern=TAGGED)
    words = text[slice(*cue[0])].lower().replace("’", "'").split()
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        pattern=TAGGED,
        around=sentences.around(cue[0]),
        cue_class=cues[0].cue_class if cues else "",
        lemma=cues[0].lemma if cues else "",
        negated=any(word in language.sets["negations"] or word.endswith("n't") for word in words),
    )


def _trimmed(text: str, span: tuple[int, int]) -> Span:
    """Leave out the commas, colons and dashes at the end of a source or cue."""
    words = text[slice(*span)].rstrip(" ,;:—-")
    return Span(span[0], span[0] + len(words)) if words else Span(*span)


def _same_end(one: Spans, other: Spans) -> bool:
    return len(one) == len(other) == 1 and one[0].end == other[0].end


def _in_body(reading: Reading, starts: Sequence[int], spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether each span lies inside a paragraph of the body."""
    for span in spans:
        at = bisect_right(starts, span[0]) - 1
        if at < 0 or span[1] > reading.paragraphs[at].end:
            return False
    return True


class _Sentences:
    """The sentence that a place stands in; each paragraph is split once, when first asked for."""

    def __init__(self, reading: Reading, language: Language) -> None:
        self.reading = reading
        self.language = language
        self._known: dict[int, list[Span]] = {}

    def around(self, cue: Span) -> Span:
        paragraphs = self.reading.paragraphs
        number = bisect_right(paragraphs, cue.start, key=lambda span: span.start) - 1
        if number not in self._known:
            self._known[number] = self._split(paragraphs[number])
        sentences = self._known[number]
        at = bisect_right(sentences, cue.start, key=lambda span: span.start) - 1
        found = sentences[at] if at >= 0 else paragraphs[number]
        return found if cue.start < found.end else paragraphs[number]

    def _split(self, paragraph: Span) -> list[Span]:
        starts = self.reading.quote_starts
        first, last = bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end)
        quotes = [(quote.start, quote.end) for quote in self.reading.quotes[first:last]]
        text = self.reading.view.text
        found = split_sentences(text, *paragraph, quotes=quotes, language=self.language)
        return [Span(start, end) for start, end in found]
