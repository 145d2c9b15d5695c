"""Models of all codes, learnt from some rows of what was coded by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.codebook import PRESENCE
from analysis.models.learned_features import RESTING, Sight, Texts, fit_sight
from analysis.models.learned_folds import deal_folds
from analysis.models.learned_models import (
    SETTINGS,
    WORDS_ALONE,
    CodeModel,
    Setting,
    fit_model,
    macro_f1,
)
from analysis.models.platt import Calibration, fit_calibration

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Words = NDArray[np.object_]

FOLDS = 5


@dataclass(frozen=True)
class Labelled:
    """What is learnt from, a row for each statement.

    Attributes
    ----------
    texts
        What there is of each.
    groups
        The number of the group that hangs together.
    labels
        By code, the value of each; None where it has none.
    """

    texts: Texts
    groups: Places
    labels: Mapping[str, Words]

    def take(self, places: Places) -> Labelled:
        """Return some rows."""
        labels = {code: values[places] for code, values in self.labels.items()}
        return Labelled(self.texts.take(places), self.groups[places], labels)

    def labelled(self) -> Labelled:
        """Return the rows with a label of any code."""
        has = [pd.notna(values) for values in self.labels.values()]
        return self.take(np.flatnonzero(np.any(has, axis=0)))

    def choices(self, code: str) -> tuple[str, ...]:
        """Return the values that labels of a code have."""
        values = self.labels[code]
        return tuple(sorted(set(values[pd.notna(values)])))


@dataclass(frozen=True)
class CodeFit:
    """The model of one code; `calibration` is None where labels were too few to know how sure."""

    model: CodeModel
    calibration: Calibration | None
    setting: Setting


class Given(NamedTuple):
    """The values that a model gives to texts, and their probabilities, NaN where unknown."""

    chosen: Words
    probabilities: Floats


@dataclass(frozen=True)
class Fits:
    """What is looked for in texts, and by code the model."""

    sight: Sight
    codes: Mapping[str, CodeFit]

    def give(self, code: str, matrix: Any) -> Given:
        """Return the value of each row of a matrix, and its probability."""
        fit = self.codes[code]
        scores = fit.model.scores(matrix)
        chosen = scores.argmax(axis=1)
        sure = np.full(len(chosen), np.nan)
        if fit.calibration is not None:
            sure = fit.calibration.probabilities(scores)[np.arange(len(chosen)), chosen]
        return Given(np.array(fit.model.choices, dtype=object)[chosen], sure)


def fit_all(known: Labelled, *, seed: int, setting: Setting | None = None) -> Fits:
    """Learn a model of every code that has labels, from all rows.

    Parameters
    ----------
    known
        What is learnt from.
    seed
        Of the folds.
    setting
        By default the setting is chosen whose mean macro F1 on texts unseen is best, one for the
        codes of presence and one for the others. With one given nothing is tried, and nothing
        calibrated.
    """
    sight = fit_sight(known.texts)
    matrix = sight.matrix(known.texts)
    fits = {}
    for kind in _kinds(known):
        unseen = {} if setting else _unseen(known, kind, seed)
        best = setting or _best(kind, unseen)
        for code in kind:
            model = _fit_code(known, (sight, matrix), code, best, known.choices(code))
            fits[code] = CodeFit(model, _calibration(unseen.get((code, best))), best)
    return Fits(sight, fits)


def fold_numbers(known: Labelled, seed: int) -> Places:
    """Return the fold of each row."""
    return deal_folds(known.groups, known.labels, FOLDS, seed=seed)


class _Unseen(NamedTuple):
    """Scores of the labelled rows of a code by models that saw nothing of their group."""

    scores: Floats
    y: Words
    choices: tuple[str, ...]

    def macro_f1(self) -> float:
        found = np.array(self.choices, dtype=object)[self.scores.argmax(axis=1)]
        return macro_f1(self.y, found)


Tried = dict[tuple[str, Setting], _Unseen]


def _kinds(known: Labelled) -> list[list[str]]:
    """Part codes into those of presence and the others."""
    codes = [code for code in known.labels if known.choices(code)]
    presence = [code for code in codes if set(known.choices(code)) <= set(PRESENCE)]
    others = [code for code in codes if code not in presence]
    return [kind for kind in (presence, others) if kind]


def _settings(known: Labelled, kind: Sequence[str]) -> list[Setting]:
    """Return what can be tried: two steps are one where no code has three values."""
    tried = SETTINGS if any(known.texts.rules) else WORDS_ALONE
    values = [set(known.choices(code)) for code in kind]
    many = any(len(each) > 2 and each & set(RESTING) for each in values)
    return [setting for setting in tried if many or not setting.two_steps]


def _unseen(known: Labelled, kind: Sequence[str], seed: int) -> Tried:
    """Score all rows by models that saw nothing of their group, by code and setting."""
    folds = fold_numbers(known, seed)
    places = [np.flatnonzero(folds == fold) for fold in np.unique(folds)]
    if len(places) < 2:
        return {}
    keys = [(code, setting) for code in kind for setting in _settings(known, kind)]
    scores: dict[tuple[str, Setting], list[Floats]] = {key: [] for key in keys}
    for held in places:
        seen = known.take(np.setdiff1d(np.arange(len(folds)), held))
        sight = fit_sight(seen.texts)
        near, far = sight.matrix(seen.texts), sight.matrix(known.take(held).texts)
        for code, setting in keys:
            model = _fit_code(seen, (sight, near), code, setting, known.choices(code))
            scores[code, setting].append(model.scores(far))
    order = np.concatenate(places)
    return {(c, s): _of_labelled(known, c, parts, order) for (c, s), parts in scores.items()}


def _of_labelled(known: Labelled, code: str, parts: Sequence[Floats], order: Places) -> _Unseen:
    labels = known.labels[code][order]
    has = pd.notna(labels)
    return _Unseen(np.concatenate(parts)[has], labels[has], known.choices(code))


def _fit_code(
    known: Labelled,
    seen: tuple[Sight, Any],
    code: str,
    setting: Setting,
    choices: tuple[str, ...],
) -> CodeModel:
    sight, matrix = seen
    has = pd.notna(known.labels[code])
    scales = sight.scales(code, words=setting.words, others=setting.others)
    y = known.labels[code][has]
    return fit_model(matrix[has], y, choices, scales, two_steps=setting.two_steps)


def _best(kind: Sequence[str], unseen: Tried) -> Setting:
    """Return the setting with the best mean macro F1, the first of those that are level."""
    tried = list(dict.fromkeys(setting for _, setting in unseen))
    if not tried:
        return WORDS_ALONE[0]
    reached = [np.mean([unseen[code, setting].macro_f1() for code in kind]) for setting in tried]
    return tried[int(np.argmax(np.round(reached, 9)))]


def _calibration(unseen: _Unseen | None) -> Calibration | None:
    if unseen is None or len(set(unseen.y)) < 2:
        return None
    return fit_calibration(unseen.scores, unseen.y)
