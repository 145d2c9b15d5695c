"""Texts that a study is about but does not ship: fetched from where they are kept, and checked.

A study that has a ``fetch.toml`` says there which dataset of a Dataverse holds them, and in a list
of SHA-256 sums which files it wants. An archive is downloaded once; the files wanted are taken
out of it.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.codebook import check_keys, read_toml
from analysis.errors import LoadError, StudyError
from analysis.storage import replace_file

KEYS = ("doi", "server", "archive", "checksums", "folder")
NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a study's texts are kept.

    Attributes
    ----------
    doi, server, archive
        The dataset, the Dataverse that has it, and a glob for the name of its archive.
    wanted
        File name -> its SHA-256.
    folder
        Where the files go.
    """

    doi: str
    server: str
    archive: str
    wanted: Mapping[str, str]
    folder: Path


def load_source(study: Path | str) -> Source:
    """Read the fetch.toml of a study's folder.

    Raises
    ------
    StudyError
        If the study has none, a key is unknown or missing, or the list of sums is broken.
    """
    path = Path(study) / "fetch.toml"
    if not path.is_file():
        raise StudyError(f"{path}: no such file; this study has all its texts, or none to fetch")
    raw = read_toml(path)
    check_keys(raw, KEYS, str(path))
    missing = [key for key in KEYS if not isinstance(raw.get(key), str)]
    if missing:
        raise StudyError(f"{path}: {missing[0]} is missing; there are {list(KEYS)}, all strings")
    return Source(
        doi=raw["doi"],
        server=raw["server"].rstrip("/"),
        archive=raw["archive"],
        wanted=_load_sums(path.parent / raw["checksums"]),
        folder=path.parent / raw["folder"],
    )


def save_texts(source: Source, *, origin: Path | None = None, server: str | None = None) -> Path:
    """Put the texts of a study into its folder; those there already with the right sum stay.

    Parameters
    ----------
    source
        As `load_source` gives it.
    origin
        A folder or an archive (.zip, .tar, .tar.gz, .tgz) that has the files, at any depth. None:
        they are downloaded, and the archive is kept in the user's cache.
    server
        The address of another Dataverse that has the dataset.

    Returns
    -------
    The folder.

    Raises
    ------
    LoadError
        If the server cannot be reached or has no such archive, the archive is broken, or a file is
        missing or has another sum. Then no file is written.
    """
    if _is_there(source):
        return source.folder
    found = _read_files(origin or _download(source, server or source.server), source.wanted)
    _check_files(found, source)
    source.folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(found.items()):
        with replace_file(source.folder / name) as temporary:
            temporary.write_bytes(content)
    return source.folder


def _load_sums(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise StudyError(f"{path}: cannot be opened: {error.strerror or error}") from error
    pairs = [line.split(maxsplit=1) for line in lines if line.strip()]
    broken = [number for number, pair in enumerate(pairs, 1) if len(pair) < 2 or len(pair[0]) != 64]
    if broken or not pairs:
        raise StudyError(
            f"{path}: line {broken[0] if broken else 1}: expected a SHA-256 and a name"
        )
    return {name.strip().lstrip("*"): digest for digest, name in pairs}


def _is_there(source: Source) -> bool:
    paths = {source.folder / name: digest for name, digest in source.wanted.items()}
    return all(
        path.is_file() and _digest(path.read_bytes()) == digest for path, digest in paths.items()
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check_files(found: Mapping[str, bytes], source: Source) -> None:
    missing = [name for name in source.wanted if name not in found]
    if missing:
        raise LoadError(f"{_some(missing)} of {len(source.wanted)} files are not there")
    other = [name for name, digest in source.wanted.items() if _digest(found[name]) != digest]
    if other:
        raise LoadError(
            f"{_some(other)} have another content than this study was made from (SHA-256); an "
            "edition of the corpus that was corrected since would be another study"
        )


def _some(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _read_files(origin: Path, wanted: Mapping[str, str]) -> dict[str, bytes]:
    """Return the wanted files of a folder or an archive, by name; the first of a name counts."""
    found: dict[str, bytes] = {}
    try:
        for name, content in _files_of(origin, wanted):
            found.setdefault(name, content)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise LoadError(f"{origin}: cannot be read: {error}; delete it and fetch again") from error
    return found


def _files_of(origin: Path, wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    if origin.is_dir():
        for path in sorted(origin.rglob("*")):
            if path.name in wanted and path.is_file():
                yield path.name, path.read_bytes()
    elif zipfile.is_zipfile(origin):
        with zipfile.ZipFile(origin) as archive:
            for member in archive.namelist():
                if PurePosixPath(member).name in wanted:
                    yield PurePosixPath(member).name, archive.read(member)
    else:
        with tarfile.open(origin) as archive:
            for entry in archive:
                content = archive.extractfile(entry) if entry.isfile() else None
                if content and PurePosixPath(entry.name).name in wanted:
                    yield PurePosixPath(entry.name).name, content.read()


def _download(source: Source, server: str) -> Path:
    """Return the path of the archive, downloaded unless the cache has it whole."""
    entry = _archive_of(source, server)
    digest = entry["checksum"]
    return _retrieve(
        f"{server}/api/access/datafile/{entry['id']}",
        f"{digest['type'].lower().replace('-', '')}:{digest['value']}",
        entry["filename"],
    )


def _archive_of(source: Source, server: str) -> Mapping[str, Any]:
    """Return what the server says of the newest archive that fits."""
    listing = f"{server}/api/datasets/:persistentId/?persistentId=doi:{source.doi}"
    path = _retrieve(listing, None, "dataset.json")
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["data"]["latestVersion"]["files"]
        entries = [file["dataFile"] for file in files]
        names = [str(entry["filename"]) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        raise LoadError(f"{listing}: not the answer of a Dataverse: {error}") from error
    finally:
        path.unlink()
    fitting = [entry for entry in entries if fnmatch(entry["filename"], source.archive)]
    if not fitting:
        raise LoadError(f"{listing}: no file {source.archive!r}; there are {sorted(names)}")
    return max(fitting, key=lambda entry: str(entry["filename"]))


def _retrieve(url: str, known_hash: str | None, name: str) -> Path:
    import pooch
    from requests.exceptions import RequestException

    pooch.get_logger().setLevel("WARNING")
    folder = pooch.os_cache("concordat")
    if known_hash is None:
        with suppress(FileNotFoundError):
            (folder / name).unlink()
    try:
        return Path(pooch.retrieve(url, known_hash=known_hash, fname=name, path=folder))
    except RequestException as error:
        raise LoadError(
            f"{url}: not reached: {error}; where the texts are at hand already, name their folder "
            "or archive with --from"
        ) from error
    except ValueError as error:
        raise LoadError(f"{url}: another content than the server promises: {error}") from error
