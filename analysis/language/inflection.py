"""The forms of English verbs and nouns, by rule.

Only what a list of reporting words needs: third person, past, past participle and -ing of a
verb, the plural of a noun. Words that no rule fits are given with the list.
"""

from __future__ import annotations

from typing import NamedTuple

VOWELS = frozenset("aeiou")
SIBILANTS = ("s", "x", "z", "ch", "sh")
# Stressed on the last syllable, so the final consonant doubles: admit, admitted.
DOUBLING = frozenset(
    {"admit", "beg", "chat", "commit", "compel", "concur", "dispel", "dub", "infer", "permit"}
    | {"plan", "quip", "rebel", "rebut", "refer", "regret", "slam", "submit"}
)


class VerbForms(NamedTuple):
    """Every form of one verb."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def verb_forms(base: str) -> VerbForms:
    """Return the forms of a regular verb.

    >>> verb_forms("deny")
    VerbForms(base='deny', third='denies', past='denied', participle='denied', gerund='denying')
    """
    stem = base + base[-1] if base in DOUBLING else base
    if base.endswith("e"):
        past, gerund = base + "d", (base if base.endswith("ee") else base[:-1]) + "ing"
    elif _ends_in_y(base):
        past, gerund = base[:-1] + "ied", base + "ing"
    else:
        past, gerund = stem + "ed", stem + "ing"
    return VerbForms(base, plural_form(base), past, past, gerund)


def plural_form(noun: str) -> str:
    """Return a regular plural, which is also a verb's third person.

    >>> plural_form("assembly"), plural_form("speech")
    ('assemblies', 'speeches')
    """
    if _ends_in_y(noun):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(SIBILANTS) else "s")


def _ends_in_y(word: str) -> bool:
    return word.endswith("y") and len(word) > 1 and word[-2] not in VOWELS
