"""What people answered about topics: tasks written, read back and scored against guessing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import LoadError, TableError, check_choice, suggest
from analysis.resampling import share_interval
from analysis.storage import save_table
from analysis.tables import (
    TOPIC_ANSWERS,
    TOPIC_KEY,
    TOPIC_TASK,
    TOPIC_VALIDATION,
    build_table,
    check_table,
)

LETTERS = "abcdef"
ALL = "all topics"


def save_topic_task(task: pd.DataFrame, path: Path | str) -> Path:
    """Write a task as CSV, for a coder to fill in `answer` with a letter.

    Raises
    ------
    ValueError
        If the suffix is another one.
    """
    check_choice(Path(path).suffix, (".csv",), "format")
    return save_table(check_table(task, TOPIC_TASK), path)


def load_topic_answers(path: Path | str, key: pd.DataFrame, *, coder: str) -> pd.DataFrame:
    """Read a task that a coder has filled in.

    Parameters
    ----------
    path
        The CSV file; items without an answer are left out.
    key
        The `topic_key` table of the task.
    coder
        What to call the coder.

    Returns
    -------
    The `topic_answers` table of this coder.

    Raises
    ------
    LoadError
        If the file cannot be read or lacks a column.
    TableError
        If an item is not in the key or an answer is none of its letters.
    """
    check_table(key, TOPIC_KEY)
    try:
        frame = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: cannot be read: {error}") from error
    missing = [column for column in ("item", "answer") if column not in frame.columns]
    if missing:
        raise LoadError(f"{path}: no column {missing[0]!r}; a task has 'item' and 'answer'")
    given = frame.assign(answer=frame["answer"].str.strip().str.lower())
    given = given[given["answer"] != ""]
    _check_answers(given, key, str(path))
    return build_table(given.assign(coder=coder), TOPIC_ANSWERS)


def score_topic_answers(answers: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Score what coders answered: how often they were right, beside what guessing gives.

    Parameters
    ----------
    answers
        The `topic_answers` table, of one coder or several (stack them).
    key
        The `topic_key` table.

    Returns
    -------
    The `topic_validation` table, a row for each task and topic and one for "all topics": `right`,
    the share of answers that are right, with a 95 % interval over items (several coders of one item
    are one unit); `chance`, the share that guessing gives. `note` says whether the interval lies
    above it, or why there is none.

    Raises
    ------
    TableError
        If a table is not as declared or an item is not in the key.

    References
    ----------
    Korn and Graubard (1998), as in `share_interval`; Clopper and Pearson with one coder.
    """
    check_table(answers, TOPIC_ANSWERS)
    check_table(key, TOPIC_KEY)
    _check_answers(answers, key, "answers")
    merged = answers.merge(key, on="item", suffixes=("_given", ""))
    merged = merged.assign(
        right=merged["answer_given"] == merged["answer"], topic=merged["topic"].astype("str")
    )
    whole = merged.assign(topic=ALL)
    topics = [*(str(topic) for topic in key["topic"].cat.categories), ALL]
    both = pd.concat([merged, whole], ignore_index=True)
    both["topic"] = pd.Categorical(both["topic"], categories=topics)
    rows = [
        {"task": task, "topic": topic, **_scored(part)}
        for (task, topic), part in both.groupby(["task", "topic"], observed=True, sort=True)
    ]
    frame = pd.DataFrame(rows, columns=list(TOPIC_VALIDATION.columns))
    frame["topic"] = pd.Categorical(frame["topic"], categories=topics)
    return build_table(frame, TOPIC_VALIDATION)


def _scored(part: pd.DataFrame) -> dict[str, Any]:
    by_item = part.groupby("item", observed=True)["right"]
    found = share_interval(by_item.sum().to_numpy(), by_item.size().to_numpy())
    chance = float((1 / part["n_options"]).mean())
    above = "above chance" if found.low > chance else "not told from chance"
    return {
        "n_items": found.n_units,
        "n_answers": len(part),
        "right": found.estimate,
        "low": found.low,
        "high": found.high,
        "chance": chance,
        "note": found.note or above,
    }


def _check_answers(given: pd.DataFrame, key: pd.DataFrame, name: str) -> None:
    allowed = dict(zip(key["item"], key["n_options"], strict=True))
    for item, answer in given[["item", "answer"]].itertuples(index=False):
        if item not in allowed:
            raise TableError(f"{name}: no item {item!r} in the key{suggest(str(item), allowed)}")
        letters = LETTERS[: allowed[item]]
        if len(str(answer)) != 1 or str(answer) not in letters:
            raise TableError(f"{name}: {item}: answer {answer!r}; it is one of {list(letters)}")
