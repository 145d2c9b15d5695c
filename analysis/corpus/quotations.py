"""Whole quotations beside verbs that are no reporting words: *"I quit," Keller shot back*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.corpus.grammar import Sentence, Span, Token
from analysis.corpus.nouns import apposition_end, subject_after, subject_before
from analysis.corpus.spans import Attribution

REACH = 12
ENDS = (",", "?", "!", "…", "—", "-")
PARTICLES = frozenset({"back", "out", "on", "up", "off"})


def beside_verbs(sentence: Sentence, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the whole quotations that nothing found covers and that stand at a verb's side."""
    for k, token in enumerate(sentence.tokens):
        if token.kind != "q" or not sentence.is_full_quote(k) or _is_covered(token, found):
            continue
        attribution = _before_verb(sentence, k) or _after_verb(sentence, k)
        if attribution is not None:
            found = (*found, attribution)
            yield attribution


def _is_covered(token: Token, found: Sequence[Attribution]) -> bool:
    spans = (span for attribution in found for span in attribution.content)
    return any(span.start < token.end and token.start < span.end for span in spans)


def _before_verb(sentence: Sentence, k: int) -> Attribution | None:
    """Return *"I quit," Keller shot back* and *"Is it so?" shot back Keller*."""
    inner = sentence.token(k).text.strip("\"“”‘’'«»‹›「」『』 ")
    if k or _is_title(inner) or not (inner.endswith(ENDS) or sentence.is_comma(k + 1)):
        return None
    start = k + 1 + sentence.is_comma(k + 1)
    verb = next((f for f in range(start, start + REACH) if _is_verb(sentence, f)), None)
    if verb is None:
        return None
    if verb > start:
        subject = subject_before(sentence, verb)
        pattern = "quote_cue"
    else:
        subject = subject_after(sentence, _past_particle(sentence, verb))
        pattern = "quote_inverted"
    if subject is None or (verb > start and subject[0] != start):
        return None
    if pattern == "quote_inverted":
        subject = subject[0], apposition_end(sentence, subject[1])
    return _going_on(sentence, _quoted(sentence, k, verb, subject, pattern), verb)


def _going_on(sentence: Sentence, attribution: Attribution, verb: int) -> Attribution:
    """Take the second half of *"I quit," Keller shot back, "and now."*, if there is one."""
    after = _past_particle(sentence, verb)
    if not (sentence.is_comma(after) and sentence.is_full_quote(after + 1)):
        return attribution
    content = (*attribution.content, sentence.span(after + 1, after + 2))
    return replace(attribution, content=content, pattern="around")


def _is_title(quotation: str) -> bool:
    """Tell *Planet of the Apes* from words that were said: every long word has a capital."""
    words = [word for word in quotation.split() if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def _after_verb(sentence: Sentence, k: int) -> Attribution | None:
    """Return *Keller shot back, "I quit."*, whose verb the quotation follows."""
    verb = k - 2 - (sentence.token(k - 2).lower in PARTICLES)
    if not sentence.is_comma(k - 1) or not _is_verb(sentence, verb):
        return None
    subject = subject_before(sentence, verb)
    return None if subject is None else _quoted(sentence, k, verb, subject, "cue_quote")


def _is_verb(sentence: Sentence, position: int) -> bool:
    return sentence.is_finite(position) and not sentence.is_in(position, "auxiliaries")


def _past_particle(sentence: Sentence, verb: int) -> int:
    return verb + 1 + (sentence.token(verb + 1).lower in PARTICLES)


def _quoted(
    sentence: Sentence, k: int, verb: int, subject: tuple[int, int], pattern: str
) -> Attribution:
    return Attribution(
        source=(sentence.span(*subject),),
        cue=(sentence.span(verb, _past_particle(sentence, verb)),),
        content=(sentence.span(k, k + 1),),
        pattern=pattern,
        around=Span(sentence.start, sentence.end),
    )
