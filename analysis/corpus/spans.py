"""An attribution as the patterns find it: who, by which word, said what, and where."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.corpus.grammar import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Attribution:
    """One attribution; spans are offsets into the text that was searched.

    Attributes
    ----------
    pattern
        The construction that it was found by; `CONFIDENCE` has a figure for each.
    around
        The sentence, where words of time are looked for.
    reported_by
        Who quotes the source, where the sentence says so: *the Herald quoted Keller as saying*.
    nested
        Whether it stands inside the content of another: what a source says that somebody said.
    probability
        How likely a trained tagger holds it to be; None for what a rule found.
    """

    source: Spans
    cue: Spans
    content: Spans
    pattern: str
    around: Span
    cue_class: str = ""
    lemma: str = ""
    addressee: Spans = ()
    negated: bool = False
    reported_by: Spans = ()
    nested: bool = False
    probability: float | None = None

    @property
    def confidence(self) -> float:
        """The probability that it is an attribution, or how often its pattern was one."""
        return CONFIDENCE[self.pattern] if self.probability is None else self.probability

    @property
    def hull(self) -> Span:
        """From the first sign of the content to its last."""
        return Span(self.content[0].start, max(span.end for span in self.content))


# Pattern of the rules -> how it reads. What the trained tagger finds is "tagged".
PATTERNS = {
    "cue_quote": 'Keller said: "We agree."',
    "cue_that": "Keller said that talks would go on.",
    "cue_clause": "Keller said talks would go on.",
    "cue_object": "Keller welcomed the offer.",
    "cue_to": "Keller promised to come.",
    "quote_cue": '"We agree," Keller said.',
    "clause_cue": "Talks would go on, Keller said.",
    "quote_inverted": '"We agree," said Keller.',
    "clause_inverted": "Talks would go on, said Keller.",
    "around": '"We agree," Keller said, "but not yet."',
    "according_to": "According to Keller, talks would go on.",
    "passive": "It was reported that talks would go on.",
    "noun_that": "Her warning that talks would end ...",
    "turn": "KELLER: We agree.",
    "speech": "We agree. (a paragraph of a text that is Keller's as a whole)",
    "headline": "Talks to go on: ministry",
    "colon": 'Keller was blunt: "We agree."',
    "credit": '"We agree." — Anna Keller',
    "floating": '"We agree." (no reporting word near)',
}

# How often the content of a find was right (its words overlap by one half, Dice) in the 840
# training articles of PolNeAR (Newell, Margolin and Ruths 2018), where credit stands eight times
# and noun_that 36 times. Two patterns that hardly occur there have a guess: headline, speech.
CONFIDENCE = {
    "cue_quote": 0.92,
    "cue_that": 0.91,
    "cue_clause": 0.87,
    "cue_object": 0.77,
    "cue_to": 0.74,
    "quote_cue": 0.97,
    "clause_cue": 0.65,
    "quote_inverted": 0.97,
    "clause_inverted": 0.88,
    "around": 0.90,
    "according_to": 0.87,
    "passive": 0.76,
    "noun_that": 0.81,
    "turn": 0.56,
    "speech": 0.9,
    "headline": 0.5,
    "colon": 0.96,
    "credit": 0.88,
    "floating": 0.65,
}
