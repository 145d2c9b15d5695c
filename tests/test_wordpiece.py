import os
from pathlib import Path

import pytest
from encoders import VOCABULARY, tokenizer, write_json

from analysis.errors import LoadError
from analysis.models.wordpiece import load_word_pieces, read_json

ACCENT = "\u0301"


def pieces_of(folder, *, longest=12, **rules):
    write_json(folder / "tokenizer.json", tokenizer(**rules))
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": longest})
    return load_word_pieces(folder)


def read(pieces, text):
    """The pieces of a text between its two marks."""
    first, *found, last = pieces.encode(text)
    assert (VOCABULARY[first], VOCABULARY[last]) == ("[CLS]", "[SEP]")
    return [VOCABULARY[number] for number in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll is unfair.", ["the", "toll", "is", "un", "##fair", "."]),
        ("unfairer,fair-toll", ["un", "##fair", "##er", ",", "fair", "-", "toll"]),
        ("toll's", ["toll", "'", "s"]),
        ("unfairest", ["[UNK]"]),
        ("the levy is", ["the", "[UNK]", "is"]),
        ("CAFÉ", ["cafe"]),
        (f"cafe{ACCENT}", ["cafe"]),
        ("the税税toll", ["the", "税", "税", "toll"]),
        ("toll\u3000is\ttoll\xa0", ["toll", "is", "toll"]),
        ("to\u200bll\x00 \ufffd", ["toll"]),
        ("a" + "b" * 99, ["a", *["##b"] * 9]),
        ("a" + "b" * 100, ["[UNK]"]),
        ("", []),
    ],
)
def test_pieces_worked_by_hand(tmp_path, text, expected):
    assert read(pieces_of(tmp_path), text) == expected


@pytest.mark.parametrize(
    ("lower", "accents", "expected"),
    [
        (True, None, "cafe"),
        (True, False, "café"),
        (False, None, "Café"),
        (False, True, "[UNK]"),
    ],
)
def test_case_and_accents_are_kept_as_the_tokenizer_says(tmp_path, lower, accents, expected):
    assert read(pieces_of(tmp_path, lower=lower, accents=accents), "Café") == [expected]


def test_spaces_between_words_change_nothing(tmp_path):
    pieces = pieces_of(tmp_path)
    assert pieces.encode(" the  toll \n") == pieces.encode("the toll")
    assert pieces.encode("the toll") != pieces.encode("toll the")


def test_what_is_too_long_is_cut_and_ends_with_its_mark(tmp_path):
    pieces = pieces_of(tmp_path, longest=4)
    assert read(pieces, "the toll is fair") == ["the", "toll"]
    assert len(pieces_of(tmp_path, longest=None).encode("the " * 600)) == 512


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("tokenizer.json", tokenizer(kind="BPE"), r"pieces of kind 'BPE' .*only WordPiece"),
        (
            "tokenizer.json",
            tokenizer() | {"pre_tokenizer": {"type": "Metaspace"}},
            r"WordPiece' \(Metaspace\)",
        ),
        ("tokenizer.json", {"model": {"type": "Unigram", "vocab": [["a", -1.5]]}}, "not the token"),
        ("tokenizer.json", tokenizer() | {"normalizer": None}, "not the tokenizer of a BERT"),
        ("tokenizer.json", tokenizer(vocabulary=("[UNK]", "[CLS]")), r"no piece '\[SEP\]'"),
        ("tokenizer.json", ["toll"], "a list; names with values are needed"),
    ],
)
def test_other_tokenizers_are_named(tmp_path, name, value, message):
    pieces_of(tmp_path)
    write_json(tmp_path / name, value)
    with pytest.raises(LoadError, match=rf"tokenizer\.json: .*{message}"):
        load_word_pieces(tmp_path)


def test_a_missing_or_damaged_file_is_named(tmp_path):
    with pytest.raises(LoadError, match=r"tokenizer\.json: cannot be opened: No such file"):
        load_word_pieces(tmp_path)
    path = tmp_path / "tokenizer.json"
    path.write_text('{"model":', encoding="utf-8")
    with pytest.raises(LoadError, match=r"tokenizer\.json: no JSON: Expecting value"):
        read_json(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(LoadError, match=r"tokenizer\.json: no JSON"):
        read_json(path)


# As the tokenizers library (0.23) numbers the pieces of all-MiniLM-L6-v2.
NUMBERED = {
    "Don't tax naïve #Hipsters: https://t.co/x": (
        *(2123, 1005, 1056, 4171, 15743, 1001, 6700, 7747, 1024, 16770, 1024, 1013, 1013),
        *(1056, 1012, 2522, 1013, 1060),
    ),
    "Kuril Islands — 千島列島 (Chishima)": (
        *(13970, 15928, 3470, 1517, 1784, 1833, 100, 1833, 1006, 9610, 24772, 1007),
    ),
    "Ærøskøbing’s café\u200b costs €5": (
        *(1097, 2099, 16415, 6711, 16415, 10472, 1521, 1055, 7668, 5366, 1574, 2629),
    ),
    "unaffordability \U0001f642\U0001f937\u200d\u2640\ufe0f": (14477, 4246, 8551, 8010, 100),
}


@pytest.mark.skipif("CONCORDAT_MODEL" not in os.environ, reason="CONCORDAT_MODEL names no folder")
@pytest.mark.parametrize("text", NUMBERED)
def test_pieces_of_a_real_model(text):
    pieces = load_word_pieces(Path(os.environ["CONCORDAT_MODEL"]))
    assert pieces.encode(text) == [101, *NUMBERED[text], 102]
