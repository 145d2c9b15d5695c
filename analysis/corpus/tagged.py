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


def join_links(reading: Reading, links: Iterable[Link], language: Language) -> Reading:
    """Return the reading with the tagger's attributions in place of the rules'.

    Links outside the body of the text are left out. An attribution takes class, addressee and
    denial from the rules' one with which it shares a cue, or else from the lexicon.
    """
    body = [span.start for span in reading.paragraphs]
    tagged = [
        _attribution(reading, link, language)
        for link in links
        if all(_in_body(reading, body, span) for span in (link.cue, *link.content))
    ]
    kept = [rule for rule in reading.attributions if _stands(rule, tagged)]
    found = sorted([*tagged, *kept], key=lambda a: (a.hull, a.cue))
    return replace(reading, attributions=tuple(found))


def _attribution(reading: Reading, link: Link, language: Language) -> Attribution:
    cue = (Span(*link.cue),)
    spans: dict[str, Spans] = {
        "source": tuple(Span(*span) for span in link.source),
        "content": tuple(Span(*span) for span in link.content),
        "cue": cue,
    }
    same = [rule for rule in reading.attributions if _overlap(rule.cue, cue)]
    if same:
        return replace(same[0], **spans, pattern=TAGGED, confidence=link.confidence)
    words = reading.view.text[slice(*link.cue)].lower().replace("’", "'").split()
    known = [form.cue for word in words for form in language.cues.get(word, ())]
    return Attribution(
        **spans,
        pattern=TAGGED,
        confidence=link.confidence,
        around=_sentence(reading, cue[0], language),
        cue_class=known[0].cue_class if known else "",
        lemma=known[0].lemma if known else "",
        negated=any(word in language.sets["negations"] or word.endswith("n't") for word in words),
    )


def _stands(rule: Attribution, tagged: Sequence[Attribution]) -> bool:
    """Tell whether a rule's find is of a kept kind and shares no words with a tagged one."""
    return rule.pattern in KEPT and not any(
        _overlap((*rule.cue, *rule.content), (*other.cue, *other.content)) for other in tagged
    )


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
