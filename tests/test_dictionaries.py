"""Dictionaries of other programs as frames."""

import pandas as pd
import pytest

from analysis.dictionaries import load_dictionary
from analysis.errors import LoadError
from analysis.matching import find_matches

FILES = {
    "policy.dic": "%\n1\taffect\n\t02\tpositive\n3\tlaw\n%\n\nhappy*\t1\t2\ngood faith\t02\n"
    "law*\t3\nno\t3\n",
    "policy.lc3": "+affect\nhappy*\ngood faith\n+law\nlaw*\nno\n",
    "policy.lcd": '<?xml version="1.0"?><dictionary><cnode name="all"><cnode name="affect">'
    '<pnode name="happy*"/><cnode name="positive"><pnode name="good faith"/></cnode></cnode>'
    '<cnode name="law"><pnode name="law*"/><pnode name="no"/></cnode></cnode></dictionary>',
    "policy.yml": "affect:\n  patterns: [happy*]\n  positive: [good faith]\n"
    "law:\n  patterns:\n    - law*\n    - no\n  not_patterns: [law firm*]\n",
}


@pytest.fixture
def load(tmp_path):
    def loaded(name, text=None):
        path = tmp_path / name
        path.write_text(FILES[name] if text is None else text, encoding="utf-8")
        return load_dictionary(path)

    return loaded


@pytest.mark.parametrize("name", FILES)
def test_the_same_dictionary_in_four_formats(load, name):
    found = load(name)
    frames = found.codebook.frames
    assert set(frames["affect"].patterns) == {"happy*", "good faith"}
    assert set(frames["law"].patterns) == {"law*", "no"}
    assert found.left_out.empty
    if "affect.positive" in frames:
        assert "good faith" in frames["affect.positive"].patterns
        assert frames["affect.positive"].label == "positive"
    hits = find_matches(pd.Series({"a": "Happily lawful? No good faith"}), frames["law"].patterns)
    assert hits["form"].tolist() == ["lawful", "No"]


def test_what_does_not_count(load):
    assert load("policy.yml").codebook.frames["law"].not_patterns == ("law firm*",)


def test_entries_that_are_no_pattern_are_listed(load):
    found = load("m.lc3", "+mood\n:)\ngood\n*\nb/c\n").left_out
    assert found[["line", "code", "entry"]].to_numpy().tolist() == [
        [2, "mood", ":)"],
        [4, "mood", "*"],
        [5, "mood", "b/c"],
    ]
    assert found["reason"][0].startswith("':' cannot stand in a pattern")


def test_a_number_in_an_entry_is_no_category(load):
    frames = load("m.dic", "%\n3\ta\n7\tb\n%\n24 7\t3\nround the clock 7\n").codebook.frames
    assert frames["a"].patterns == ("24 7",)
    assert frames["b"].patterns == ("round the clock",)


def test_a_category_may_be_named_again(load):
    frames = load("m.yml", "a: &x\n  c: [good]\nb: *x\n").codebook.frames
    assert frames["b.c"].patterns == frames["a.c"].patterns == ("good",)


def test_an_entry_twice_stands_once(load):
    assert load("m.lc3", "+a\ngood\ngood\n").codebook.frames["a"].patterns == ("good",)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("m.dic", "%\n1\ta\n%\ngood\t1\nbad\n", "line 5: 'bad'; expected an entry, then"),
        ("m.dic", "%\n1\ta\n%\n\nbad\t7\n", "line 5: .* numbers of categories, but 7 is none"),
        ("m.dic", "%\none\ta\n%\n", "line 2: .* expected the number and the name of a category"),
        ("m.dic", "%\n\t\t1\ta\n%\n", "line 2: .* the number and the name"),
        ("m.dic", "%\n1\ta\n%\nkind\t(02 134)125/464\n", "line 4: .*expected an entry"),
        ("m.dic", "good\t1\n", "between two lines of %, found 0"),
        ("m.lc3", "good\n+a\n", r"line 1: 'good'; expected \+ and the name of a category"),
        ("m.lcd", "<dictionary>\n<cnode", "line 2: no XML"),
        ("m.yml", "a: [b\nc: d: e\n", "line 2: no YAML"),
        ("m.yml", "- a\n", "line 1: expected categories"),
        ("m.yml", "a:\n  - \x01\n", "line 2: no YAML: special characters are not allowed"),
        ("m.yml", "? [x, y]\n: c\n", "line 1: 'sequence'; expected the name of a category"),
        ("m.yml", "a: &x\n  b: *x\n", "line 2: 'b'; expected its own entries"),
        ("m.yml", "a.b: [x]\na:\n  b: [y]\n", "two categories have the path 'a.b'; rename one"),
        ("m.dic", "%\n1\ta\n1\tb\n%\n", "line 3: .* a number that no category above has"),
        ("m.yml", "a:\n  - [b]\n", "line 2: 'sequence'; expected an entry"),
        ("m.lc3", "", "no category; a dictionary has one at least"),
        ("m.txt", "a", r"no dictionary ends in '.txt'; \['.dic', '.lc3'"),
    ],
)
def test_a_broken_line_is_named(load, name, text, words):
    with pytest.raises(LoadError, match=words):
        load(name, text)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(LoadError, match="cannot be opened: No such file"):
        load_dictionary(tmp_path / "none.dic")
    (tmp_path / "old.dic").write_bytes("%\n1\ta\n%\ncaf\xe9\t1".encode("latin-1"))
    with pytest.raises(LoadError, match="not UTF-8 at byte 11; save it as UTF-8"):
        load_dictionary(tmp_path / "old.dic")
