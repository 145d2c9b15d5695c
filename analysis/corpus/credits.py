"""Quotations with a credit line, a dash in place of a verb: *"We agree." — Anna Keller, judge*."""

from __future__ import annotations

from dataclasses import replace

from analysis.corpus.grammar import DASHES, Sentence, Span
from analysis.corpus.spans import Attribution

CREDIT_TOKENS = 16


def credited(sentence: Sentence) -> Attribution | None:
    """Return *"We agree." — Anna Keller, judge*, a sentence that ends in a credit."""
    if not sentence.is_full_quote(0):
        return None
    return _credit(sentence, 1, sentence.span(0, 1))


def credit_of(sentence: Sentence, before: Attribution | None) -> tuple[Attribution, ...] | None:
    """Return what *— Anna Keller, judge* after a quotation makes of it, or None for another line.

    A quotation that was taken as the end of a longer statement is parted from it.
    """
    if before is None or sentence.text[before.content[-1].end : sentence.start].strip(" \n\r\t."):
        return None
    *rest, quotation = before.content
    if rest and sentence.text[quotation.end - 1].isalnum():
        return None
    found = _credit(sentence, 0, quotation)
    if found is None or (before.source and not rest):
        return None
    return (replace(before, content=tuple(rest)), found) if rest else (found,)


def _credit(sentence: Sentence, dash: int, quotation: Span) -> Attribution | None:
    """Read a dash and a name behind it: a few words, no verb among them."""
    first, last = dash + 1, sentence.last
    if sentence.token(dash).text not in DASHES or not sentence.is_capital(first):
        return None
    if last - first > CREDIT_TOKENS or any(sentence.is_finite(k) for k in range(first, last)):
        return None
    if any(sentence.token(k).kind == "q" for k in range(first, last)):
        return None
    return Attribution(
        source=(sentence.span(first, last),),
        cue=(sentence.span(dash, first),),
        content=(quotation,),
        pattern="credit",
        around=Span(sentence.start, sentence.end),
        cue_class="neutral",
        lemma="—",
    )
