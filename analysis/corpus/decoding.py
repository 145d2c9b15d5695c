"""Bytes to text: UTF-8 and nothing else, with a reason by name where it is something else.

The text is never altered: line ends stay as they are, since offsets are promises. A byte order
mark is no part of the text.
"""

from __future__ import annotations

from pathlib import Path

from analysis.errors import LoadError

BOM = b"\xef\xbb\xbf"
UTF16_MARKS = {b"\xff\xfe": "UTF-16 (little-endian)", b"\xfe\xff": "UTF-16 (big-endian)"}
# Bytes that are quotation marks, dashes and the ellipsis in Windows-1252.
WINDOWS_MARKS = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97")


def load_bytes(path: Path) -> bytes:
    """Return what a file holds; a ``LoadError`` names a file that cannot be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path}: cannot be opened: {error.strerror or error}") from error


def load_text(path: Path) -> str:
    """Return the text of a file. Errors as `decode_text`, and if it cannot be opened."""
    return decode_text(load_bytes(path), str(path))


def decode_text(raw: bytes, name: str) -> str:
    """Return bytes as text; `name` stands in the message if they are none.

    Raises
    ------
    LoadError
        If there is nothing but a byte order mark or space, if a NUL shows that it is no text,
        or if it is not UTF-8: at which byte, what it looks like, and how to convert it.
    """
    if not raw:
        raise LoadError(f"{name}: the file is empty")
    mark = UTF16_MARKS.get(raw[:2])
    if mark is not None:
        raise LoadError(f"{name}: not UTF-8: the first bytes say {mark}; {_advice('UTF-16')}")
    body = raw.removeprefix(BOM)
    if not body:
        raise LoadError(f"{name}: only a byte order mark, no text")
    if b"\0" in body:
        raise LoadError(f"{name}: binary: a NUL at byte {raw.index(0)}; only texts can be read")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start + len(raw) - len(body)
        raise LoadError(
            f"{name}: not UTF-8 at byte {at} (0x{raw[at]:02x}): {_guess(body)}"
        ) from error
    if not text.strip():
        raise LoadError(f"{name}: only space, no text")
    return text


def check_text(text: str, name: str) -> str:
    """Return `text` if it can be written as UTF-8, else raise a ``LoadError``.

    JSON can carry half of a surrogate pair, which is no character.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise LoadError(
            f"{name}: a lone surrogate U+{code:04X} at offset {error.start}; "
            "write the whole character or leave it out"
        ) from error
    return text


def _guess(body: bytes) -> str:
    if WINDOWS_MARKS.intersection(body):
        return f"it looks like Windows-1252; {_advice('WINDOWS-1252')}"
    return f"it may be Latin-1 or another one-byte encoding; {_advice('LATIN1')}"


def _advice(encoding: str) -> str:
    return f"convert it: iconv -f {encoding} -t UTF-8 FILE > NEW"
