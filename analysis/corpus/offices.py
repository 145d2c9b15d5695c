"""Offices in words: what *the top diplomat*, *the premier*, *the spokesman* can stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.corpus.people import find_places, plain_words
from analysis.language.lexicon import Language

_INDEFINITE = frozenset(
    {"a", "an", "one", "some", "two", "three", "several", "many", "senior", "another", "other"}
)


def office_words(phrase: str, language: Language) -> list[str]:
    """Return an office's words in the usual form, countries left out; empty if it is none.

    >>> from analysis.language.lexicon import load_language
    >>> office_words("the French premier", load_language("en"))
    ['prime', 'minister']
    """
    for _, span in reversed(find_places(phrase, language)):
        phrase = phrase[: span.start] + phrase[span.end :]
    text = " ".join(plain_words(phrase))
    for synonym, office in language.role_synonyms.items():
        text = re.sub(rf"\b{synonym}\b", office, text)
    words = text.split()
    if not any(word in language.sets["roles"] for word in words):
        return []
    known = language.sets["titles"] | language.sets["roles"]
    return [word for word in words if word in known and word not in ("the", "former", "himself")]


def is_definite(phrase: str) -> bool:
    """Tell *the minister* and *Norway's minister* from *a minister*, *two ministers*."""
    return phrase.partition(" ")[0].lower() not in _INDEFINITE


def fits_office(words: Sequence[str], office: str, language: Language) -> bool:
    """Tell whether someone who holds `office` can be called by these words."""
    held = office_words(office, language) or plain_words(office)
    if not held:
        return False
    if set(words) <= set(held):
        return True
    kinds = language.role_kinds.get(words[-1], ())
    return any(set(kind.split()) <= set(held) for kind in kinds)
