"""The token index: texts as one array of numbers.

Every text is read into tokens once. Counts, collocations, n-grams and searches then work on
integers, and each token still knows where it stands in its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.language.scanning import Gaps, Scanned, scan_tokens
from analysis.language.splitting import split_forms
from analysis.language.tokens import fold_term, has_line_break, token_form

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
    gaps
        What parts each token from the one before, as `analysis.language.scanning` says (int8).
    forms
        The vocabulary as the texts write it, sorted.
    form_terms
        The term of each form: a place in `terms` (int32).
    terms
        The vocabulary under which tokens are counted: case folded, sorted.
    language
        Whose words the tokens are.
    """

    unit_ids: pd.Index
    bounds: Places
    codes: Codes
    starts: Codes
    ends: Codes
    gaps: Gaps
    forms: pd.Index
    form_terms: Codes
    terms: pd.Index
    language: str = "en"

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
        order, starts = self.by_term
        return order[starts[found] : starts[found + 1]]

    @cached_property
    def by_term(self) -> tuple[Places, Places]:
        """Token places sorted by term, and where each term's begin; made when first asked for."""
        from scipy.sparse import csr_array

        size = len(self.codes)
        ones, rows = np.ones(size, dtype=np.int8), np.arange(size + 1)
        # Turning a matrix with one entry a row is a sort in linear time.
        turned = csr_array((ones, self.term_codes, rows), shape=(size, len(self.terms))).tocsc()
        return turned.indices.astype(np.int64), turned.indptr.astype(np.int64)


def build_index(texts: pd.Series, *, language: str = "en") -> TokenIndex:
    """Read texts into a token index.

    A word that a line break parts at its hyphen is one token, written as
    `analysis.language.tokens.token_form` writes it; its offsets span the break.

    Parameters
    ----------
    texts
        The texts, with the id of each unit as index. A missing text has no tokens.
    language
        The language of the texts: French, Italian, Japanese and Chinese write words together
        and have rules of their own (`analysis.language.splitting`); all others share one.

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
    scanned = split_forms(scan_tokens(texts.fillna("").astype(str).tolist()), language)
    words, folded = _joined_forms(scanned)
    forms, form_codes = _sorted_vocabulary(words)
    term_of = dict(zip(words, folded, strict=True))
    terms, form_terms = _sorted_vocabulary([term_of[form] for form in forms])
    return TokenIndex(
        unit_ids=pd.Index(texts.index.astype(str), name="unit_id"),
        bounds=np.r_[0, np.cumsum(scanned.sizes)].astype(np.int64),
        codes=form_codes[scanned.codes],
        starts=scanned.starts,
        ends=scanned.ends,
        gaps=scanned.gaps,
        forms=pd.Index(forms, dtype="str"),
        form_terms=form_terms,
        terms=pd.Index(terms, dtype="str"),
        language=language,
    )


def attested_forms(texts: pd.Series) -> Mapping[str, int]:
    """Count the folded forms of all tokens without a line break: what `join_lines` goes by."""
    scanned = scan_tokens(texts.fillna("").astype(str).tolist())
    return _attested(scanned, [fold_term(form) for form in scanned.forms])


def _attested(scanned: Scanned, folded: Sequence[str]) -> Mapping[str, int]:
    sizes = np.bincount(scanned.codes, minlength=len(folded)).tolist()
    attested: Counter[str] = Counter()
    for form, term, n in zip(scanned.forms, folded, sizes, strict=True):
        if not _may_be_broken(form) or not has_line_break(form):
            attested[term] += n
    return attested


def _may_be_broken(form: str) -> bool:
    return "\n" in form or "\r" in form


def _joined_forms(scanned: Scanned) -> tuple[list[str], list[str]]:
    """Return the forms as they would stand without line breaks, and the term of each."""
    words, folded = list(scanned.forms), [fold_term(form) for form in scanned.forms]
    broken = [place for place, form in enumerate(words) if _may_be_broken(form)]
    attested = _attested(scanned, folded) if broken else {}
    for place in broken:
        words[place] = token_form(words[place], attested)
        folded[place] = fold_term(words[place])
    return words, folded


def _sorted_vocabulary(words: Sequence[str]) -> tuple[list[str], Codes]:
    """Return the distinct words, sorted, and the place of each word in them."""
    vocabulary = sorted(set(words))
    places = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    return vocabulary, np.fromiter(map(places.__getitem__, words), np.int32, len(words))
