"""Reporting words in a sentence: which they are, and the verb group around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.corpus.grammar import Sentence
from analysis.language.lexicon import Cue, CueForm

FINITE = frozenset({"past", "third"})
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "gets", "got"})
HAVE = frozenset({"has", "have", "had", "having", "'ve"})
PASSIVE_GAP = 4


@dataclass(frozen=True)
class CueGroup:
    """A reporting word with its auxiliaries: tokens `first` up to `last`, left out.

    `at` is where the reporting word itself stands.
    """

    cue: Cue
    form: str
    first: int
    at: int
    last: int
    negated: bool = False
    passive: bool = False

    @property
    def is_gerund(self) -> bool:
        """Whether it is *saying*, *adding* without an auxiliary."""
        return self.form == "gerund" and self.first == self.at


def find_cues(sentence: Sentence) -> Iterator[CueGroup]:
    """Yield the reporting words outside quotations, from left to right, none inside another."""
    known, end = sentence.language.cues, 0
    for position, token in enumerate(sentence.tokens):
        if position < end or token.kind != "w" or token.lower not in known:
            continue
        group = _cue_at(sentence, position)
        if group is not None:
            yield group
            end = group.last


def _cue_at(sentence: Sentence, position: int) -> CueGroup | None:
    for form in sentence.language.cues[sentence.token(position).lower]:
        last = position + 1 + len(form.rest)
        words = tuple(sentence.token(k).lower for k in range(position + 1, last))
        bridge = sentence.token(position - 1).lower in BE and _is_infinitive_cue(sentence, last)
        if words == form.rest and not bridge and _reads_as(sentence, position, last, form):
            return _group(sentence, position, last, form)
    return None


def _is_infinitive_cue(sentence: Sentence, position: int) -> bool:
    """Tell whether *to* leads to the cue that counts: *is expected to tell*."""
    if sentence.token(position).lower != "to":
        return False
    readings = sentence.language.cues.get(sentence.token(position + 1).lower, ())
    return any(r.cue.kind == "verb" and r.form == "base" and not r.rest for r in readings)


def _reads_as(sentence: Sentence, position: int, last: int, form: CueForm) -> bool:
    if form.cue.kind == "preposition":
        return True
    if form.cue.kind == "noun":
        return sentence.token(last).lower in ("that", "whether") and _is_noun_here(
            sentence, position
        )
    return not _is_noun_here(sentence, position) and _is_verb_here(sentence, position, last, form)


def _is_noun_here(sentence: Sentence, position: int) -> bool:
    """Tell whether what stands before makes the word a noun: *the report*, *Keller's claim*."""
    before = sentence.token(position - 1)
    if before.kind != "w":
        return False
    if sentence.is_in(position - 1, "possessive_pronouns"):
        return True
    if before.lower in (
        "all",
        "both",
        "one",
        "some",
        "many",
        "few",
        "most",
        "several",
        "others",
        "another",
    ):
        return False
    if sentence.is_in(position - 1, "determiners") or before.lower.endswith(("'s", "s'")):
        return before.lower not in ("that", "this", "it's", "he's", "she's", "who's", "those")
    irregular = sentence.is_in(position - 1, "irregular_past", "not_past")
    return irregular or (before.lower.endswith("ed") and sentence.is_finite(position - 1))


def _is_verb_here(sentence: Sentence, position: int, last: int, form: CueForm) -> bool:
    token, before = sentence.token(position), sentence.token(position - 1)
    if token.text[0].isupper() and position > 0 and before.kind == "w":
        return False
    if form.form == "base":
        return _base_is_verb(sentence, position)
    if form.form == "gerund":
        return not sentence.is_in(position - 1, "prepositions") or before.lower in (
            "after",
            "by",
            "in",
        )
    if form.form == "third":
        return _third_is_verb(sentence, position, last)
    return True


def _base_is_verb(sentence: Sentence, position: int) -> bool:
    """*They claim*, *will claim*, *officials claim*, but no *claim* after another noun."""
    before = sentence.token(position - 1)
    if sentence.is_in(
        position - 1, "plural_pronouns", "own_pronouns", "auxiliaries", "relative_pronouns"
    ):
        return True
    if before.lower == "to" or "n't" in before.lower:
        return True
    if sentence.is_in(position - 1, "adverbs", "negations"):
        return _base_is_verb(sentence, position - 1)
    return before.lower.endswith("s") and not before.lower.endswith(("ss", "us", "'s"))


def _third_is_verb(sentence: Sentence, position: int, last: int) -> bool:
    """*He claims* and *Keller claims that*, but no *claims* of *the old claims to it*."""
    before = sentence.token(position - 1)
    word = sentence.token(position).lower
    if sentence.is_in(position, "irregular_past") or word in ("says", "thinks"):
        return True
    if sentence.is_in(position - 1, "adverbs") and position > 1:
        return _third_is_verb(sentence, position - 1, last)
    if sentence.is_in(position - 1, "singular_pronouns", "thing_pronouns", "relative_pronouns"):
        return True
    if sentence.is_capital(position - 1) or before.text == "," or before.kind == "q":
        return True
    after = sentence.token(last)
    if after.lower in ("that", "it", "he", "she", "they") or after.kind == "q":
        return True
    return _has_determiner(sentence, last) and not _verb_before(sentence, position)


def _has_determiner(sentence: Sentence, position: int) -> bool:
    return sentence.is_in(position, "determiners", "possessive_pronouns")


def _verb_before(sentence: Sentence, position: int) -> bool:
    """Tell whether the clause has its verb already, so that another one is a noun."""
    k = position - 1
    while k >= 0 and not sentence.is_boundary(k):
        if sentence.is_finite(k):
            return True
        k -= 1
    return k >= 0 or position < 2


def _group(sentence: Sentence, position: int, last: int, form: CueForm) -> CueGroup:
    """Take auxiliaries, adverbs and negations before the word into its group."""
    if form.cue.kind != "verb":
        return CueGroup(form.cue, form.form, position, position, last)
    first = position
    while first > 0 and _belongs(sentence, first - 1):
        first -= 1
    while (
        first < position
        and sentence.is_in(first, "adverbs")
        and sentence.token(first).lower != "not"
    ):
        first += 1
    between = [sentence.token(k).lower for k in range(first, position)]
    return CueGroup(
        form.cue,
        form.form,
        first,
        position,
        _past_day(sentence, last),
        negated=_is_negated(sentence, between),
        passive=form.form in ("past", "participle") and _is_passive(between),
    )


def _past_day(sentence: Sentence, last: int) -> int:
    """Take a day right behind the verb into its group: *said on Thursday*."""
    led = sentence.token(last).lower == "on"
    return last + 1 + led if sentence.is_in(last + led, "weekdays") else last


def _belongs(sentence: Sentence, k: int) -> bool:
    token, after = sentence.token(k), sentence.token(k + 1)
    if token.kind != "w":
        return False
    if sentence.is_in(k, "auxiliaries", "adverbs", "negations") or "n't" in token.lower:
        return not sentence.is_in(k, "determiners") or token.lower == "no"
    if token.lower == "to":
        return sentence.is_in(k - 1, "bridges")
    if sentence.is_in(k, "bridges"):
        return after.lower in ("to", "on") or token.lower == "on"
    return token.lower.endswith("ly") and not sentence.is_capital(k)


def _is_negated(sentence: Sentence, words: list[str]) -> bool:
    return any(word in sentence.language.sets["negations"] or "n't" in word for word in words)


def _is_passive(words: list[str]) -> bool:
    helpers = [w for w in words[-PASSIVE_GAP:] if w in BE or w in HAVE]
    return bool(helpers) and helpers[-1] in BE
