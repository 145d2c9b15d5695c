"""Attributions without a verb: *according to*, nouns, colons, headlines, lone quotations."""

from __future__ import annotations

from analysis.corpus.clauses import left_limit, parts_between
from analysis.corpus.cues import CueGroup
from analysis.corpus.grammar import Sentence, Span
from analysis.corpus.nouns import leading_subject, subject_after
from analysis.corpus.spans import Attribution, Spans

TURN_WORDS = 5
HEADLINE_WORDS = 4


def according_to(
    sentence: Sentence, group: CueGroup, earlier: Attribution | None, stop: int
) -> Attribution | None:
    """Return *According to Keller, talks go on* and *Talks go on, according to Keller*."""
    source = subject_after(sentence, group.last)
    if source is None:
        return None
    left = parts_between(sentence, left_limit(sentence, earlier), group.first)
    right: Spans = ()
    if sentence.is_comma(source[1]):
        right = parts_between(sentence, source[1] + 1, min(stop, sentence.last))
    if not (left or right):
        return None
    return Attribution(
        source=(sentence.span(*source),),
        cue=(sentence.span(group.first, group.last),),
        content=(*left, *right),
        pattern="according_to",
        around=Span(sentence.start, sentence.end),
        cue_class=group.cue.cue_class,
        lemma=group.cue.lemma,
    )


def noun_that(sentence: Sentence, group: CueGroup) -> Attribution | None:
    """Return *Her warning that talks would end* [rattled markets]."""
    end = _clause_end(sentence, group)
    content = parts_between(sentence, group.last, end)
    owner = _owner(sentence, group.first)
    if not content or owner is None:
        return None
    return Attribution(
        source=(owner,),
        cue=(sentence.span(group.first, group.last),),
        content=content,
        pattern="noun_that",
        around=Span(sentence.start, sentence.end),
        cue_class=group.cue.cue_class,
        lemma=group.cue.lemma,
    )


def _owner(sentence: Sentence, position: int) -> Span | None:
    """Return who *his claim* or *the minister's claim* is by, without the *'s*."""
    if sentence.is_in(position - 1, "possessive_pronouns"):
        return sentence.span(position - 1, position)
    before = sentence.token(position - 1)
    if not before.lower.endswith(("'s", "s'")):
        return None
    start = position - 1
    while start > 0 and sentence.is_capital(start - 1):
        start -= 1
    if start > 0 and sentence.is_in(start - 1, "determiners"):
        start -= 1
    cut = 2 if before.lower.endswith("'s") else 1
    return Span(sentence.token(start).start, before.end - cut)


def _clause_end(sentence: Sentence, group: CueGroup) -> int:
    """Return the end of the noun's clause: its own verb is the second where it leads."""
    if any(sentence.is_finite(k) for k in range(group.first)):
        return _until_sign(sentence, group.last)
    seen, k = False, group.last + 1
    while k < sentence.last and not sentence.is_boundary(k):
        if sentence.is_finite(k):
            if seen:
                return k
            while k + 1 < sentence.last and _goes_on(sentence, k + 1):
                k += 1
            seen = True
        k += 1
    return k


def _goes_on(sentence: Sentence, k: int) -> bool:
    return sentence.is_finite(k) or sentence.is_in(k, "adverbs", "auxiliaries")


def _until_sign(sentence: Sentence, k: int) -> int:
    while k < sentence.last and not (sentence.is_boundary(k) and sentence.token(k).kind != "q"):
        k += 1
    return k


def turn(sentence: Sentence, paragraph_end: int) -> Attribution | None:
    """Return *KELLER: We agree.*, a turn of a transcript up to the end of its paragraph."""
    colon = next((k for k in range(1, TURN_WORDS + 1) if sentence.token(k).text == ":"), None)
    if colon is None or not _is_turn_name(sentence, colon):
        return None
    start = sentence.token(colon + 1).start
    if start >= paragraph_end:
        return None
    return Attribution(
        source=(sentence.span(0, colon),),
        cue=(sentence.span(colon, colon + 1),),
        content=(Span(start, paragraph_end),),
        pattern="turn",
        around=Span(sentence.start, sentence.end),
        cue_class="neutral",
        lemma=":",
    )


def _is_turn_name(sentence: Sentence, colon: int) -> bool:
    words = [t for t in sentence.tokens[:colon] if t.kind == "w"]
    signs = [t.text for t in sentence.tokens[:colon] if t.kind != "w"]
    letters = "".join(t.text for t in words)
    return bool(words) and letters.isupper() and all(sign in ".,()'" for sign in signs)


def headline(sentence: Sentence) -> Attribution | None:
    """Return *Talks to go on: ministry*, a line without a full stop whose end names a source."""
    tokens = sentence.tokens
    colon = max((k for k, t in enumerate(tokens) if t.text == ":"), default=0)
    after = tokens[colon + 1 :]
    if not colon or not 0 < len(after) <= HEADLINE_WORDS or any(t.kind != "w" for t in after):
        return None
    if any(sentence.is_finite(k) for k in range(colon + 1, len(tokens))):
        return None
    return Attribution(
        source=(sentence.span(colon + 1, len(tokens)),),
        cue=(sentence.span(colon, colon + 1),),
        content=parts_between(sentence, 0, colon),
        pattern="headline",
        around=Span(sentence.start, sentence.end),
        cue_class="neutral",
        lemma=":",
    )


def lone_quotation(sentence: Sentence) -> Attribution | None:
    """Return a sentence that is quotation alone, or ends in one after a colon."""
    last = sentence.last
    if not last or sentence.tokens[last - 1].kind != "q":
        return None
    if all(t.kind != "w" for t in sentence.tokens) and sentence.is_full_quote(0):
        return _quoted(sentence, (sentence.span(0, last),), "floating", None)
    if last > 2 and sentence.token(last - 2).text == ":" and sentence.is_full_quote(last - 1):
        subject = leading_subject(sentence, last - 2)
        content = (sentence.span(last - 1, last),)
        return _quoted(sentence, content, "colon", subject, cue=sentence.span(last - 2, last - 1))
    return None


def _quoted(
    sentence: Sentence,
    content: Spans,
    pattern: str,
    subject: tuple[int, int] | None,
    cue: Span | None = None,
) -> Attribution:
    return Attribution(
        source=(sentence.span(*subject),) if subject else (),
        cue=(cue,) if cue else (),
        content=content,
        pattern=pattern,
        around=Span(sentence.start, sentence.end),
        cue_class="neutral" if cue else "",
        lemma=":" if cue else "",
    )
