"""Sentences of a paragraph, with quotations in one piece.

A full stop ends no sentence after an abbreviation or an initial, nor inside a quotation; the
end of a quotation ends one unless the words after it say who spoke.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.language.lexicon import Language, load_language

# French puts a space before its closing mark; German closes with what others open with.
_END = re.compile(r"[.!?…]+(?:''|[ \u00a0\u202f]»|[\"“”’«»›)\]」』'])*(?=\s|$)|[。！？](?![」』”])")
_LAST_WORD = re.compile(r"[^\W\d_](?:[\w.&]*\w)?$")
_WORDS = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LOOKAHEAD = 60


def split_sentences(
    text: str,
    start: int,
    end: int,
    *,
    quotes: Sequence[tuple[int, int]],
    language: Language,
) -> list[tuple[int, int]]:
    """Return the sentences of ``text[start:end]`` as offsets into `text`, space left out.

    `quotes` are the quotations, in order and without overlap; a sentence holds each of them
    whole, together with the words before or after it that name its speaker.
    """
    sentences = []
    begin = start
    inside = iter(quotes)
    quote = next(inside, None)
    for match in _END.finditer(text, start, end):
        while quote is not None and quote[1] < match.end():
            quote = next(inside, None)
        if quote is not None and quote[0] <= match.start() and match.end() < quote[1]:
            continue
        closes_quote = quote is not None and match.end() == quote[1] and quote[0] < match.end()
        if match.end() == end or _ends(text, match, end, closes_quote, language):
            sentences.append((begin, match.end()))
            begin = match.end()
    sentences.append((begin, end))
    return [span for span in (_strip(text, *span) for span in sentences) if span[0] < span[1]]


def sentence_spans(text: str, language: str) -> NDArray[np.int64]:
    """Return start and end of every sentence of a text, one row each; empty lines part them.

    Raises
    ------
    ValueError
        If there is no lexicon for the language.
    """
    known = load_language(language)
    edges = [0, *(place for match in _BLANK_LINE.finditer(text) for place in match.span())]
    spans = [
        span
        for start, end in zip(edges[::2], [*edges[1::2], len(text)], strict=True)
        for span in split_sentences(text, start, end, quotes=(), language=known)
    ]
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def _ends(
    text: str, match: re.Match[str], end: int, closes_quote: bool, language: Language
) -> bool:
    sign = match.group()
    following = text[match.end() : min(end, match.end() + _LOOKAHEAD)].lstrip()
    if sign[0] in "。！？":
        return True
    if following[:1].islower():
        return False
    if closes_quote:
        return sign[0] == "." or not _names_speaker(following, language)
    if sign[0] == "." and len(sign) == 1:
        return not _is_abbreviation(
            text[max(0, match.start() - 20) : match.start()], following, language
        )
    return True


def _is_abbreviation(before: str, following: str, language: Language) -> bool:
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found.group().lower()
    if len(word) == 1 and found.group().isupper():
        return word != "i"
    if word in language.sets["never_final"]:
        return True
    if word in language.sets["before_number"]:
        return following[:1].isdigit()
    if word not in language.sets["abbreviations"] and "." not in word:
        return False
    return not _starts_sentence(following, language)


def _starts_sentence(following: str, language: Language) -> bool:
    """Tell whether the next word is one that mostly begins a sentence, as *The* does."""
    first = _WORDS.match(following)
    if first is None:
        return True
    word = first.group().lower()
    starters = (
        "determiners",
        "singular_pronouns",
        "plural_pronouns",
        "conjunctions",
        "thing_pronouns",
    )
    return not word[0].isalnum() or any(word in language.sets[name] for name in starters)


def _names_speaker(following: str, language: Language) -> bool:
    """Tell whether *Keller asked* follows: a reporting verb within a few words, unquoted."""
    for found in list(_WORDS.finditer(following))[1:8]:
        word = found.group().lower()
        if not word[0].isalnum():
            return False
        if any(
            f.cue.kind == "verb" and f.form in ("past", "third")
            for f in language.cues.get(word, ())
        ):
            return True
    return False


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
