"""What can go wrong, in one place.

A message says where, what was found, what is allowed and what to do about it. A wrong
argument value is a plain ``ValueError`` that lists the valid ones; `check_choice` words it.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class AnalysisError(Exception):
    """Base of every error that this package raises on purpose."""


class StudyError(AnalysisError):
    """A study.toml or codebook.toml, or a study's folder, is not as it should be."""


class LoadError(AnalysisError):
    """A file cannot be read; the message names it and the reason."""


class TableError(AnalysisError):
    """A table lacks a column, a kind or its key, or cannot be used for what was asked."""


def suggest(found: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest known word, or an empty string."""
    near = get_close_matches(found, [str(word) for word in known], n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def check_choice(found: str, known: Iterable[str], what: str) -> str:
    """Return `found` if it is one of the `known`, else raise a ``ValueError`` that lists them."""
    choices = sorted(str(word) for word in known)
    if found not in choices:
        raise ValueError(f"no {what} {found!r}; there are {choices}{suggest(str(found), choices)}")
    return found
