"""Count the words of two governments' speeches at the United Nations.

    python data/raw/ungdc/build_counts.py PATH_TO_UNGDC [FOLDER]

PATH_TO_UNGDC is a folder with `txt/*.txt`, `metadata.csv` and `speakers.csv` (see SOURCES.md).
The tables that study.toml names are written beside this file, or to FOLDER. The texts
themselves stay where they are. The same texts give the same bytes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.codebook import Codebook, Frame, load_codebook
from analysis.features.counts import count_terms
from analysis.features.frames import count_hits
from analysis.index import TokenIndex, attested_forms, build_index
from analysis.language.tokens import JoinedText, join_lines
from analysis.storage import save_table
from analysis.tables import HITS, UNITS, build_table, check_table

GROUPS = {"RUS": "Russia", "JPN": "Japan"}
# The seat passed from the USSR to Russia in December 1991, after that year's debate.
LAST_SOVIET_YEAR = 1991
OTHER_SIDE = {
    "RUS": r"japan|japanese|tokyo",
    "JPN": r"russia|russian|russians|soviet|soviets|ussr|moscow|kremlin",
}
TOKENS_EACH_SIDE = 50
CODEBOOK = Path(__file__).resolve().parents[1] / "russia_japan" / "codebook.toml"
# Phrases that are followed by themselves, beside the frames that they belong to.
PHRASES = {"good neighbo*": ("good* neighbo*", "goodneighbo*")}


def main(source: Path, target: Path) -> None:
    """Write units, counts and hits of the speeches and of the dispute passages."""
    texts = read_texts(source / "txt")
    attested = attested_forms(texts)
    views = {unit: join_lines(text, attested) for unit, text in texts.items()}
    speeches = pd.Series({unit: view.text for unit, view in views.items()}, dtype="str")
    index = build_index(speeches)
    units = describe_speeches(index, read_metadata(source))
    passages = cut_passages(index, views)
    cut = pd.Series(
        [views[row.doc_id].text[row.view_start : row.view_end] for row in passages.itertuples()],
        index=passages["unit_id"],
        dtype="str",
    )
    write_part(target, "", speeches, units)
    write_part(target, "passage_", cut, describe_passages(passages, units))


def read_texts(folder: Path) -> pd.Series:
    """Return the speeches as they stand, by file name without its suffix."""
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise SystemExit(f"{folder}: no .txt files; this is where the speeches should be")
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in paths}
    return pd.Series(texts, dtype="str")


def read_metadata(source: Path) -> pd.DataFrame:
    """Return session, year, speaker and post of each speech, by unit."""
    speeches = pd.read_csv(source / "metadata.csv")
    speakers = pd.read_csv(source / "speakers.csv").rename(
        columns={
            "Year": "year",
            "ISO Code": "iso3",
            "Name of Person Speaking": "speaker",
            "Post": "post",
        }
    )
    speakers["speaker"] = speakers["speaker"].map(clean_name, na_action="ignore")
    speakers["post"] = speakers["post"].str.strip().replace("", None)
    named = speakers.groupby(["iso3", "year"], sort=True)[["speaker", "post"]].agg(join_names)
    frame = speeches.join(named, on=["iso3", "year"])
    frame["unit_id"] = frame["file"].str.removeprefix("txt/").str.removesuffix(".txt")
    return frame.set_index("unit_id")[["iso3", "session", "year", "speaker", "post"]]


def clean_name(name: str) -> str:
    """Return a name without title and stray signs, not in capitals throughout."""
    bare = re.sub(r"^\s*(?:mr|mir|ms|mrs)\b\.?", "", name, flags=re.IGNORECASE).strip(" ,")
    return " ".join(
        word.capitalize() if len(word) > 2 and word.isupper() else word for word in bare.split()
    )


def join_names(names: pd.Series) -> str | None:
    """Return the different names of one debate in one cell; two people may have spoken."""
    return "; ".join(sorted(names.dropna().unique())) or None


def describe_speeches(index: TokenIndex, metadata: pd.DataFrame) -> pd.DataFrame:
    """Return the units table of the speeches with the columns of our own."""
    rows = metadata.loc[index.unit_ids].reset_index()
    rows["doc_id"] = rows["unit_id"]
    rows["group"] = rows["iso3"].map(GROUPS)
    soviet = (rows["iso3"] == "RUS") & (rows["year"] <= LAST_SOVIET_YEAR)
    rows["actor"] = rows["group"].mask(soviet, "USSR")
    rows["date"] = pd.to_datetime(rows["year"].astype(str) + "-01-01")
    rows["said_precision"] = "year"
    rows["voice"] = "official_translation"
    rows["n_tokens"] = index.n_tokens
    mentions = find_mentions(index)
    counted = np.bincount(index.unit_codes[mentions], minlength=len(index.unit_ids))
    rows["n_mentions"] = counted.astype(np.int64)
    own = ["actor", "said_precision", "session", "speaker", "post", "n_mentions"]
    return build_table(rows, UNITS).join(rows[own])


def find_mentions(index: TokenIndex) -> np.ndarray:
    """Return the places of all tokens that name the other side, also within a compound."""
    parts = index.terms.to_series().str.split(r"[-']", regex=True)
    sides = index.unit_ids.str[:3].to_numpy()[index.unit_codes]
    named = np.zeros(len(index.codes), dtype=bool)
    for side, names in OTHER_SIDE.items():
        wanted = parts.map(lambda words, names=names: any(re.fullmatch(names, w) for w in words))
        named |= wanted.to_numpy()[index.term_codes] & (sides == side)
    return np.flatnonzero(named)


def cut_passages(index: TokenIndex, views: Mapping[str, JoinedText]) -> pd.DataFrame:
    """Return one row per dispute passage: its unit, its mentions, where it starts and ends."""
    rows = []
    mentions = find_mentions(index)
    for code, unit in enumerate(index.unit_ids):
        first, last = index.bounds[code], index.bounds[code + 1]
        inside = mentions[(mentions >= first) & (mentions < last)]
        for number, (left, right, n) in enumerate(merge_windows(inside, first, last), start=1):
            span = int(index.starts[left]), int(index.ends[right - 1])
            start, end = views[unit].original_span(*span)
            rows.append((f"{unit}:{number}", unit, right - left, n, *span, start, end))
    names = ["unit_id", "doc_id", "n_tokens", "n_mentions", "view_start", "view_end"]
    return pd.DataFrame(rows, columns=[*names, "start", "end"])


def merge_windows(places: np.ndarray, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Yield half-open token windows around places, overlapping ones as one, and their places."""
    start, end, n = 0, -1, 0
    for place in places.tolist():
        left = max(first, place - TOKENS_EACH_SIDE)
        if n and left > end:
            yield start, end, n
            n = 0
        start = start if n else left
        end = min(last, place + TOKENS_EACH_SIDE + 1)
        n += 1
    if n:
        yield start, end, n


def describe_passages(passages: pd.DataFrame, speeches: pd.DataFrame) -> pd.DataFrame:
    """Return the units table of the passages with the columns of our own."""
    whose = speeches.set_index("doc_id").loc[passages["doc_id"]].reset_index()
    rows = whose.drop(columns=["unit_id", "n_tokens", "n_mentions"]).join(
        passages.drop(columns=["doc_id", "view_start", "view_end"])
    )
    own = ["actor", "said_precision", "session", "speaker", "post", "n_mentions", "start", "end"]
    return build_table(rows, UNITS).join(rows[own])


def find_hits(texts: pd.Series) -> pd.DataFrame:
    """Return the hits table of the codebook's frames and of the phrases; `code` knows them all."""
    codebook = load_codebook(CODEBOOK)
    phrases = {
        phrase: Frame(code=phrase, label=phrase, patterns=patterns)
        for phrase, patterns in PHRASES.items()
    }
    both = Codebook(version=codebook.version, frames={**codebook.frames, **phrases})
    hits = count_hits(texts, both)
    hits["code"] = hits["code"].cat.set_categories(list(both.frames))
    hits["unit_id"] = hits["unit_id"].cat.set_categories(list(texts.index))
    return check_table(hits.sort_values(["unit_id", "code", "form"], ignore_index=True), HITS)


def write_part(target: Path, prefix: str, texts: pd.Series, units: pd.DataFrame) -> None:
    """Write the tables of one kind of unit."""
    save_table(units, target / f"{prefix}units.parquet")
    save_table(count_terms(build_index(texts)), target / f"{prefix}counts.parquet")
    save_table(find_hits(texts), target / f"{prefix}hits.parquet")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    source, *target = map(Path, sys.argv[1:])
    main(source, *target or [Path(__file__).resolve().parent])
