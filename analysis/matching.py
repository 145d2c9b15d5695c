"""The pattern language of codebooks, and its matches in texts.

A pattern is words separated by spaces. In a word, ``*`` stands for any signs and ``?`` for one;
``a|b`` is either word; initials have their stops (``u.s.``). Words follow each other with
nothing but space, hyphens or quotation marks between; `` ... `` lets up to eight words (and
commas) stand between, in that order and in one sentence. Case is ignored and words are whole; a
hyphen counts as a space; a possessive ending belongs to no word.

Texts are split into words once; patterns are then looked up in the vocabulary and joined by
their positions, so that time grows with the texts and the hits, whatever the pattern.
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import StudyError, check_choice
from analysis.language.tokens import APOSTROPHES, HYPHENS, fold_term
from analysis.language.wordbreaks import JOINED, SENTENCE, clause_words

MOST_WORDS_BETWEEN = 8
NEGATION_REACH = 5

_BREAKS = re.compile(rf"[{HYPHENS}\s]+")
_BAD_SIGN = re.compile(rf"[^\w*?|{APOSTROPHES}]|_")
_POSSESSIVE = re.compile(r"'s$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_WILD = re.compile(r"[*?]")

Ints = NDArray[np.int64]
Element = tuple[str, ...]


@dataclass(frozen=True)
class Pattern:
    """A pattern as written, and its runs of words; each word is a tuple of alternatives."""

    text: str
    runs: tuple[tuple[Element, ...], ...]


def compile_pattern(pattern: str, *, where: str = "pattern") -> Pattern:
    """Read a pattern.

    Parameters
    ----------
    pattern
        The pattern as written.
    where
        What an error calls it: the codebook key, say.

    Raises
    ------
    StudyError
        If the pattern is empty, has a sign that it cannot have, begins or ends with ``...``,
        or has a run of words that consists of wildcards alone.
    """
    folded = fold_term(pattern.strip().replace("…", "..."))
    runs = [_BREAKS.split(run.strip()) for run in re.split(r"(?:^|\s)\.\.\.(?=\s|$)", folded)]
    if any(run == [""] for run in runs):
        raise StudyError(f"{where}: {pattern!r}: words stand on both sides of every ...")
    return Pattern(pattern, tuple(_run(run, pattern, where) for run in runs))


def find_matches(
    texts: pd.Series, patterns: Iterable[str], *, language: str = "en"
) -> pd.DataFrame:
    """Find every place where a pattern stands in a text.

    Parameters
    ----------
    texts
        Texts, indexed by their ids. Missing texts have no matches.
    patterns
        Patterns in the language of this module.
    language
        Whose abbreviations and negators apply.

    Returns
    -------
    One row per match, by text, place and pattern: `id` (of the text), `pattern`, `start` and
    `end` (code points, ``text[start:end] == form``), `form`, and `negated`: whether an odd
    number of negators stands among the five words before the match, in its clause and not
    beyond a word like *but*, or in its ``...``; negators that the pattern itself names do not
    count. Of matches of one pattern that end at the same word the shortest stands.

    Raises
    ------
    StudyError
        If a pattern is none, as `compile_pattern`.
    ValueError
        If the language is not known.

    References
    ----------
    Chapman et al. (2001), Journal of Biomedical Informatics 34(5), NegEx: negators, pseudo
    negators and words that end their reach, within five words.
    """
    return find_labelled(texts, {"patterns": list(patterns)}, language=language).drop(
        columns="label"
    )


def find_labelled(
    texts: pd.Series, patterns: Mapping[str, Sequence[str]], *, language: str = "en"
) -> pd.DataFrame:
    """Find patterns that have labels: `find_matches` with a `label` column before `pattern`.

    A pattern may stand under several labels and then gives a row for each. The labels name a
    bad pattern in its error.
    """
    compiled = {
        label: [compile_pattern(text, where=label) for text in listed]
        for label, listed in patterns.items()
    }
    corpus = _Corpus.of(texts, language)
    negators = _negators(corpus, language)
    rows = []
    known: dict[str, pd.DataFrame] = {}
    for label, listed in compiled.items():
        for pattern in dict.fromkeys(listed):
            if pattern.text not in known:
                known[pattern.text] = _rows(corpus, pattern, negators)
            rows.append(known[pattern.text].assign(label=label))
    return _gathered(rows, corpus, texts)


@dataclass(frozen=True, eq=False)
class _Corpus:
    """All words of all texts in a row, with where each form stands.

    `order` lists positions by form, then place; those of the i-th form of the sorted
    `vocabulary` are ``order[bounds[i]:bounds[i + 1]]``.
    """

    text_no: Ints
    starts: Ints
    ends: Ints
    codes: Ints
    breaks: Ints
    sentences: Ints
    vocabulary: list[str]
    order: Ints
    bounds: Ints

    @classmethod
    def of(cls, texts: pd.Series, language: str) -> _Corpus:
        split = [clause_words(text if isinstance(text, str) else "", language) for text in texts]
        forms = [form for words in split for form in words.forms]
        vocabulary = sorted(set(forms))
        numbers = {form: number for number, form in enumerate(vocabulary)}
        codes = np.array([numbers[form] for form in forms], dtype=np.int64)
        breaks = _chain([words.breaks for words in split])
        return cls(
            text_no=np.repeat(np.arange(len(split)), [len(words.forms) for words in split]),
            starts=_chain([words.starts for words in split]),
            ends=_chain([words.ends for words in split]),
            codes=codes,
            breaks=breaks,
            sentences=np.cumsum(breaks == SENTENCE),
            vocabulary=vocabulary,
            order=np.argsort(codes, kind="stable"),
            bounds=np.searchsorted(np.sort(codes), np.arange(len(vocabulary) + 1)),
        )

    def positions(self, element: Element) -> Ints:
        """Where a word of a pattern stands, in order."""
        found = [number for word in element for number in self._forms(word)]
        spans = [self.order[self.bounds[no] : self.bounds[no + 1]] for no in dict.fromkeys(found)]
        return np.sort(_chain(spans))

    def _forms(self, word: str) -> Iterable[int]:
        fixed = _WILD.split(word, maxsplit=1)[0]
        first = bisect_left(self.vocabulary, fixed)
        if fixed == word:
            known = first < len(self.vocabulary) and self.vocabulary[first] == word
            return [first] if known else []
        last = bisect_right(self.vocabulary, fixed + chr(0x10FFFF))
        matches = re.compile(fnmatch.translate(word)).match
        return [number for number in range(first, last) if matches(self.vocabulary[number])]


def _run(words: list[str], pattern: str, where: str) -> tuple[Element, ...]:
    for word in words:
        bad = next(filter(None, map(_bad_sign, word.split("|"))), None)
        if bad:
            raise StudyError(
                f"{where}: {pattern!r}: {bad!r} cannot stand in a pattern; there are words "
                "separated by spaces, * and ? inside a word, a|b for either word, and ' ... '"
            )
    run = tuple(tuple(map(_plain_word, word.split("|"))) for word in words)
    if any("" in element for element in run):
        raise StudyError(f"{where}: {pattern!r}: a word stands on both sides of every |")
    if all(any(not _WILD.sub("", part) for part in element) for element in run):
        raise StudyError(f"{where}: {pattern!r}: a pattern needs a word that is more than * and ?")
    return run


def _bad_sign(word: str) -> str | None:
    found = None if _INITIALS.fullmatch(word) else _BAD_SIGN.search(word)
    return found.group() if found else None


def _plain_word(word: str) -> str:
    """Return a word as `clause_words` gives it: no possessive ending, no last stop of initials."""
    return word.rstrip(".") if _INITIALS.fullmatch(word) else _POSSESSIVE.sub("", word)


def _chain(arrays: Sequence[NDArray[np.integer]]) -> Ints:
    return np.concatenate([np.empty(0, dtype=np.int64), *arrays]).astype(np.int64)


def _run_starts(corpus: _Corpus, run: tuple[Element, ...]) -> Ints:
    """Where a run of words that follow each other begins."""
    starts: Ints | None = None
    for offset, element in enumerate(run):
        if all(not part.strip("*") for part in element):
            continue
        here = corpus.positions(element) - offset
        starts = here if starts is None else starts[np.isin(starts, here, assume_unique=True)]
    starts = np.empty(0, dtype=np.int64) if starts is None else starts
    starts = starts[(starts >= 0) & (starts + len(run) <= len(corpus.codes))]
    for offset in range(1, len(run)):
        starts = starts[corpus.breaks[starts + offset] == JOINED]
    return starts


def _matches(corpus: _Corpus, pattern: Pattern) -> Ints:
    """Where the pattern's runs begin: a row per match, a column per run.

    From the last run backwards, so that each row has the nearest next run from which the
    rest can be reached; the ends then never fall as the starts rise.
    """
    chains = _run_starts(corpus, pattern.runs[-1])[:, None]
    for run in reversed(pattern.runs[:-1]):
        starts = _run_starts(corpus, run)
        if not len(chains):
            return np.empty((0, len(pattern.runs)), dtype=np.int64)
        after = starts + len(run)
        nearest = np.searchsorted(chains[:, 0], after)
        starts, after, nearest = (part[nearest < len(chains)] for part in (starts, after, nearest))
        follows = chains[nearest, 0]
        near = (follows - after <= MOST_WORDS_BETWEEN) & (
            corpus.sentences[follows] == corpus.sentences[starts]
        )
        chains = np.column_stack([starts[near], chains[nearest[near]]])
    last = chains[:, -1]
    kept: Ints = chains[np.append(last[1:] != last[:-1], True)[: len(chains)]]
    return kept


def _rows(corpus: _Corpus, pattern: Pattern, negators: tuple[Ints, Ints]) -> pd.DataFrame:
    chains = _matches(corpus, pattern)
    last = chains[:, -1] + len(pattern.runs[-1]) - 1
    return pd.DataFrame(
        {
            "text_no": corpus.text_no[chains[:, 0]],
            "pattern": pattern.text,
            "start": corpus.starts[chains[:, 0]],
            "end": corpus.ends[last],
            "negated": _count_negators(corpus, pattern, chains, negators) % 2 == 1,
        }
    )


def _count_negators(
    corpus: _Corpus, pattern: Pattern, chains: Ints, negators: tuple[Ints, Ints]
) -> Ints:
    """Count the negators in reach of each match: before it, and between its runs."""
    negates, stops = negators
    first = chains[:, 0]
    count = np.zeros(len(chains), dtype=np.int64)
    reaches = np.ones(len(chains), dtype=bool)
    for distance in range(1, NEGATION_REACH + 1):
        reaches &= corpus.breaks[np.maximum(first - distance + 1, 0)] == JOINED
        place = np.where(reaches, first - distance, 0)
        count += reaches & (negates[place] == 1)
        reaches &= stops[place] == 0
    running = np.concatenate([[0], np.cumsum(negates)])
    for number, run in enumerate(pattern.runs[:-1]):
        count += running[chains[:, number + 1]] - running[chains[:, number] + len(run)]
    return count


def _negators(corpus: _Corpus, language: str) -> tuple[Ints, Ints]:
    """For each word, whether a negator begins there, and whether it ends a negator's reach."""
    lists = {
        name: [compile_pattern(text, where=f"negation.toml: {name}") for text in listed]
        for name, listed in _negation(language).items()
    }
    negates, stops = np.zeros((2, len(corpus.codes)), dtype=np.int64)
    for value, name in ((1, "negators"), (0, "pseudo")):
        for pattern in lists[name]:
            negates[_run_starts(corpus, pattern.runs[0])] = value
    for pattern in lists["stops"]:
        stops[_run_starts(corpus, pattern.runs[0])] = 1
    return negates, stops


@cache
def _negation(language: str) -> Mapping[str, Sequence[str]]:
    folder = files("analysis.language")
    known = [entry.name for entry in folder.iterdir() if (entry / "negation.toml").is_file()]
    check_choice(language, known, "list of negators for language")
    return tomllib.loads((folder / language / "negation.toml").read_text(encoding="utf-8"))


def _gathered(rows: list[pd.DataFrame], corpus: _Corpus, texts: pd.Series) -> pd.DataFrame:
    columns = ["text_no", "label", "pattern", "start", "end", "negated"]
    found = pd.concat(rows) if rows else pd.DataFrame(columns=columns)
    found = found.sort_values(["text_no", "start", "end"], kind="stable", ignore_index=True)
    number = found["text_no"].astype("int64").to_numpy()
    places = zip(number, found["start"], found["end"], strict=True)
    forms = [texts.iloc[no][start:end] for no, start, end in places]
    return pd.DataFrame(
        {
            "id": texts.index.to_numpy()[number],
            "label": found["label"].astype("str"),
            "pattern": found["pattern"].astype("str"),
            "start": found["start"].astype("int64"),
            "end": found["end"].astype("int64"),
            "form": pd.Series(forms, index=found.index, dtype="str"),
            "negated": found["negated"].astype("bool"),
        }
    )
