"""What the trained tagger finds, joined with what the rules know of it.

The tagger says where source, cue and content stand; the rules say what kind of cue it is, whom
it is told to and whether it is denied. Where the tagger finds nothing, rules stand that
read what it was not trained on: transcripts, headlines, quotation marks of other languages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.corpus.attribution import Reading
from analysis.corpus.grammar import Span
from analysis.corpus.spans import Attribution, Spans
from analysis.corpus.tagger.linking import Link
from analysis.language.lexicon import Language
from analysis.language.sentences import split_sentences

# Constructions that the training texts hardly have.
KEPT = frozenset({"turn", "headline", "floating"})
TAGGED = "tagged"
# What is less likely right than wrong is left out.
LEAST = 0.5
# The tagger was trained on whole articles. A text of a sentence or two is unlike them: there the
# rules stand, and the tagger adds only what it is this sure of.
SHORT_CHARS = 400
SURE = 0.85


def join_links(reading: Reading, links: Iterable[Link], language: Language) -> Reading:
    """Return the reading with the tagger's attributions in place of the rules'.

    Links outside the body of the text are left out. An attribution takes class, addressee and
    denial from the rules' one with which it shares a cue, or else from the lexicon.
    """
    body = [span.start for span in reading.paragraphs]
    tagged = [
        _attribution(reading, link, language)
        for link in links
        if link.confidence >= LEAST
        and all(_in_body(reading, body, span) for span in (link.cue, *link.content))
    ]
    if len(reading.text) < SHORT_CHARS:
        rules = reading.attributions
        tagged = [t for t in tagged if t.confidence >= SURE and not _shared(t, rules)]
    else:
        rules = tuple(rule for rule in reading.attributions if rule.pattern in KEPT)
    kept = [rule for rule in rules if not _shared(rule, tagged)]
    found = sorted([*tagged, *kept], key=lambda a: (a.hull, a.cue))
    return replace(reading, attributions=tuple(found))


def _attribution(reading: Reading, link: Link, language: Language) -> Attribution:
    text = reading.view.text
    cue: Spans = (_trimmed(text, link.cue),)
    source = tuple(_trimmed(text, span) for span in link.source)
    content = tuple(Span(*span) for span in link.content)
    same = [rule for rule in reading.attributions if _overlap(rule.cue, cue)]
    if same:
        rule = same[0]
        if rule.pattern == "cue_that" and _same_end(rule.content, content):
            cue, content = rule.cue, rule.content
        return replace(
            rule,
            source=source or rule.source,
            cue=cue,
            content=content,
            pattern=TAGGED,
            probability=link.confidence,
        )
    words = text[slice(*cue[0])].lower().replace("’", "'").split()
    known = [form.cue for word in words for form in language.cues.get(word, ())]
    return Attribution(
        source=source,
        cue=cue,
        content=content,
        pattern=TAGGED,
        probability=link.confidence,
        around=_sentence(reading, cue[0], language),
        cue_class=known[0].cue_class if known else "",
        lemma=known[0].lemma if known else "",
        negated=any(word in language.sets["negations"] or word.endswith("n't") for word in words),
    )


def _trimmed(text: str, span: tuple[int, int]) -> Span:
    """Leave out the commas, colons and dashes at the end of a source or cue."""
    words = text[slice(*span)].rstrip(" ,;:—-")
    return Span(span[0], span[0] + len(words)) if words else Span(*span)


def _same_end(one: Spans, other: Spans) -> bool:
    return len(one) == len(other) == 1 and one[0].end == other[0].end


def _shared(one: Attribution, others: Sequence[Attribution]) -> bool:
    """Tell whether an attribution shares words of cue or content with another."""
    words = (*one.cue, *one.content)
    return any(_overlap(words, (*other.cue, *other.content)) for other in others)


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one for b in other)


def _in_body(reading: Reading, starts: Sequence[int], span: tuple[int, int]) -> bool:
    at = bisect_right(starts, span[0]) - 1
    return at >= 0 and span[1] <= reading.paragraphs[at].end


def _sentence(reading: Reading, cue: Span, language: Language) -> Span:
    at = bisect_right([span.start for span in reading.paragraphs], cue.start) - 1
    paragraph = reading.paragraphs[at]
    quotes = [
        (q.start, q.end) for q in reading.quotes if paragraph.start <= q.start < paragraph.end
    ]
    for start, end in split_sentences(
        reading.view.text, *paragraph, quotes=quotes, language=language
    ):
        if start <= cue.start < end:
            return Span(start, end)
    return paragraph
