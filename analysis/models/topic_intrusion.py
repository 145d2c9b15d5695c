"""Do people see the topics? Questions with an option that does not belong, and their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import suggest
from analysis.models.topic_labels import representative_units
from analysis.models.topic_words import rank_probable
from analysis.models.topics import TopicModel
from analysis.tables import (
    TOPIC_KEY,
    TOPIC_TASK,
    build_table,
)

LETTERS = "abcdef"
SHOWN_TERMS, TOP_TERMS = 5, 10
N_OPTIONS = 4
INTRUDER = "Which word does not belong with the others?"
FOREIGN = "Which of these does this text not speak of?"
BEST = "Which label fits this text best?"

Tables = tuple[pd.DataFrame, pd.DataFrame]


def word_intrusion(model: TopicModel, *, seed: int, n_items: int = 3) -> Tables:
    """Ask which word does not belong: five of a topic's, one of another's.

    Parameters
    ----------
    model
        The fitted topics.
    seed
        Of what is drawn and of the order.
    n_items
        How many items for each topic.

    Returns
    -------
    Two tables: `topic_task` for the coder (options in random order, `answer` left empty) and
    `topic_key`, to be kept apart. Words are drawn from the topic's ten most probable; the intruder
    is one of another topic's ten, of the less probable half of the terms in this one (where
    there is none, one that is not among its ten).

    Raises
    ------
    ValueError
        If the model has ten terms or fewer: none is foreign to a topic.

    References
    ----------
    Chang et al. (2009), NIPS 22.
    """
    rng = np.random.default_rng(seed)
    weights, terms = model.parts.weights, model.parts.matrix.terms
    if len(terms) <= TOP_TERMS:
        raise ValueError(
            f"the model has {len(terms)} terms; a topic's {TOP_TERMS} leave none that is foreign"
        )
    ranked = rank_probable(weights)
    items = []
    for place, topic in enumerate(model.parts.names):
        low = set(ranked[place, len(terms) // 2 :].tolist())
        top = set(ranked[place, :TOP_TERMS].tolist())
        others = np.delete(ranked[:, :TOP_TERMS], place, axis=0).ravel()
        foreign = np.unique(others[[at in low for at in others]])
        if not len(foreign):
            foreign = np.unique(others[[at not in top for at in others]])
        for _ in range(n_items if len(foreign) else 0):
            own = rng.choice(ranked[place, :TOP_TERMS], SHOWN_TERMS, replace=False)
            words = [terms[rng.choice(foreign)], *(terms[at] for at in own)]
            items.append({"topic": topic, "options": words, "shown": None, "unit_id": None})
    return _laid_out(items, ("word_intrusion", INTRUDER), rng)


def topic_intrusion(
    model: TopicModel,
    texts: pd.Series,
    *,
    seed: int,
    labels: Mapping[str, str] | None = None,
    n_items: int = 3,
) -> Tables:
    """Ask what a text does not speak of: three topics with most of it, one with little.

    Parameters
    ----------
    model
        The fitted topics.
    texts
        What the coder reads, by `unit_id`: whole texts or passages.
    seed
        Of what is drawn and of the order.
    labels
        Topic -> the researcher's label. With labels for all topics these are shown, and the task is
        label intrusion; without, each topic's five most probable words.
    n_items
        How many texts for each topic: those with most of it.

    Returns
    -------
    As `word_intrusion`; the item's topic is the one that the text has most of. A topic that no
    text has most of has no item.

    Raises
    ------
    ValueError
        If there are fewer than four topics, a topic has no label, a label is of no topic, two
        topics have the same, or no text is of a unit of the model.

    References
    ----------
    Chang et al. (2009), NIPS 22; Ying, Montgomery and Stewart (2022), Political Analysis 30(4), for
    labels.
    """
    rng = np.random.default_rng(seed)
    names = _called(model, labels)
    items = []
    for row in _read_units(model, texts, n_items):
        order = np.argsort(-row["shares"], kind="stable")
        intruder = rng.choice(order[max(3, len(order) // 2) :])
        options = [names[intruder], *(names[at] for at in order[:3])]
        items.append({**row, "options": options})
    task = "label_intrusion" if labels else "topic_intrusion"
    return _laid_out(items, (task, FOREIGN), rng)


def label_choice(
    model: TopicModel,
    texts: pd.Series,
    *,
    labels: Mapping[str, str],
    seed: int,
    n_items: int = 3,
) -> Tables:
    """Ask which label fits a text best: that of its first topic among three of the others.

    Parameters
    ----------
    model, texts, labels, seed, n_items
        As in `topic_intrusion`.

    Returns
    -------
    As `word_intrusion`.

    Raises
    ------
    ValueError
        As `topic_intrusion`.

    References
    ----------
    Ying, Montgomery and Stewart (2022), Political Analysis 30(4): "optimal label".
    """
    rng = np.random.default_rng(seed)
    names = _called(model, labels)
    items = []
    for row in _read_units(model, texts, n_items):
        order = np.argsort(-row["shares"], kind="stable")
        others = rng.choice(order[1:], N_OPTIONS - 1, replace=False)
        items.append({**row, "options": [names[order[0]], *(names[at] for at in others)]})
    return _laid_out(items, ("label_choice", BEST), rng)


def _called(model: TopicModel, labels: Mapping[str, str] | None) -> list[str]:
    """Return what the coder reads for each topic."""
    names = model.parts.names
    if len(names) < N_OPTIONS:
        raise ValueError(f"{len(names)} topics; {N_OPTIONS} are needed, one of them foreign")
    if labels is None:
        ranked = rank_probable(model.parts.weights)[:, :SHOWN_TERMS]
        terms = model.parts.matrix.terms
        return [", ".join(terms[at] for at in row) for row in ranked]
    stray = [name for name in labels if name not in names]
    if stray:
        raise ValueError(f"labels: no topic {stray[0]!r}{suggest(stray[0], names)}")
    missing = [name for name in names if not labels.get(name)]
    if missing:
        raise ValueError(f"labels: topic {missing[0]!r} has none; give one for each")
    if len(set(labels.values())) < len(names):
        raise ValueError(f"labels: two topics have the same; there are {sorted(labels.values())}")
    return [labels[name] for name in names]


def _read_units(model: TopicModel, texts: pd.Series, n_items: int) -> Iterable[dict[str, Any]]:
    """Yield the units to read: those with most of each topic that it leads, if they have a text."""
    known = {str(unit): str(text) for unit, text in texts.dropna().items()}
    place = {unit: at for at, unit in enumerate(model.parts.matrix.unit_ids)}
    if not known.keys() & place.keys():
        raise ValueError(
            f"texts: none is of a unit of the model; texts are called {sorted(known)[:3]}, "
            f"units {sorted(place)[:3]}"
        )
    names = list(model.parts.names)
    ranked = representative_units(model, n=len(place))
    for topic, rows in ranked.groupby("topic", observed=True, sort=True):
        shares = [(unit, model.parts.shares[place[unit]]) for unit in rows["unit_id"]]
        own = [
            {"topic": topic, "unit_id": unit, "shown": known[unit], "shares": row}
            for unit, row in shares
            if unit in known and names[int(np.argmax(row))] == topic
        ]
        yield from own[:n_items]


def _laid_out(
    items: Sequence[Mapping[str, Any]], asked: tuple[str, str], rng: np.random.Generator
) -> Tables:
    """Shuffle items and options; the first option of an item is its answer."""
    task, question = asked
    tasks, keys = [], []
    for number, place in enumerate(rng.permutation(len(items)), start=1):
        item = items[place]
        order = rng.permutation(len(item["options"]))
        letters: NDArray[np.int64] = np.argsort(order)
        name = f"{task}-{number:03}"
        options = {
            f"option_{LETTERS[at]}": item["options"][which] for at, which in enumerate(order)
        }
        shared = {"item": name, "task": task}
        tasks.append({**shared, "question": question, "shown": item["shown"], **options})
        keys.append(
            {
                **shared,
                "topic": str(item["topic"]),
                "answer": LETTERS[int(letters[0])],
                "n_options": len(order),
                "unit_id": item["unit_id"],
            }
        )
    columns = list(TOPIC_KEY.columns)
    return build_table(tasks, TOPIC_TASK), build_table(
        pd.DataFrame(keys, columns=columns), TOPIC_KEY
    )
