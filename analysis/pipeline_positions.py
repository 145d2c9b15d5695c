"""The pipeline's steps on positions: where groups stand, and whether that hangs on a choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.built import Built, stack_tables, why_one_group, why_refused
from analysis.comparison.adjusted import adjust_shares
from analysis.comparison.coded_statements import list_coded
from analysis.comparison.corrected_differences import correct_differences
from analysis.comparison.corrected_positions import correct_positions
from analysis.comparison.correction import correct_shares
from analysis.comparison.differences import compare_differences
from analysis.comparison.positions import compare_frames, compare_positions, note_reliability
from analysis.comparison.sensitivity import measure_sensitivity
from analysis.comparison.turnover import decompose_change
from analysis.features.frames import extract_frame_hits
from analysis.models.reliability import measure_reliability
from analysis.models.sampling import sample_statements
from analysis.models.stance import CODER, extract_stance_hits
from analysis.study import Study
from analysis.tables import EVIDENCE
from analysis.voices import check_not_synthetic

# Of the reference codes, so many are taken as if they alone were given by hand: fewer leave most
# codes too rare to correct.
SAMPLE_BY_HAND = 120


def why_no_positions(study: Study, built: Built) -> str:
    """Say why nothing can be compared; an empty string where it can."""
    refusal = why_refused(check_not_synthetic, built.tables["statements"])
    return refusal or (why_one_group(study) if len(study.groups) < 2 else "")


def add_positions(study: Study, built: Built) -> None:
    """Compare groups by the codes of the reference, or of the patterns where there is none."""
    coder = next(iter(study.codes.coders)) if study.codes else CODER
    statements, codes = built.tables["statements"], built.tables["codes"]
    how: dict[str, Any] = {"periods": study.periods, "coder": coder}
    estimates = {
        "positions": compare_positions(statements, codes, groups=study.groups, **how),
        "shares": compare_frames(statements, codes, groups=study.groups, **how),
        "differences": compare_differences(statements, codes, groups=two_sides(study), **how),
    }
    try:
        turnover = decompose_change(statements, codes, groups=study.groups, **how)
        estimates["turnover"] = turnover
    except ValueError as error:
        built.left_out["turnover"] = str(error)
    if "reliability" in built.tables:
        reliability = built.tables["reliability"]
        estimates = {name: note_reliability(e, reliability) for name, e in estimates.items()}
    built.tables |= estimates
    built.tables["coded_statements"] = list_coded(statements, codes, groups=study.groups, **how)


def add_corrections(study: Study, built: Built) -> None:
    """Correct what the patterns say by a sample of the codes by hand, and adjust it as a check.

    The patterns and not what was learnt: they have seen no code by hand, and a coder that learnt
    from all of them knows more than a sample tells.
    """
    if not study.codes:
        return
    reference = next(iter(study.codes.coders))
    statements, codes = built.tables["statements"], built.tables["codes"]
    sample = sample_statements(statements, n=SAMPLE_BY_HAND, seed=study.seed)
    drawn = codes["statement_id"].isin(sample["statement_id"])
    kept = codes[(codes["coder"] != reference) | drawn].reset_index(drop=True)
    how: dict[str, Any] = {"groups": study.groups, "coders": (CODER, reference)}
    estimates = {
        "corrected": correct_shares(statements, kept, sample, **how),
        "corrected_positions": correct_positions(statements, kept, sample, **how),
        "adjusted": adjust_shares(statements, kept, sample, **how),
        "corrected_differences": correct_differences(
            statements, kept, sample, **how | {"groups": two_sides(study)}
        ),
    }
    if "reliability" in built.tables:
        reliability = built.tables["reliability"]
        estimates = {name: note_reliability(e, reliability) for name, e in estimates.items()}
    built.tables |= estimates


def add_sensitivity(study: Study, built: Built) -> None:
    """Measure differences by the patterns again under other choices."""
    statements, codes = built.tables["statements"], built.tables["codes"]
    read: dict[str, Any] = {"codebook": study.codebook, "language": study.language}
    evidence = [extract_frame_hits(statements, **read), extract_stance_hits(statements, **read)]
    found = measure_sensitivity(
        statements,
        codes[codes["coder"] == CODER].reset_index(drop=True),
        stack_tables(evidence, EVIDENCE),
        groups=two_sides(study),
        periods=study.periods,
    )
    if study.codes:
        pair = (next(iter(study.codes.coders)), CODER)
        found = note_reliability(found, measure_reliability(codes, statements, coders=pair))
    built.tables["sensitivity"] = found


def two_sides(study: Study) -> Mapping[str, tuple[str, ...]]:
    """Return the first two groups, which differences are between."""
    return dict(list(study.groups.items())[:2])
