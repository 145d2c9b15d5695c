"""How hard texts are to read, by the lengths of their words and sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.index import TokenIndex, build_index
from analysis.language.sentences import sentence_spans
from analysis.language.syllables import count_syllables
from analysis.tables import READABILITY, build_table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LONG_WORD = 7
HARD_WORD = 3
SHORT_TEXT = 100
JOINED = ("ja", "zh")
OF_SYLLABLES = ("syllables_per_word", "flesch", "flesch_kincaid", "gunning_fog", "smog")
OF_LETTERS = ("coleman_liau", "automated_readability", "lix", "rix")


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
        What the formulas are made of. Words are the tokens of `analysis.index.build_index`; long
        ones have seven letters or more, hard ones three syllables or more. A sentence holds a word.
    flesch, flesch_kincaid, gunning_fog, smog
        Flesch's reading ease (100 easy, 0 hard) and the school grades of Kincaid et al., Gunning
        and McLaughlin; English alone.
    coleman_liau, automated_readability, lix, rix
        From letters: the school grades of Coleman and Liau and of Senter and Smith (ARI), and
        Björnsson's LIX and Anderson's RIX, for languages that write words apart.
    note
        Why formulas are NaN (no words, or not in this language), and that a text is short: with
        fewer than 100 words they are unreliable.

    All formulas were fitted to school texts of their time. They compare texts of one genre; they
    do not say how hard a text is for its readers.

    Raises
    ------
    ValueError
        If there is no lexicon for the language. A TableError if two texts have the same id.

    References
    ----------
    Flesch (1948), Journal of Applied Psychology 32(3). Kincaid et al. (1975), Naval Technical
    Training Command, Report 8-75. Gunning (1952). McLaughlin (1969), Journal of Reading 12(8).
    Coleman and Liau (1975), Journal of Applied Psychology 60(2). Senter and Smith (1967).
    Björnsson (1968). Anderson (1983), Journal of Reading 26(6).
    """
    index = build_index(texts, language=language)
    sums = _sums(index)
    sums["n_sentences"] = _sentences(texts, index)
    with np.errstate(divide="ignore", invalid="ignore"):
        rows = pd.DataFrame({**_of_letters(sums), **_of_syllables(sums)})
    if language in JOINED:
        rows[[*OF_LETTERS]] = np.nan
    counts = sums[["n_sentences", "n_words"]].astype("int64")
    named = pd.concat([counts, rows.where(np.isfinite(rows))], axis=1)
    note = _notes(index.n_tokens, language)
    return build_table(named.assign(unit_id=index.unit_ids, note=note), READABILITY)


def _sums(index: TokenIndex) -> pd.DataFrame:
    """Count words, letters, long words, syllables and hard words; each form is looked at once."""
    forms = index.forms.tolist()
    letters = np.array([sum(map(str.isalnum, form)) for form in forms], dtype=np.float64)
    known = index.language == "en"
    syllables = np.array([count_syllables(form) if known else np.nan for form in forms])
    hard = np.where(np.isnan(syllables), np.nan, syllables >= HARD_WORD)
    per_form = {
        "letters": letters,
        "long": letters >= LONG_WORD,
        "syllables": syllables,
        "hard": hard,
    }
    size = len(index.unit_ids)
    sums = {
        name: np.bincount(index.unit_codes, weights=values[index.codes], minlength=size)
        for name, values in per_form.items()
    }
    return pd.DataFrame({"n_words": index.n_tokens.astype(np.float64), **sums})


def _sentences(texts: pd.Series, index: TokenIndex) -> Floats:
    """Count the sentences of each text that hold a word: a row of signs is none."""
    counts = np.zeros(len(texts))
    for place, text in enumerate(texts.fillna("").astype(str)):
        begins = sentence_spans(text, index.language)[:, 0]
        words = index.starts[index.bounds[place] : index.bounds[place + 1]]
        counts[place] = len(np.unique(np.searchsorted(begins, words, side="right")))
    return counts


def _notes(n_words: Ints, language: str) -> NDArray[np.object_]:
    notes = [] if language == "en" else [f"not in {language!r}: no {', '.join(OF_SYLLABLES)}"]
    if language in JOINED:
        notes.append(f"words are written together: no {', '.join(OF_LETTERS)}")
    short = [f"fewer than {SHORT_TEXT} words", *notes]
    chosen = np.where(n_words < SHORT_TEXT, "; ".join(short), "; ".join(notes)).astype(object)
    chosen[n_words == 0] = "no words"
    chosen[chosen == ""] = None
    return chosen


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
