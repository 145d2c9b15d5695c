"""The words of a text as a stance model reads them."""

from __future__ import annotations

import re

import pandas as pd

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[#@]?\w+(?:['’]\w+)?|[^\w\s]")
_NEGATION = re.compile(
    r"^(?:not|no|never|cannot|nor|without|none|nothing|hardly|neither)$|n['’]?t$"
)
_STOPS = frozenset(".!?,;:")
# So many words after a negator are marked, unless a sign ends its reach.
REACH = 4
NEGATED = "_NEG"
# What stands in a text for the one that it is about.
MENTION = "TARGETX"
# What was said around a text, where a table tells it.
CONTEXT = ("before", "after")


def clean(text: str) -> str:
    """Return a text with addresses as one word, the words of hashtags apart, each space single."""
    return " ".join(_HASHTAG.sub(_with_words, _ADDRESS.sub("URL", text)).split())


def plain_words(text: str) -> list[str]:
    """Return the words and signs of a text in lower case."""
    return _WORDS.findall(text.lower())


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, those that a negator reaches marked."""
    return mark_negated(plain_words(text))


def mark_negated(words: list[str]) -> list[str]:
    """Mark the words that a negator reaches (Pang, Lee and Vaithyanathan 2002, EMNLP)."""
    found, left = [], 0
    for word in words:
        marked = left > 0 and word[0].isalnum()
        found.append(word + NEGATED if marked else word)
        if _NEGATION.search(word):
            left = REACH
        elif word in _STOPS:
            left = 0
        else:
            left -= 1
    return found


def masked_texts(rows: pd.DataFrame) -> list[str]:
    """Return the cleaned texts, each mention (if there are any) in place of its name."""
    if not has_mentions(rows):
        return [clean(text) for text in rows["text"]]
    return [clean(f"{before} {MENTION} {after}") for before, _, after in mentions(rows)]


def has_mentions(rows: pd.DataFrame) -> bool:
    """Tell whether rows say where in their text the target is mentioned."""
    return {"start", "end"} <= set(rows.columns)


def mentions(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Return each text before its mention, the mention, and the text after."""
    places = zip(rows["text"], rows["start"].astype(int), rows["end"].astype(int), strict=True)
    return [(text[:start], text[start:end], text[end:]) for text, start, end in places]


def _with_words(hashtag: re.Match[str]) -> str:
    """Return a hashtag, and after it the words that capitals show it to be made of."""
    words = _CAMEL.sub(" ", hashtag.group(1))
    return f"{hashtag.group()} {words}" if " " in words else hashtag.group()
