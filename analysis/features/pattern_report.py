"""What each pattern of a codebook or dictionary finds: how often, in which words, for example."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.codebook import Codebook
from analysis.features.frames import extract_matches
from analysis.language.tokens import fold_term
from analysis.tables import PATTERN_REPORT, build_table

AROUND = 60


def report_patterns(
    texts: pd.Series,
    codebook: Codebook,
    *,
    language: str = "en",
    n_forms: int = 5,
    n_examples: int = 3,
) -> pd.DataFrame:
    """Report what every pattern of every frame finds, and what would be missed without it.

    Parameters
    ----------
    texts
        Texts, indexed by unit.
    codebook
        Its frames: a study's, or those of `analysis.dictionaries.load_dictionary`.
    language
        The language of the texts.
    n_forms, n_examples
        How many of the words found, and of the places, to give.

    Returns
    -------
    The `pattern_report` table, one row per frame and pattern in the order of the codebook, those
    that find nothing included.

    n_hits, n_units
        Places and units where it stands, outside of exclusions.
    n_alone
        Units that have the frame by this pattern alone: what is lost if it is left out.
    forms
        The words found most often, each with how often: ``good neighbours (12); …``.
    examples
        Places at even distances among all, each with its unit and sixty signs on both sides.

    Raises
    ------
    StudyError
        If a pattern is none; the message names the codebook key.
    """
    found = extract_matches(texts, codebook, language=language)
    folded = found.assign(form=[" ".join(fold_term(form).split()) for form in found["form"]])
    only = folded.groupby(["id", "code"])["pattern"].transform("nunique") == 1
    groups = dict(iter(folded.assign(alone=only).groupby(["code", "pattern"], sort=False)))
    empty = folded.assign(alone=only).iloc[:0]
    rows = []
    for code, frame in codebook.frames.items():
        for pattern in dict.fromkeys(frame.patterns):
            hits = groups.get((code, pattern), empty)
            forms = hits["form"].value_counts().head(n_forms)
            rows.append(
                {
                    "code": code,
                    "pattern": pattern,
                    "n_hits": len(hits),
                    "n_units": hits["id"].nunique(),
                    "n_alone": hits.loc[hits["alone"], "id"].nunique(),
                    "forms": "; ".join(f"{form} ({n})" for form, n in forms.items()) or None,
                    "examples": "\n".join(_examples(texts, hits, n_examples)) or None,
                }
            )
    return build_table(pd.DataFrame(rows, columns=list(PATTERN_REPORT.columns)), PATTERN_REPORT)


def _examples(texts: pd.Series, hits: pd.DataFrame, n_examples: int) -> Iterator[str]:
    step = max(1, -(-len(hits) // max(n_examples, 1)))
    chosen = hits.iloc[::step].head(n_examples)
    for unit, start, end in zip(chosen["id"], chosen["start"], chosen["end"], strict=True):
        piece = str(texts[unit])[max(0, start - AROUND) : end + AROUND]
        yield f"{unit}: …{' '.join(piece.split())}…"
