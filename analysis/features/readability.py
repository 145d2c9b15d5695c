"""How hard texts are to read, by the lengths of their words and sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.language.sentences import sentence_spans
from analysis.language.syllables import count_syllables
from analysis.language.tokens import token_spans
from analysis.tables import READABILITY, build_table

Floats = NDArray[np.float64]

LONG_WORD = 7
HARD_WORD = 3
SHORT_TEXT = 100


def readability(texts: pd.Series, *, language: str = "en") -> pd.DataFrame:
    """Measure how hard texts are to read.

    Parameters
    ----------
    texts
        The texts, with the id of each unit as index.
    language
        Of the texts. Syllables are counted in English alone.

    Returns
    -------
    The `readability` table, one row per unit.

    n_sentences, n_words, words_per_sentence, letters_per_word, syllables_per_word
        What the formulas are made of. Words are tokens with a letter or digit; long words have
        seven letters or more, hard words three syllables or more.
    flesch, flesch_kincaid, gunning_fog, smog
        Flesch's reading ease (100 easy, 0 hard) and the school grades of Kincaid et al., Gunning
        and McLaughlin; English alone.
    coleman_liau, automated_readability, lix, rix
        From letters: the school grades of Coleman and Liau and of Senter and Smith (ARI), and
        Björnsson's LIX and Anderson's RIX, made for any language that writes words apart.
    note
        That a text is short (fewer than 100 words: formulas are unreliable), or has no word.

    All formulas were fitted to school texts of their time. They compare texts of one genre; they
    do not say how hard a text is for its readers.

    Raises
    ------
    ValueError
        If there is no lexicon for the language.

    References
    ----------
    Flesch (1948), Journal of Applied Psychology 32(3). Kincaid et al. (1975), Naval Technical
    Training Command, Report 8-75. Gunning (1952). McLaughlin (1969), Journal of Reading 12(8).
    Coleman and Liau (1975), Journal of Applied Psychology 60(2). Senter and Smith (1967).
    Björnsson (1968). Anderson (1983), Journal of Reading 26(6).
    """
    counted = [_count(text if isinstance(text, str) else "", language) for text in texts]
    columns = ["n_sentences", "n_words", "letters", "long", "syllables", "hard"]
    sums = pd.DataFrame(counted, columns=columns, dtype="float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = pd.DataFrame({**_of_letters(sums), **_of_syllables(sums)})
    note = pd.Series(None, index=sums.index, dtype="object")
    note[sums["n_words"] < SHORT_TEXT] = f"fewer than {SHORT_TEXT} words"
    note[sums["n_words"] == 0] = "no words"
    counts = sums[["n_sentences", "n_words"]].astype("int64")
    named = pd.concat([counts, rows.where(np.isfinite(rows))], axis=1)
    return build_table(named.assign(unit_id=texts.index.astype("str"), note=note), READABILITY)


def _count(text: str, language: str) -> tuple[float, ...]:
    """Return sentences, words, letters, long words, syllables and hard words of a text."""
    words = [text[start:end] for start, end in token_spans(text).tolist()]
    letters = [sum(map(str.isalnum, word)) for word in words]
    long = sum(n >= LONG_WORD for n in letters)
    # A piece of signs without a word is no sentence.
    spans = sentence_spans(text, language).tolist()
    n_sentences = sum(any(map(str.isalnum, text[start:end])) for start, end in spans)
    if language != "en":
        return n_sentences, len(words), sum(letters), long, np.nan, np.nan
    syllables = [count_syllables(word) for word in words]
    hard = sum(n >= HARD_WORD for n in syllables)
    return n_sentences, len(words), sum(letters), long, sum(syllables), hard


def _of_letters(sums: pd.DataFrame) -> dict[str, Any]:
    words, sentences = sums["n_words"], sums["n_sentences"]
    per_sentence, per_word = words / sentences, sums["letters"] / words
    return {
        "words_per_sentence": per_sentence,
        "letters_per_word": per_word,
        "coleman_liau": 5.88 * per_word - 29.6 * sentences / words - 15.8,
        "automated_readability": 4.71 * per_word + 0.5 * per_sentence - 21.43,
        "lix": per_sentence + 100 * sums["long"] / words,
        "rix": sums["long"] / sentences,
    }


def _of_syllables(sums: pd.DataFrame) -> dict[str, Any]:
    per_sentence = sums["n_words"] / sums["n_sentences"]
    per_word = sums["syllables"] / sums["n_words"]
    return {
        "syllables_per_word": per_word,
        "flesch": 206.835 - 1.015 * per_sentence - 84.6 * per_word,
        "flesch_kincaid": 0.39 * per_sentence + 11.8 * per_word - 15.59,
        "gunning_fog": 0.4 * (per_sentence + 100 * sums["hard"] / sums["n_words"]),
        "smog": 1.043 * np.sqrt(30 * sums["hard"] / sums["n_sentences"]) + 3.1291,
    }
