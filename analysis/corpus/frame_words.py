"""Verbs and noun phrases of languages that are read with few patterns: French and German.

There is no grammar here: closed classes, capitals and commas tell where a noun phrase ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.corpus.grammar import Sentence, Span
from analysis.language.lexicon import Cue, CueForm

# The probability of what is found in a language in which nobody has measured it.
UNMEASURED = 0.5
LONGEST_SUBJECT = 15
LONGEST_GAP = 8
_CLITIC = re.compile(r"(.+?)(-t)?-(il|elle|ils|elles|on)")


class Verb(NamedTuple):
    """A reporting verb: tokens `first` up to `last`; `clitic` is the *il* of *dit-il*."""

    cue: Cue
    first: int
    last: int
    split: bool = False
    clitic: Span | None = None


def find_verbs(sentence: Sentence) -> Iterator[Verb]:
    """Yield the reporting verbs of a sentence outside quotations, from left to right."""
    for k, token in enumerate(sentence.tokens):
        if token.kind != "w":
            continue
        lower = token.lower
        clitic = _CLITIC.fullmatch(lower)
        if clitic and clitic[1] in sentence.language.cues:
            place = Span(token.end - len(clitic[3]), token.end)
            yield from _readings(sentence, k, clitic[1], place)
        else:
            yield from _readings(sentence, k, lower, None)


def _readings(sentence: Sentence, k: int, word: str, clitic: Span | None) -> Iterator[Verb]:
    """Yield the verb that a word is here, at most one."""
    forms = [f for f in sentence.language.cues.get(word, ()) if f.cue.kind == "verb"]
    for form in sorted(forms, key=lambda form: form.form != "participle"):
        verb = _participle(sentence, k, form) if form.form == "participle" else None
        if verb is None and form.form != "participle" and not _follows_auxiliary(sentence, k):
            verb = _finite(sentence, k, form, clitic)
        if verb is not None:
            yield verb
            return


def _finite(sentence: Sentence, k: int, form: CueForm, clitic: Span | None) -> Verb | None:
    """Read a finite form; a particle that belongs to it ends the clause."""
    if not form.rest:
        return Verb(form.cue, k, k + 1, clitic=clitic)
    end = clause_end(sentence, k + 1)
    if sentence.token(end - 1).lower != form.rest[0] or end - 1 <= k:
        return None
    return Verb(form.cue, k, k + 1, split=True)


def _participle(sentence: Sentence, k: int, form: CueForm) -> Verb | None:
    """Read *a déclaré*, *a-t-il déclaré*, *hat erklärt*, and *hat Keller erklärt*."""
    first = k
    while first > 0 and k - first < 3 and not sentence.is_in(first - 1, "past_auxiliaries"):
        if not sentence.is_in(first - 1, "adverbs", "negations"):
            break
        first -= 1
    helper = sentence.token(first - 1)
    clitic = _CLITIC.fullmatch(helper.lower)
    if clitic and clitic[1] in sentence.language.sets["past_auxiliaries"]:
        place = Span(helper.end - len(clitic[3]), helper.end)
        return Verb(form.cue, first - 1, k + 1, clitic=place)
    if sentence.is_in(first - 1, "past_auxiliaries"):
        return Verb(form.cue, first - 1, k + 1)
    start = _helper_before(sentence, k)
    return None if start is None else Verb(form.cue, start, k + 1, split=True)


def _helper_before(sentence: Sentence, k: int) -> int | None:
    """Return where the auxiliary of a German bracket opens: *hat die Ministerin erklärt*."""
    if k != clause_end(sentence, k) - 1:
        return None
    for at in range(k - 1, max(-1, k - LONGEST_GAP), -1):
        if sentence.is_boundary(at):
            return None
        if sentence.is_in(at, "past_auxiliaries"):
            return at
    return None


def _follows_auxiliary(sentence: Sentence, k: int) -> bool:
    return sentence.is_in(k - 1, "past_auxiliaries")


def clause_end(sentence: Sentence, k: int) -> int:
    """Return the position of the sign or quotation that ends the clause, from `k` on."""
    while k < len(sentence.tokens) and not is_end(sentence, k):
        k += 1
    return k


def is_end(sentence: Sentence, k: int) -> bool:
    """Tell whether no noun phrase runs over this token."""
    return sentence.is_boundary(k) or sentence.token(k).text == "."


def cue_span(sentence: Sentence, verb: Verb) -> Span:
    """Return the verb in one piece; where its subject parts it, what says that it reports."""
    last = sentence.token(verb.last - 1)
    if verb.split:
        return Span(last.start, last.end)
    start = sentence.token(verb.first).start
    if verb.clitic is None:
        return Span(start, last.end)
    if verb.clitic.end == last.end:
        words = _CLITIC.fullmatch(last.lower)
        return Span(start, last.start + (len(words[1]) if words else 0))
    return Span(last.start, last.end)


def subject_behind(sentence: Sentence, verb: Verb) -> tuple[Span, int] | None:
    """Return the noun phrase behind the verb and where it ends."""
    if verb.clitic is not None:
        return verb.clitic, verb.last
    start = verb.first + 1 if verb.split and verb.last - 1 > verb.first else verb.last
    if not can_lead(sentence, start):
        return None
    end = start + 1
    with_article = sentence.is_in(start, "determiners", "possessive_pronouns")
    stop = min(len(sentence.tokens), start + LONGEST_SUBJECT)
    if verb.last - 1 > start:
        stop = verb.last - 1
    while end < stop and not _ends_phrase(sentence, end, with_article=with_article):
        end += 1
    if sentence.is_in(end - 1, "conjunctions", "linkers", "determiners") or not _has_noun(
        sentence, start, end
    ):
        return None
    return sentence.span(start, end), max(end, verb.last)


def _ends_phrase(sentence: Sentence, k: int, *, with_article: bool) -> bool:
    """Tell whether a noun phrase is over: *sagte Keller | der Zeitung*, *| am Freitag*."""
    if is_end(sentence, k) or sentence.is_in(k, "weekdays", "adverbs", "subordinators"):
        return True
    if sentence.is_in(k, "linkers"):
        return sentence.is_in(k, "determiners") and not with_article and _is_name(sentence, k - 1)
    cues = sentence.language.cues.get(sentence.token(k).lower, ())
    return (
        sentence.is_in(k, "prepositions", "determiners", "auxiliaries")
        or _is_particle(sentence, k)
        or (bool(cues) and not sentence.is_capital(k))
    )


def _is_particle(sentence: Sentence, k: int) -> bool:
    """Tell the last word of *fügte Keller hinzu*."""
    is_last = sentence.language.code == "de" and k + 1 >= sentence.last
    return is_last and not sentence.is_capital(k) and len(sentence.token(k).text) <= 8


def _is_name(sentence: Sentence, k: int) -> bool:
    return sentence.language.code == "de" and sentence.is_capital(k)


def can_lead(sentence: Sentence, k: int) -> bool:
    """Tell whether a noun phrase can begin here."""
    token = sentence.token(k)
    if token.kind != "w":
        return False
    nominal = ("determiners", "possessive_pronouns", "singular_pronouns", "plural_pronouns")
    own = sentence.is_in(k, "own_pronouns", *nominal) or token.lower.startswith(("l'", "d'un"))
    closed = sentence.is_in(k, "prepositions", "adverbs", "weekdays", "subordinators")
    return own or (token.text[0].isupper() and not closed)


def _has_noun(sentence: Sentence, start: int, end: int) -> bool:
    """Tell a noun phrase from an article that is left alone."""
    only = sentence.token(start)
    articles = ("determiners",)
    pronoun = sentence.is_in(start, "singular_pronouns", "plural_pronouns", "own_pronouns")
    return end - start > 1 or pronoun or "'" in only.lower or not sentence.is_in(start, *articles)


def subject_in_front(sentence: Sentence, verb: int) -> Span | None:
    """Return the subject before a verb, with its apposition, without what leads the sentence."""
    start, end = clause_start(sentence, verb), verb
    while end > start and sentence.is_in(end - 1, "adverbs", "negations"):
        end -= 1
    while start < end and not can_lead(sentence, start):
        comma = next((k for k in range(start, end) if sentence.token(k).text == ","), None)
        if comma is None or not sentence.is_in(start, "prepositions", "adverbs", "weekdays"):
            return None
        start = comma + 1
    closes = end - 1 if sentence.token(end - 1).text == "," else end
    if not start < closes <= start + LONGEST_SUBJECT or not _has_noun(sentence, start, closes):
        return None
    if any(_is_no_noun(sentence, k) for k in range(start + 1, closes)):
        return None
    return sentence.span(start, closes)


def clause_start(sentence: Sentence, verb: int) -> int:
    """Return the position at which the clause of a verb begins."""
    start = verb
    while start > 0 and sentence.token(start - 1).text not in (";", ":", "—", "–", ".", "!", "?"):
        if sentence.token(start - 1).kind == "q":
            break
        start -= 1
    while start < verb and sentence.is_in(start, "conjunctions"):
        start += 1
    return start


def _is_no_noun(sentence: Sentence, k: int) -> bool:
    """Tell a word that shows a verb or another clause inside what would be the subject."""
    token = sentence.token(k)
    if token.kind != "w":
        return token.text not in (",", "-", ".")
    cues = sentence.language.cues.get(token.lower, ())
    verbs = any(form.cue.kind == "verb" for form in cues) and not sentence.is_capital(k)
    relative = sentence.is_in(k, "relative_pronouns") and sentence.token(k - 1).text == ","
    return verbs or relative or sentence.is_in(k, "auxiliaries", "subordinators")


def phrase_end(sentence: Sentence, start: int) -> int | None:
    """Return where the noun phrase behind a preposition ends."""
    end = start
    seen = False
    while end < min(len(sentence.tokens), start + LONGEST_SUBJECT) and not is_end(sentence, end):
        small = not sentence.is_capital(end)
        linker = sentence.is_in(end, "linkers", "determiners")
        if seen and small and not linker and sentence.language.code == "de":
            break
        if seen and sentence.is_in(end, "weekdays", "adverbs", "auxiliaries"):
            break
        seen = seen or not small
        end += 1
    return end if end > start and can_lead(sentence, start) else None
