"""The token index on disk: arrays that need not fit into memory, a vocabulary, and its settings.

A folder holds ``codes``, ``starts``, ``ends``, ``gaps`` and ``bounds`` (.npy, read in place), the
vocabulary and the units (.parquet), and ``settings.json``: by which rules the texts were read.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from analysis.errors import LoadError
from analysis.index import TokenIndex

# Another number for other tokens: an index of other rules cannot be compared with this one's.
TOKENS_VERSION = 2
SETTINGS = {
    "tokens_version": TOKENS_VERSION,
    "tokens": "letters, digits and marks; apostrophes and hyphens between them; see tokens.py",
    "terms": "case folded, NFC, one apostrophe, one hyphen, no soft hyphens",
}
ARRAYS = ("codes", "starts", "ends", "gaps", "bounds")


def save_index(index: TokenIndex, folder: Path | str) -> Path:
    """Write an index as a folder, and return its path; an older one there is replaced.

    The same index gives the same bytes.
    """
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        new = Path(name) / "index"
        new.mkdir()
        for array in ARRAYS:
            np.save(new / f"{array}.npy", getattr(index, array), allow_pickle=False)
        vocabulary = pd.DataFrame({"form": index.forms, "term": index.terms[index.form_terms]})
        vocabulary.to_parquet(new / "vocabulary.parquet", index=False)
        pd.DataFrame({"unit_id": index.unit_ids}).to_parquet(new / "units.parquet", index=False)
        made = {**SETTINGS, "language": index.language}
        settings = json.dumps(made, indent=1, sort_keys=True)
        (new / "settings.json").write_text(settings + "\n", encoding="utf-8")
        if folder.exists():
            folder.replace(Path(name) / "old")
        shutil.move(new, folder)
    return folder


def load_index(folder: Path | str) -> TokenIndex:
    """Read an index that `save_index` wrote; its arrays stay on disk until they are looked at.

    Raises
    ------
    LoadError
        If a file is missing or unreadable, or the index was made by other rules than today's.
    """
    folder = Path(folder)
    try:
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ARRAYS
        }
        vocabulary = pd.read_parquet(folder / "vocabulary.parquet")
        units = pd.read_parquet(folder / "units.parquet")
    except (OSError, ValueError, KeyError) as error:
        raise LoadError(f"{folder}: no index of tokens: {error}") from error
    found = settings.get("tokens_version") if isinstance(settings, dict) else None
    if found != TOKENS_VERSION:
        raise LoadError(
            f"{folder}: made by version {found} of the rules for tokens, today's is "
            f"{TOKENS_VERSION}; build it again from the texts"
        )
    terms = pd.Index(np.sort(vocabulary["term"].unique().astype(object)), dtype="str")
    return TokenIndex(
        unit_ids=pd.Index(units["unit_id"], name="unit_id"),
        forms=pd.Index(vocabulary["form"], dtype="str", name=None),
        form_terms=terms.get_indexer(pd.Index(vocabulary["term"])).astype(np.int32),
        terms=terms,
        language=settings.get("language", "en"),
        **arrays,
    )
