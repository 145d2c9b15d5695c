"""Codes learnt from statements coded by hand, each by a model that saw nothing of its occasion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError
from analysis.models.embeddings import Encoder
from analysis.models.learned_features import RESTING, RULES, Texts, gather_texts
from analysis.models.learned_fits import Fits, fit_all, fold_numbers
from analysis.models.learned_models import CodeModel
from analysis.models.learned_rows import Known, gather_labels, with_content
from analysis.tables import CODE_WORDS, CODES, LEARNT, REASONS, STATEMENTS, build_table, check_table

CODER = "learned"
# So many words are given as reasons of a value.
SHOWN = 5

Places = NDArray[np.intp]


@dataclass(frozen=True)
class LearnedCodes:
    """Codes that were learnt.

    Attributes
    ----------
    codes
        The `codes` table of the coder "learned", a row for every statement and code that could be
        learnt. `probability` is that of the value given, calibrated on statements unseen, missing
        where labels are too few. A statement without content has neither value nor probability.
    reasons
        The `reasons` table: the words and patterns that spoke most for each value other than a
        resting one (absent, not_addressed), and how much.
    learnt
        The `learnt` table: of each code how many labels there were, over how many groups, what
        was chosen, and why a code or a value could not be learnt.
    """

    codes: pd.DataFrame
    reasons: pd.DataFrame
    learnt: pd.DataFrame


@dataclass(frozen=True)
class CodesModel:
    """A coder that was learnt, to code other statements with.

    Attributes
    ----------
    fits
        What it looks for, and its weights by code.
    learnt
        The `learnt` table, as in `LearnedCodes`.
    versions
        Code -> version of the codebook that its labels were given by.
    encoder
        For sentence embeddings; None without.
    """

    fits: Fits
    learnt: pd.DataFrame
    versions: Mapping[str, str]
    encoder: Encoder | None


def learn_codes(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    reference: str = "adjudicated",
    seed: int = 0,
    encoder: Encoder | None = None,
) -> LearnedCodes:
    """Code every statement by a model that saw no statement of its occasion.

    A linear model for each code sees words, pairs of words (negation marked) and, where `codes` has
    them, the codes that the codebook's patterns give. Statements that hang together (by episode,
    day or as duplicates: `analysis.models.learned_folds.near_groups`) are never parted: a group is
    coded by models that learnt from the others, in up to five folds.

    Parameters
    ----------
    statements
        The `statements` table. Duplicates of others are coded but not learnt from.
    codes
        The `codes` table with the reference coder's codes; of other coders only "patterns" is used.
    reference
        Whose codes are learnt from.
    seed
        Of the folds.
    encoder
        For sentence embeddings beside words.

    Returns
    -------
    The codes, what spoke for them, and what could be learnt.

    Raises
    ------
    ValueError
        If the reference is no coder of `codes`; those there are are listed.
    TableError
        If a table is not as declared (two labels of the reference for one statement and code, say),
        a statement is synthetic, a label is neither of presence nor a stance (the nearest is
        named), or no code has two values and two groups.

    Notes
    -----
    Whether to see words, own patterns or those of all codes, and whether to decide first if a
    proposition is addressed and then how, is chosen by macro F1 in five folds of what is learnt
    from, six settings in all, one for the codes of presence and one for the others; calibration
    (Platt's, multinomial) rests on the same folds. No choice therefore sees what it is judged on.
    The six, and the strength of the regression, were kept from some hundred and ten looked at by
    plain cross-validation on one chronicle of 237 statements, on which figures are to that extent
    too good; ``tests/benchmarks/learned.py`` prints them, ``outside.py`` those on other texts.

    References
    ----------
    Cawley and Talbot (2010), JMLR 11, for choosing inside the folds; Platt (1999) for calibration.
    """
    known = gather_labels(statements, codes, reference, encoder)
    folds = fold_numbers(known.rows, seed)
    given, chosen = [], []
    for fold in np.unique(folds):
        fits = fit_all(known.to_learn(folds != fold), seed=seed + 1)
        chosen.append(_settings(fits))
        given.append(_give(fits, known.ids, known.rows.texts, np.flatnonzero(folds == fold)))
    return _collected(given, statements, known.versions, _learnt(known, chosen))


def fit_codes(
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    reference: str = "adjudicated",
    seed: int = 0,
    encoder: Encoder | None = None,
) -> CodesModel:
    """Learn a coder from all statements, to code those of another study with.

    Parameters
    ----------
    statements, codes, reference, seed, encoder
        As for `learn_codes`, whose codes tell how well such a coder does.

    Returns
    -------
    The model; `code_statements` codes with it.

    Raises
    ------
    ValueError, TableError
        As `learn_codes`.
    """
    known = gather_labels(statements, codes, reference, encoder)
    fits = fit_all(known.to_learn(np.ones(len(known.ids), dtype=bool)), seed=seed + 1)
    return CodesModel(fits, _learnt(known, [_settings(fits)]), known.versions, encoder)


def code_statements(
    model: CodesModel, statements: pd.DataFrame, codes: pd.DataFrame | None = None
) -> LearnedCodes:
    """Code statements with a model that was learnt from others.

    Parameters
    ----------
    model
        What `fit_codes` gave.
    statements
        The `statements` table.
    codes
        The `codes` table with those of the coder "patterns", if the model learnt with such.

    Returns
    -------
    As `learn_codes`.

    Raises
    ------
    TableError
        If a table is not as declared, or the model learnt with patterns and `codes` has none.
    """
    check_table(statements, STATEMENTS)
    if codes is not None:
        check_table(codes, CODES)
    if model.fits.sight.rules and (codes is None or not (codes["coder"] == RULES).any()):
        raise TableError(
            f"codes: none of coder {RULES!r}, which the model learnt with; code the statements "
            "by the codebook's patterns first and hand that table in"
        )
    full = with_content(statements)
    given = []
    if len(full):
        texts = gather_texts(full, codes, model.encoder)
        given = [_give(model.fits, full["statement_id"], texts, np.arange(len(full)))]
    return _collected(given, statements, model.versions, model.learnt)


def list_words(model: CodesModel, *, n_words: int = 10) -> pd.DataFrame:
    """List the words and patterns that speak most for each value of each code.

    Returns
    -------
    The `code_words` table, by code, value and rank: `weight` is what a word adds to the value's
    score where it stands; patterns stand in square brackets. Resting values (absent,
    not_addressed) are left out.
    """
    names = np.array(model.fits.sight.names(), dtype=object)
    rows = []
    for code, fit in model.fits.codes.items():
        for value, weights in zip(fit.model.choices, fit.model.pulls(), strict=True):
            if value in RESTING:
                continue
            best = np.argsort(-weights, kind="stable")[:n_words]
            rows += [
                {"code": code, "value": value, "rank": rank, "word": names[at], "weight": pull}
                for rank, (at, pull) in enumerate(zip(best, weights[best], strict=True), 1)
                if pull > 0
            ]
    return build_table(pd.DataFrame(rows, columns=list(CODE_WORDS.columns)), CODE_WORDS)


def _give(fits: Fits, ids: pd.Series, texts: Texts, places: Places) -> LearnedCodes:
    """Code some rows of texts; tables without the bookkeeping of `_collected`."""
    matrix = fits.sight.matrix(texts.take(places))
    names = np.array(fits.sight.names(), dtype=object)
    mine = ids.iloc[places].to_numpy(dtype=object)
    codes, reasons = [], []
    for code in fits.codes:
        given = fits.give(code, matrix)
        frame = pd.DataFrame({"statement_id": mine, "code": code, "value": given.chosen})
        codes.append(frame.assign(probability=given.probabilities))
        reasons += _reasons(frame, fits.codes[code].model, matrix, names)
    return LearnedCodes(pd.concat(codes), pd.DataFrame(reasons), pd.DataFrame())


def _reasons(
    frame: pd.DataFrame, model: CodeModel, matrix: Any, names: NDArray[np.object_]
) -> list[dict[str, object]]:
    """Return what spoke most for each value that is no resting one."""
    rows: list[dict[str, object]] = []
    pulls = model.pulls()
    triples = zip(frame["statement_id"], frame["code"], frame["value"], strict=True)
    for row, (statement, code, value) in enumerate(triples):
        if value in RESTING:
            continue
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        pull = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]]
        pull = pull * pulls[model.choices.index(value), columns]
        key = {"statement_id": statement, "code": code, "value": value}
        for rank, best in enumerate(np.argsort(-pull, kind="stable")[:SHOWN], 1):
            if pull[best] > 0:
                word = names[columns[best]]
                rows.append({**key, "rank": rank, "word": word, "pull": pull[best]})
    return rows


def _collected(
    given: Sequence[LearnedCodes],
    statements: pd.DataFrame,
    versions: Mapping[str, str],
    learnt: pd.DataFrame,
) -> LearnedCodes:
    """Put rows in the order of the statements; a value is missing where there is no content."""
    order = statements[["statement_id"]]
    able = learnt[learnt["setting"].notna()]["code"].astype("str")
    every = order.merge(pd.DataFrame({"code": able}), how="cross")
    columns = ["statement_id", "code", "value", "probability"]
    found = pd.concat([pd.DataFrame(columns=columns), *(part.codes for part in given)])
    codes = every.merge(found, how="left", on=["statement_id", "code"])
    codes = codes.assign(coder=CODER, codebook_version=codes["code"].map(versions))
    empty = pd.DataFrame(columns=list(REASONS.columns))
    reasons = order.merge(pd.concat([empty, *(part.reasons for part in given)]), on="statement_id")
    return LearnedCodes(build_table(codes, CODES), build_table(reasons, REASONS), learnt)


def _settings(fits: Fits) -> dict[str, str]:
    return {code: fit.setting.name for code, fit in fits.codes.items()}


def _learnt(known: Known, chosen: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Say of each code what was chosen, and how often where folds chose differently."""
    settings = {}
    for code in known.rows.labels:
        counts = Counter(each[code] for each in chosen)
        each = [f"{name} ({n} of {len(chosen)})" for name, n in counts.most_common()]
        settings[code] = "; ".join(each) if len(counts) > 1 else next(iter(counts))
    return build_table(known.learnt.assign(setting=known.learnt["code"].map(settings)), LEARNT)
