import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.decoding import check_text, decode_text, load_text
from analysis.errors import LoadError


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text))
def test_text_comes_back_as_it_was_written(text):
    body = text.removeprefix("\ufeff")
    if body.strip():
        assert decode_text(b"\xef\xbb\xbf" + body.encode(), "a.txt") == body


def test_line_ends_stay():
    assert decode_text(b"one\r\ntwo\n", "a.txt") == "one\r\ntwo\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "a.txt: the file is empty"),
        (b"\xef\xbb\xbf", "a.txt: only a byte order mark"),
        (b" \r\n", "a.txt: only space"),
        (b"PK\x03\0\x04", r"a.txt: binary: a NUL at byte 3"),
        (
            b"\xff\xfeh\0i\0",
            r"a.txt: not UTF-8: .*UTF-16 \(little-endian\); convert it: iconv -f UTF-16",
        ),
        (
            b"he said \x93no\x94",
            r"not UTF-8 at byte 8 \(0x93\): it looks like Windows-1252; .*iconv",
        ),
        (b"caf\xe9 noir", r"not UTF-8 at byte 3 \(0xe9\): it may be Latin-1"),
    ],
)
def test_what_is_no_text_is_named_with_its_reason(raw, message):
    with pytest.raises(LoadError, match=message):
        decode_text(raw, "a.txt")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LoadError, match=r"none\.txt: cannot be opened"):
        load_text(tmp_path / "none.txt")


def test_half_a_character_from_json_is_refused():
    with pytest.raises(LoadError, match=r"r\.jsonl:3: a lone surrogate U\+D83D at offset 2"):
        check_text("ab\ud83d", "r.jsonl:3")
