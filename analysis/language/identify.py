"""Which language a text is in, told by its script and its function words.

The rule is small on purpose: it chooses among the languages that we read, and English stands
wherever a text does not speak clearly against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from analysis.language.lexicon import UNKNOWN, known_languages, load_language

DEFAULT = "en"
# A text's beginning tells its language.
LOOKED_AT = 2000
# Fewer function words than these are a name or a title in another language.
FEWEST_WORDS = 2
# This share of letters in kana is Japanese: Chinese has none, Japanese hardly ever less.
KANA_SHARE = 0.1
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a]")
_LETTER = re.compile(r"[^\W\d_]")


def recognise_language(text: str) -> str:
    """Return the language of a text: one of `known_languages`.

    Looked at are the first `LOOKED_AT` signs. Where most letters are not Latin, a tenth of them
    in kana is Japanese (``ja``), and anything else ``und``: a language that we have no words of.
    Among Latin letters the language with the most function words is taken, if there are two
    different ones at least and twice as many as English ones; else it is English. A language
    in Latin letters that we do not read is thus called English, where its words match little.

    >>> recognise_language("Die Verhandlungen gehen weiter, und wir sind bereit.")
    'de'
    """
    start = text[:LOOKED_AT]
    if not start.isascii():
        letters = len(_LETTER.findall(start))
        if len(_LATIN.findall(start)) * 2 < letters:
            return "ja" if len(_KANA.findall(start)) >= KANA_SHARE * letters else UNKNOWN
    return _by_words(start)


def unread_texts(texts: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the ``doc_id`` of the texts of which only the quotation marks can be read."""
    return [
        text["doc_id"]
        for text in texts
        if (text.get("language") or recognise_language(text["text"])) == UNKNOWN
    ]


def _by_words(text: str) -> str:
    words = Counter(word.replace("’", "'") for word in _WORD.findall(text.lower()))
    english = _hits(words, DEFAULT)
    best, most = DEFAULT, 0
    for code in _spaced_languages():
        hits = _hits(words, code)
        different = sum(word in words for word in load_language(code).sets["function_words"])
        if different >= FEWEST_WORDS and hits > max(most, 2 * english):
            best, most = code, hits
    return best


def _hits(words: Counter[str], code: str) -> int:
    return sum(words[word] for word in load_language(code).sets["function_words"])


@cache
def _spaced_languages() -> tuple[str, ...]:
    codes = (code for code in known_languages() if code != DEFAULT)
    return tuple(code for code in codes if load_language(code).sets["function_words"])
