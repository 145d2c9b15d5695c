"""The token index: texts as one array of numbers.

Every text is read into tokens once. Counts, collocations, n-grams and searches then work on
integers, and each token still knows where it stands in its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.language.tokens import fold_term, has_line_break, token_form, token_spans

Codes = NDArray[np.int32]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """Every token of every unit, as numbers.

    unit_ids
        The units, in the order of the texts.
    bounds
        Unit ``i`` holds tokens ``bounds[i]`` to ``bounds[i + 1]`` (int64).
    codes
        The form of each token: a place in `forms` (int32).
    starts, ends
        Where each token stands in its unit's text: half-open code-point offsets (int32).
    forms
        The vocabulary as the texts write it, sorted.
    form_terms
        The term of each form: a place in `terms` (int32).
    terms
        The vocabulary under which tokens are counted: case folded, sorted.
    """

    unit_ids: pd.Index
    bounds: Places
    codes: Codes
    starts: Codes
    ends: Codes
    forms: pd.Index
    form_terms: Codes
    terms: pd.Index

    @property
    def n_tokens(self) -> Places:
        """The number of tokens of each unit."""
        return np.diff(self.bounds)

    @cached_property
    def term_codes(self) -> Codes:
        """The term of each token: a place in `terms`."""
        return self.form_terms[self.codes]

    @cached_property
    def unit_codes(self) -> Codes:
        """The unit of each token: a place in `unit_ids`."""
        return np.repeat(np.arange(len(self.unit_ids), dtype=np.int32), self.n_tokens)

    def positions(self, term: str) -> Places:
        """Return the places of a term's tokens in `codes`, in order; none if it is unknown."""
        found = int(self.terms.get_indexer(pd.Index([fold_term(term)]))[0])
        if found < 0:
            return np.empty(0, dtype=np.int64)
        order, starts = self._positional
        return order[starts[found] : starts[found + 1]]

    @cached_property
    def _positional(self) -> tuple[Places, Places]:
        """Token places sorted by term, and where each term's begin; made when first asked for."""
        order = np.argsort(self.term_codes, kind="stable")
        sizes = np.bincount(self.term_codes, minlength=len(self.terms))
        return order, np.concatenate([[0], np.cumsum(sizes)])


def build_index(texts: pd.Series) -> TokenIndex:
    """Read texts into a token index.

    A word that a line break parts at its hyphen is one token, written as
    `analysis.language.tokens.token_form` writes it; its offsets span the break.

    Parameters
    ----------
    texts
        The texts, with the id of each unit as index. A missing text has no tokens.

    Raises
    ------
    TableError
        If two texts have the same id.

    References
    ----------
    Evert and Hardie (2011), Corpus Linguistics conference, for the layout (corpus workbench).
    """
    if texts.index.has_duplicates:
        doubled = texts.index[texts.index.duplicated()][0]
        raise TableError(f"texts: id {doubled!r} stands twice; an index has one text for each unit")
    codes_by_form: dict[str, int] = {}
    spans, codes = [], []
    for text in texts.fillna("").astype(str):
        found = token_spans(text)
        spans.append(found)
        codes.append(np.fromiter(_code_tokens(text, found, codes_by_form), np.int32, len(found)))
    raw_codes = np.concatenate([np.empty(0, np.int32), *codes])
    places = np.concatenate([np.empty((0, 2), np.int32), *spans])
    sizes = [len(found) for found in spans]
    forms, form_codes = _join_forms(list(codes_by_form), raw_codes)
    terms, form_terms = _fold_forms(forms)
    return TokenIndex(
        unit_ids=pd.Index(texts.index.astype(str), name="unit_id"),
        bounds=np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64),
        codes=form_codes[raw_codes],
        starts=places[:, 0].copy(),
        ends=places[:, 1].copy(),
        forms=forms,
        form_terms=form_terms,
        terms=terms,
    )


def attested_forms(texts: pd.Series) -> Mapping[str, int]:
    """Count the folded forms of all tokens without a line break: what `join_lines` goes by."""
    counts: Counter[str] = Counter()
    for text in texts.fillna("").astype(str):
        counts.update(text[start:end] for start, end in token_spans(text))
    return _attested(counts)


def _code_tokens(text: str, spans: Codes, codes: dict[str, int]) -> Iterator[int]:
    for start, end in spans.tolist():
        yield codes.setdefault(text[start:end], len(codes))


def _attested(counts: Mapping[str, int]) -> Mapping[str, int]:
    attested: Counter[str] = Counter()
    for form, n in counts.items():
        if not has_line_break(form):
            attested[fold_term(form)] += n
    return attested


def _join_forms(raw_forms: list[str], raw_codes: Codes) -> tuple[pd.Index, Codes]:
    """Return the sorted forms without line breaks, and the place of each raw form in them."""
    sizes = np.bincount(raw_codes, minlength=len(raw_forms))
    attested = _attested(dict(zip(raw_forms, sizes.tolist(), strict=True)))
    return _sorted_vocabulary([token_form(form, attested) for form in raw_forms])


def _fold_forms(forms: pd.Index) -> tuple[pd.Index, Codes]:
    return _sorted_vocabulary([fold_term(form) for form in forms])


def _sorted_vocabulary(words: list[str]) -> tuple[pd.Index, Codes]:
    vocabulary = sorted(set(words))
    places = {word: place for place, word in enumerate(vocabulary)}
    codes = np.fromiter((places[word] for word in words), np.int32, len(words))
    return pd.Index(vocabulary, dtype="str"), codes
