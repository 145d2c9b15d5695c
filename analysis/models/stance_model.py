"""Stance toward a target, learnt from labelled texts: classes with probabilities that hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, suggest
from analysis.models.stance_text import TextFeatures, fit_text_features

Floats = NDArray[np.float64]

COLUMNS = ("id", "target", "text", "label")
STRENGTH = 10.0
FOLDS = 5
SHOWN_WORDS = 5


@dataclass(frozen=True)
class StanceModel:
    """A fitted model.

    Attributes
    ----------
    labels
        The classes, sorted.
    features
        What it sees of a text.
    weights, intercepts
        Of each class (rows) and feature.
    calibration
        The scores of all classes, times the first matrix and plus the last row, are the logits of
        the calibrated probabilities.
    """

    labels: tuple[str, ...]
    features: TextFeatures
    weights: Floats
    intercepts: Floats
    calibration: Floats


def fit_stance(labelled: pd.DataFrame, *, seed: int = 0) -> StanceModel:
    """Learn stance from labelled texts.

    One regularised logistic regression for each class (classes weighted to count alike), over
    features that targets share and copies of them for each target. Its scores are made
    probabilities by a multinomial regression on the scores of texts that the model had not seen
    (five folds), so that they hold for the frequencies of the training data.

    Parameters
    ----------
    labelled
        Columns id, target, text, label.
    seed
        Of the folds.

    Raises
    ------
    TableError
        If a column is missing, a cell is empty, an id stands twice with two labels, there is one
        class only, or a class has fewer texts than there are folds.

    References
    ----------
    As `analysis.models.stance_text.fit_text_features`; Platt (1999) for calibration on scores of
    unseen texts.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    rows = check_labelled(labelled)
    labels = tuple(sorted(rows["label"].unique()))
    y = rows["label"].to_numpy(dtype=object)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    unseen = np.zeros((len(rows), len(labels)))
    for seen, held in folds.split(y, _strata(rows)):
        part, rest = rows.iloc[seen], rows.iloc[held]
        features = fit_text_features(part["text"].tolist(), rows["target"].tolist())
        weights, intercepts = _fit_classes(features, part, labels)
        unseen[held] = _scores(features, rest, weights, intercepts)
    calibrated = LogisticRegression(C=1e4, max_iter=1000).fit(unseen, y)
    features = fit_text_features(rows["text"].tolist(), rows["target"].tolist())
    weights, intercepts = _fit_classes(features, rows, labels)
    return StanceModel(labels, features, weights, intercepts, _calibration(calibrated, len(labels)))


def predict_stance(model: StanceModel, texts: pd.DataFrame) -> pd.DataFrame:
    """Classify texts.

    Parameters
    ----------
    model
        The fitted model.
    texts
        Columns id, target, text.

    Returns
    -------
    A row for each text: id, target, label (the class with the highest score), a calibrated
    probability of each class under its name, and ``because``: the words and letters that spoke most
    for the label.

    Raises
    ------
    TableError
        If a column is missing, or a target is one that the model was not trained on (the nearest
        is named): a model knows nothing of it.
    """
    _check_columns(texts, COLUMNS[:3])
    known = model.features.targets
    strange = [target for target in texts["target"].unique() if target not in known]
    if strange:
        raise TableError(
            f"texts: target {strange[0]!r} has no labels in training; it was trained on "
            f"{list(known)}{suggest(str(strange[0]), known)}"
        )
    matrix = model.features.matrix(texts["text"].tolist(), texts["target"].tolist())
    scores = matrix @ model.weights.T + model.intercepts
    chosen = scores.argmax(axis=1)
    frame = pd.DataFrame({"id": texts["id"].to_numpy(), "target": texts["target"].to_numpy()})
    frame["label"] = np.array(model.labels, dtype=object)[chosen]
    for place, label in enumerate(model.labels):
        frame[label] = _probabilities(model, scores)[:, place]
    return frame.assign(because=_reasons(model, matrix, chosen))


def check_labelled(labelled: pd.DataFrame) -> pd.DataFrame:
    """Return labelled texts, if a model can be learnt from them; errors as `fit_stance`."""
    _check_columns(labelled, COLUMNS)
    two = labelled.groupby("id")["label"].nunique()
    if (two > 1).any():
        raise TableError(f"labelled: id {two.index[two > 1][0]!r} has two labels; keep one")
    sizes = labelled["label"].value_counts()
    if len(sizes) < 2:
        raise TableError(
            f"labelled: all texts are {sizes.index.tolist()}; a model needs two classes"
        )
    if sizes.min() < FOLDS:
        raise TableError(
            f"labelled: {sizes.idxmin()!r} has {sizes.min()} texts, fewer than the {FOLDS} folds"
        )
    return labelled.reset_index(drop=True)


def _check_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in frame.columns:
            raise TableError(f"no column {column!r}; there must be {list(columns)}")
        empty = frame[column].isna() | (frame[column].astype("str").str.strip() == "")
        if empty.any():
            raise TableError(f"row {int(np.argmax(empty.to_numpy())) + 1} has no {column}")


def _strata(rows: pd.DataFrame) -> pd.Series:
    """Return target and label, or the label alone where that is too rare to be in every fold."""
    both = rows["target"].astype("str") + "\n" + rows["label"].astype("str")
    rare = both.map(both.value_counts()) < FOLDS
    return both.mask(rare, rows["label"].astype("str"))


def _fit_classes(
    features: TextFeatures, rows: pd.DataFrame, labels: Sequence[str]
) -> tuple[Floats, Floats]:
    from sklearn.linear_model import LogisticRegression

    matrix = features.matrix(rows["text"].tolist(), rows["target"].tolist())
    fitted = [
        LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear").fit(
            matrix, rows["label"].to_numpy() == label
        )
        for label in labels
    ]
    weights = np.concatenate([model.coef_ for model in fitted])
    return weights, np.concatenate([model.intercept_ for model in fitted])


def _scores(
    features: TextFeatures, rows: pd.DataFrame, weights: Floats, intercepts: Floats
) -> Floats:
    matrix = features.matrix(rows["text"].tolist(), rows["target"].tolist())
    scores: Floats = matrix @ weights.T + intercepts
    return scores


def _calibration(fitted: Any, size: int) -> Floats:
    """Return slopes and intercepts of every class, the last row the intercepts."""
    slopes, intercepts = fitted.coef_, fitted.intercept_
    if size == 2:
        slopes = np.stack([-slopes[0], slopes[0]]) / 2
        intercepts = np.array([-intercepts[0], intercepts[0]]) / 2
    return np.concatenate([slopes.T, intercepts[None, :]])


def _probabilities(model: StanceModel, scores: Floats) -> Floats:
    logits = scores @ model.calibration[:-1] + model.calibration[-1]
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def _reasons(model: StanceModel, matrix: Any, chosen: NDArray[np.intp]) -> list[str]:
    """Return the features that spoke most for each text's label."""
    names = model.features.names()
    found = []
    for row, label in enumerate(chosen):
        start, end = matrix.indptr[row : row + 2]
        columns = matrix.indices[start:end]
        pull = matrix.data[start:end] * model.weights[label, columns]
        best = np.argsort(-pull, kind="stable")[:SHOWN_WORDS]
        found.append("; ".join(names[columns[place]] for place in best if pull[place] > 0))
    return found
