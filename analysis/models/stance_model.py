"""Stance toward a target, learnt from labelled texts: classes with probabilities that hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import TableError, suggest
from analysis.models.stance_blocks import Block, fit_letters, fit_words, see
from analysis.models.stance_decision import Decision, fit_decision
from analysis.models.stance_experts import Experts, Sight, fit_experts, weights_toward
from analysis.models.stance_linear import SHARED
from analysis.models.stance_meaning import Embed, Likeness, fit_likeness
from analysis.models.stance_mention import fit_mentions
from analysis.models.stance_text import CONTEXT, has_mentions

Floats = NDArray[np.float64]

COLUMNS = ("id", "target", "text", "label")
FOLDS, REPEATS = 5, 3
# So many texts tell by one round of folds what fewer tell by three.
MANY_TEXTS = 3000
# So many words, and labelled texts that are like it, say why a text was called what it was.
SHOWN = {"words": 5, "meaning": 2}
# To take no side is no position: it is a class, but not one to be found for its own sake.
NEITHER = "none"


@dataclass(frozen=True)
class StanceModel:
    """What stance was learnt.

    Attributes
    ----------
    labels
        The classes, sorted.
    targets
        What it was trained on; the empty name alone where all targets were learnt together.
    blocks, likeness
        What it sees of a text: words, letters and opinion; and, with an encoder, how like the text
        is to labelled ones.
    experts
        What scores each text.
    decision
        How scores become probabilities and a class.
    """

    labels: tuple[str, ...]
    targets: tuple[str, ...]
    blocks: tuple[Block, ...]
    likeness: Likeness | None
    experts: Experts
    decision: Decision


def fit_stance(
    labelled: pd.DataFrame, *, seed: int = 0, encoder: Embed | None = None
) -> StanceModel:
    """Learn stance from labelled texts.

    Experts score each text: a linear model for each target and class on words (negation marked),
    letters and opinion; another for all targets; and, with an encoder, one on likeness to labelled
    texts. Their scores are made probabilities by texts that the experts had not seen (up to five
    folds).

    Parameters
    ----------
    labelled
        Columns id, target, text, label. With ``start`` and ``end``, the places of a mention in
        each text, all targets are learnt together, from what stands around the mention; with
        ``before`` and ``after``, what was said around the text is seen as well. With ``group`` (a
        document, a day), no group is parted between folds, so that no near-copy tells on itself.
    seed
        Of the folds.
    encoder
        For sentence embeddings beside words and letters: a function from texts to vectors, such as
        `analysis.models.embeddings.load_encoder` gives.

    Raises
    ------
    TableError
        If a column is missing, a cell is empty, an id stands twice with two labels, all texts (or
        all of one target) are of one class, or a class has one text only.

    Notes
    -----
    Settings were chosen by cross-validation on the training parts of SemEval-2016 Task 6 A,
    NewsMTSC and UNSCon, some sixty in all; ``tests/benchmarks/stance.py`` prints what they reach.

    References
    ----------
    As `analysis.models.stance_blocks`, `stance_mention`, `stance_linear`, `stance_meaning` and
    `stance_decision`.
    """
    rows = check_labelled(labelled)
    labels = tuple(sorted(rows["label"].unique()))
    y = rows["label"].to_numpy(dtype=object)
    blocks = _fit_blocks(rows)
    likeness = None if encoder is None else fit_likeness(rows, encoder, seed=seed)
    alike = None if likeness is None else likeness.matrix(rows)
    sight = _sight(blocks, likeness, alike, rows)
    unseen = []
    for repeat in range(REPEATS if len(rows) <= MANY_TEXTS else 1):
        for seen, held in _folds(rows, seed + repeat):
            part = fit_experts(sight.part(seen), y[seen], labels)
            unseen.append((part.scores(sight.part(held)), y[held]))
    scores, truth = (np.concatenate(each) for each in zip(*unseen, strict=True))
    decision = fit_decision(scores, truth, labels, _counted(rows, labels))
    targets = tuple(sorted(np.unique(sight.targets).tolist()))
    experts = fit_experts(sight, y, labels)
    return StanceModel(labels, targets, blocks, likeness, experts, decision)


def predict_stance(model: StanceModel, texts: pd.DataFrame) -> pd.DataFrame:
    """Classify texts.

    Parameters
    ----------
    model
        The fitted model.
    texts
        Columns id, target, text, and those beside that the model was trained with.

    Returns
    -------
    A row for each text: id, target, label, a calibrated probability of each class under its name,
    and ``because``: the words and letters that spoke most for the label and, with an encoder, the
    ids of the labelled texts like it that did.

    Raises
    ------
    TableError
        If a column is missing, or a target is one that the model was not trained on (the nearest
        is named): a model knows nothing of it, unless it learnt from mentions.
    """
    _check_columns(texts, COLUMNS[:3])
    strange = [] if model.targets == (SHARED,) else sorted(set(texts["target"]) - {*model.targets})
    if strange:
        raise TableError(
            f"texts: target {strange[0]!r} has no labels in training; it was trained on "
            f"{list(model.targets)}{suggest(str(strange[0]), model.targets)}"
        )
    try:
        alike = None if model.likeness is None else model.likeness.matrix(texts)
        sight = _sight(model.blocks, model.likeness, alike, texts, model.targets)
    except KeyError as error:
        raise TableError(f"texts: no column {error}, which the model was trained with") from error
    probabilities = model.decision.probabilities(model.experts.scores(sight))
    chosen = model.decision.choose(probabilities)
    frame = pd.DataFrame({"id": texts["id"].to_numpy(), "target": texts["target"].to_numpy()})
    frame["label"] = np.array(model.labels, dtype=object)[chosen]
    for place, label in enumerate(model.labels):
        frame[label] = probabilities[:, place]
    return frame.assign(because=_reasons(model, sight, alike, chosen))


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
    if sizes.min() < 2:
        raise TableError(f"labelled: {sizes.idxmin()!r} has one text; two can be parted into folds")
    if not has_mentions(labelled):
        classes = labelled.groupby("target")["label"].nunique()
        if (classes < 2).any():
            target = classes.index[classes < 2][0]
            raise TableError(f"labelled: all texts on target {target!r} are of one class")
    return labelled.reset_index(drop=True)


def _fit_blocks(rows: pd.DataFrame) -> tuple[Block, ...]:
    blocks = [*fit_words(rows), fit_letters(rows)]
    if has_mentions(rows):
        blocks.append(fit_mentions(rows))
    for column in CONTEXT:
        blocks += fit_words(rows, column) if column in rows else []
    return tuple(blocks)


def _sight(
    blocks: Sequence[Block],
    likeness: Likeness | None,
    alike: Floats | None,
    rows: pd.DataFrame,
    targets: Sequence[str] = (),
) -> Sight:
    """Return what is seen of texts; where a mention is marked, all targets are one."""
    together = has_mentions(rows) if not targets else tuple(targets) == (SHARED,)
    named = (
        np.full(len(rows), SHARED, dtype=object) if together else rows["target"].to_numpy(object)
    )
    meaning = None if likeness is None or alike is None else alike @ likeness.spread
    return Sight(see(blocks, rows), named, meaning)


def _check_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    for column in columns:
        if column not in frame.columns:
            raise TableError(f"no column {column!r}; there must be {list(columns)}")
        empty = frame[column].isna() | (frame[column].astype("str").str.strip() == "")
        if empty.any():
            raise TableError(f"row {int(np.argmax(empty.to_numpy())) + 1} has no {column}")


def _counted(rows: pd.DataFrame, labels: Sequence[str]) -> list[str]:
    """Return the classes whose F1 counts: the sides, if there are two toward a target; or all."""
    sides = [label for label in labels if label != NEITHER]
    return list(labels) if has_mentions(rows) or len(sides) < 2 else sides


def _folds(rows: pd.DataFrame, seed: int) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Return folds alike in target and label, or in the label alone where that is too rare."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    n_folds = int(min(FOLDS, rows["label"].value_counts().min()))
    both = rows["target"].astype("str") + "\n" + rows["label"].astype("str")
    rare = both.map(both.value_counts()) < n_folds
    strata = both.mask(rare, rows["label"].astype("str"))
    how: dict[str, Any] = {"shuffle": True, "random_state": seed}
    if "group" not in rows or rows["group"].nunique() < n_folds:
        return list(StratifiedKFold(n_folds, **how).split(rows, strata))
    parted = StratifiedGroupKFold(n_folds, **how)
    return list(parted.split(rows, rows["label"].astype("str"), rows["group"]))


def _reasons(
    model: StanceModel, sight: Sight, alike: Floats | None, chosen: NDArray[np.intp]
) -> list[str]:
    """Return the features that spoke most for each text's label, and the labelled texts."""
    from scipy.sparse import csr_array

    kinds = [("words", sight.words, [name for block in model.blocks for name in block.names()])]
    if model.likeness is not None and alike is not None:
        kinds.append(("meaning", csr_array(alike), model.likeness.names()))
    toward = {
        target: weights_toward(model.experts, model.decision.calibration.slopes, target)
        for target in np.unique(sight.targets)
    }
    found = []
    for row, (target, label) in enumerate(zip(sight.targets, chosen, strict=True)):
        spoke: list[str] = []
        for kind, matrix, names in kinds:
            weights = toward[target][kind][label]
            if kind == "meaning" and model.likeness is not None:
                weights = model.likeness.spread @ weights
            spoke += _strongest(matrix[[row]], weights, names)[: SHOWN[kind]]
        found.append("; ".join(spoke))
    return found


def _strongest(row: Any, weights: Floats, names: Sequence[str]) -> list[str]:
    """Return the names of the features that speak for a label, the strongest first."""
    pull = row.data * weights[row.indices]
    best = np.argsort(-pull, kind="stable")[: max(SHOWN.values())]
    return [names[row.indices[place]] for place in best if pull[place] > 0]
