"""Attributions in languages that have few patterns here.

French and German: a quotation with a reporting verb on either side, *que* and *dass* clauses,
*selon* and *laut*. Japanese has its own module; of others the quotations are found alone. Who
speaks must stand right beside the verb; everything else is left alone, so that what is found
holds and much is not found. Nobody has measured how often: the confidence is `UNMEASURED`.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.corpus.frame_words import (
    LONGEST_GAP,
    LONGEST_SUBJECT,
    UNMEASURED,
    Verb,
    can_lead,
    clause_end,
    clause_start,
    cue_span,
    find_verbs,
    is_end,
    phrase_end,
    subject_behind,
    subject_in_front,
)
from analysis.corpus.grammar import Sentence, Span
from analysis.corpus.particle_frames import particle_attributions
from analysis.corpus.spans import Attribution, Spans
from analysis.language.lexicon import Cue

FEWEST_WORDS = 3
_STOPS = ("。", "！", "？", "，")


def framed_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of a sentence in any language but English."""
    if sentence.language.grammar == "spaced":
        return spaced_attributions(sentence)
    if sentence.language.grammar == "particles":
        return particle_attributions(sentence)
    return list(_quotations(sentence))


def _quotations(sentence: Sentence) -> Iterator[Attribution]:
    """Yield the quotations that are more than a word or two in marks, with nobody's name."""
    for k, token in enumerate(sentence.tokens):
        closed = token.text.rstrip("”’»›」』 ")[-1:] in _STOPS
        if token.kind == "q" and (closed or sentence.is_full_quote(k)):
            around = Span(sentence.start, sentence.end)
            content = (Span(token.start, token.end),)
            yield Attribution((), (), content, "floating", around, probability=UNMEASURED)


def spaced_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of a sentence in a language of grammar ``spaced``."""
    found: list[Attribution] = []
    for verb in find_verbs(sentence):
        new = _inverted(sentence, verb) or _leading(sentence, verb)
        if new is not None and not _meets(new, found):
            found.append(new)
    if not found:
        found += _according_to(sentence)
    return found


def _meets(new: Attribution, found: list[Attribution]) -> bool:
    places = (*new.content, *new.cue)
    return any(
        s.start < p.end and p.start < s.end for a in found for s in a.content for p in places
    )


def _inverted(sentence: Sentence, verb: Verb) -> Attribution | None:
    """*„Wir verhandeln“, sagte die Ministerin*, with or without marks, and what goes on."""
    edge = verb.first - 1
    comma = sentence.token(edge).text == ","
    before = edge - 1 if comma else edge
    quoted = sentence.token(before).kind == "q"
    if not quoted and (not comma or "clause" not in verb.cue.takes):
        return None
    subject = subject_behind(sentence, verb)
    if subject is None:
        return None
    source, after = subject
    left = _left_content(sentence, before, quoted)
    if left is None or (not quoted and not _closes(sentence, after)):
        return None
    right = _goes_on(sentence, after)
    pattern = "around" if right else "quote_inverted" if quoted else "clause_inverted"
    return _made(sentence, verb, source, (left, *right), pattern)


def _left_content(sentence: Sentence, before: int, quoted: bool) -> Span | None:
    if quoted:
        return sentence.span(before, before + 1)
    first = before
    while first > 0 and sentence.token(first - 1).text not in (";", ":", "—", "–"):
        first -= 1
    clause = first < before and before + 1 - first >= FEWEST_WORDS
    return sentence.span(first, before + 1) if clause else None


def _closes(sentence: Sentence, after: int) -> bool:
    """Tell whether the noun phrase behind the verb ends its clause, as in *…, sagte Keller*."""
    light = sentence.is_in(after, "weekdays", "adverbs", "prepositions")
    return after >= sentence.last or sentence.token(after).text == "," or light


def _goes_on(sentence: Sentence, after: int) -> Spans:
    """Return the second half of a quotation that the verb parts."""
    end = clause_end(sentence, after)
    at = end + (sentence.token(end).text in (",", ":"))
    return (sentence.span(at, at + 1),) if sentence.token(at).kind == "q" else ()


def _leading(sentence: Sentence, verb: Verb) -> Attribution | None:
    """*Le ministre a déclaré : « … »*, *Die Ministerin sagte, dass …*, *… a dit que …*."""
    if "clause" not in verb.cue.takes:
        return None
    content = _content_after(sentence, verb)
    if content is None:
        return None
    source = subject_in_front(sentence, verb.first)
    if source is None:
        inverted = subject_behind(sentence, verb) if _is_fronted(sentence, verb.first) else None
        source = inverted[0] if inverted else None
    if source is None:
        return None
    quoted = sentence.token(content[1]).kind == "q"
    return _made(sentence, verb, source, (content[0],), "cue_quote" if quoted else "cue_that")


def _content_after(sentence: Sentence, verb: Verb) -> tuple[Span, int] | None:
    """Return what stands behind the verb, and its first token."""
    for k in range(verb.last, min(len(sentence.tokens), verb.last + LONGEST_GAP)):
        token, after = sentence.token(k), sentence.token(k + 1)
        if token.text == ":" and after.kind == "q":
            return sentence.span(k + 1, k + 2), k + 1
        if token.kind == "q":
            return (sentence.span(k, k + 1), k) if sentence.is_full_quote(k) else None
        if token.lower in ("que", "qu") or token.lower.startswith("qu'"):
            return _clause(sentence, k)
        if token.text == ",":
            return _after_comma(sentence, k + 1)
        if is_end(sentence, k):
            return None
    return None


def _after_comma(sentence: Sentence, k: int) -> tuple[Span, int] | None:
    """Return a German clause: with *dass*, or as reported speech without it."""
    if sentence.language.code != "de" or sentence.is_in(k, "conjunctions", "prepositions"):
        return None
    subjunctive = any(sentence.is_in(n, "subjunctives") for n in range(k, sentence.last))
    if sentence.is_in(k, "complementizers") or subjunctive:
        return _clause(sentence, k)
    return None


def _clause(sentence: Sentence, k: int) -> tuple[Span, int] | None:
    return (sentence.span(k, sentence.last), k) if sentence.last - k >= FEWEST_WORDS else None


def _is_fronted(sentence: Sentence, verb: int) -> bool:
    """Tell whether a word of time or place leads, so that the subject follows its verb."""
    start = clause_start(sentence, verb)
    return start < verb and sentence.is_in(start, "prepositions", "adverbs", "weekdays")


def _according_to(sentence: Sentence) -> list[Attribution]:
    """*Selon le ministre, …*, *…, selon le ministre*, *Laut dem Ministerium gehen …*."""
    for k, token in enumerate(sentence.tokens):
        for form in sentence.language.cues.get(token.lower, ()):
            if form.cue.kind != "preposition" or token.kind != "w":
                continue
            words = tuple(sentence.token(k + 1 + n).lower for n in range(len(form.rest)))
            if words == form.rest:
                new = _by_preposition(sentence, form.cue, k, k + 1 + len(form.rest))
                if new is not None:
                    return [new]
    return []


def _by_preposition(sentence: Sentence, cue: Cue, first: int, last: int) -> Attribution | None:
    verb = Verb(cue, first, last)
    if "after" in cue.takes:
        if not (0 < first <= LONGEST_SUBJECT and can_lead(sentence, 0)):
            return None
        content = _clause(sentence, last)
        source = sentence.span(0, first)
        return content and _made(sentence, verb, source, (content[0],), "according_to")
    phrase = phrase_end(sentence, last)
    if phrase is None:
        return None
    source = sentence.span(last, phrase)
    if first == 0:
        comma = sentence.token(phrase).text == ","
        if not comma and sentence.language.code != "de":
            return None
        content = _clause(sentence, phrase + comma)
        return content and _made(sentence, verb, source, (content[0],), "according_to")
    if (
        sentence.token(first - 1).text != ","
        or not _closes(sentence, phrase)
        or first < FEWEST_WORDS
    ):
        return None
    return _made(sentence, verb, source, (sentence.span(0, first - 1),), "according_to")


def _made(
    sentence: Sentence, verb: Verb, source: Span, content: Spans, pattern: str
) -> Attribution:
    negated = any(
        sentence.is_in(k, "negations") for k in range(max(0, verb.first - 1), verb.last + 2)
    )
    return Attribution(
        source=(source,),
        cue=(cue_span(sentence, verb),),
        content=content,
        pattern=pattern,
        around=Span(sentence.start, sentence.end),
        cue_class=verb.cue.cue_class,
        lemma=verb.cue.lemma,
        negated=negated and verb.cue.kind == "verb",
        probability=UNMEASURED,
    )
