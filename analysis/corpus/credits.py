"""Quotations with a credit line, a dash in place of a verb: *"We agree." — Anna Keller, judge*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.corpus.grammar import DASHES, Sentence, Span
from analysis.corpus.spans import Attribution

CREDIT_TOKENS = 16


def credits_in(sentence: Sentence, before: Sequence[Attribution]) -> list[Attribution] | None:
    """Return all attributions up to here if the sentence gives a quotation its credit, else None.

    `before` are the attributions up to the sentence. A dash and a name at its beginning are of
    the quotation before it, which is parted from a longer statement that it was joined to.
    """
    found, k = list(before), 0
    if found and sentence.token(0).text in DASHES:
        parted = _parted(sentence, found.pop())
        if parted is None:
            return None
        found += parted
        k = _line_end(sentence, 1)
    credited = k > 0
    while sentence.is_full_quote(k):
        quotation = sentence.span(k, k + 1)
        credit = _credit(sentence, k + 1, quotation)
        found.append(credit or _floating(sentence, quotation))
        credited = credited or credit is not None
        k = _line_end(sentence, k + 2) if credit else k + 1
    return found if credited else None


def _parted(sentence: Sentence, before: Attribution) -> tuple[Attribution, ...] | None:
    *rest, quotation = before.content
    if sentence.text[quotation.end : sentence.start].strip() or (before.source and not rest):
        return None
    credit = _credit(sentence, 0, quotation)
    if credit is None or sentence.text[quotation.end - 1].isalnum():
        return None
    return (replace(before, content=tuple(rest)), credit) if rest else (credit,)


def _credit(sentence: Sentence, dash: int, quotation: Span) -> Attribution | None:
    """Read a dash and a name behind it: a few words, no verb among them."""
    first, last = dash + 1, _line_end(sentence, dash + 1)
    if sentence.token(dash).text not in DASHES or not sentence.is_capital(first):
        return None
    if last - first > CREDIT_TOKENS or any(sentence.is_finite(k) for k in range(first, last)):
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


def _line_end(sentence: Sentence, position: int) -> int:
    """Return where the line of a credit ends: at a line break or the next quotation."""
    k = position
    while k < sentence.last and sentence.token(k).kind != "q":
        k += 1
        if "\n" in sentence.text[sentence.token(k - 1).end : sentence.token(k).start]:
            break
    return k


def _floating(sentence: Sentence, quotation: Span) -> Attribution:
    around = Span(sentence.start, sentence.end)
    return Attribution(source=(), cue=(), content=(quotation,), pattern="floating", around=around)
