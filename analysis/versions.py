"""By which version of a codebook codes were given: codes of two versions mean two things."""

from __future__ import annotations

import pandas as pd


def note_versions(codes: pd.DataFrame) -> dict[str, str]:
    """Say of each code that was given by more than one version of the codebook by which.

    Parameters
    ----------
    codes
        The `codes` table, or those rows of it that a figure is of. Codes without a version say
        nothing and are passed over.

    Returns
    -------
    Code -> a note that names its versions; codes of one version are not in it.
    """
    known = codes[codes["value"].notna() & codes["codebook_version"].notna()]
    pairs = known[["code", "codebook_version"]].astype("str").drop_duplicates()
    return {
        str(code): f"codebook versions {' and '.join(sorted(versions))} mixed"
        for code, versions in pairs.groupby("code")["codebook_version"]
        if len(versions) > 1
    }


def join_notes(*notes: object) -> str | None:
    """Join what there is to say; None where there is nothing."""
    said = [str(note) for note in notes if isinstance(note, str) and note]
    return "; ".join(said) or None
