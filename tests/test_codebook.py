from datetime import date

import pytest

from analysis.codebook import Role, allowed_values, check_codes, load_codebook
from analysis.errors import StudyError, TableError
from analysis.tables import CODES, build_table
from tests.coded import codebook

BOOK = """
version = "3"
[frames.trade]
label = "Trade"
definition = "Goods that cross the border"
patterns = ["trade*", "open ... market*"]
not_patterns = ["trade union"]
[propositions.open_border]
label = "The border should be open"
[propositions.open_border.patterns]
favor = ["open the border"]
against = ["close the border"]
[actors.North]
aliases = ["Northerners", "the Northern government"]
[[actors.North.people]]
name = "Ada Berg"
aliases = ["Berg"]
roles = [{ title = "President", start = "2001-05-01", end = 2009-04-30 }]
"""


@pytest.fixture
def write(tmp_path):
    def _write(text):
        path = tmp_path / "codebook.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def test_a_codebook_holds_frames_propositions_and_actors(write):
    book = load_codebook(write(BOOK))
    assert book.version == "3"
    assert book.frames["trade"].patterns == ("trade*", "open ... market*")
    assert book.frames["trade"].not_patterns == ("trade union",)
    assert book.propositions["open_border"].patterns["against"] == ("close the border",)
    (person,) = book.actors["North"].people
    assert person.name == "Ada Berg"
    assert person.roles == (Role(title="President", start=date(2001, 5, 1), end=date(2009, 4, 30)),)


def test_an_empty_codebook_is_a_codebook(write):
    assert not load_codebook(write("")).frames


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2001, 5, 1), True),  # the first day of office
        (date(2009, 4, 30), True),  # the last one
        (date(2009, 5, 1), False),
        (date(2001, 4, 30), False),
        (None, True),  # an unknown day is no objection
    ],
)
def test_a_role_is_held_from_its_first_to_its_last_day(day, held):
    role = Role(title="President", start=date(2001, 5, 1), end=date(2009, 4, 30))
    assert role.held_on(day) is held


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[frame.trade]", r"no key 'frame'; there are .*did you mean 'frames'"),
        ("[frames.trade]\npatern = []", r"\[frames.trade\]: no key 'patern'.*'patterns'"),
        ("[frames.trade]\npatterns = 'x'", "patterns is 'x'; it is a list of strings"),
        ("[frames]\ntrade = 1", r"\[frames\] holds tables"),
        ("[propositions.p.patterns]\nfavour = []", r"no key 'favour'.*did you mean 'favor'"),
        ("[actors.North]\nalias = []", r"no key 'alias'.*did you mean 'aliases'"),
        ("[[actors.North.people]]\naliases = []", "a person has a name"),
        (
            "[[actors.North.people]]\nname = 'A'\nroles = [{ title = 'P', start = '31.02.2019' }]",
            "'31.02.2019' is no day; write YYYY-MM-DD",
        ),
        (
            "[frames.trade]\n[propositions.trade]",
            "'trade' is a frame and a proposition; rename one",
        ),
        ("[frames.trade]\npatterns = ['* *']", r"frames\.trade.*\* \*"),
        ("[frames.trade", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(write, text, message):
    with pytest.raises(StudyError, match=message):
        load_codebook(write(text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"nowhere\.toml: no such file"):
        load_codebook(tmp_path / "nowhere.toml")


FAMILY = """
[frames.affect]
patterns = ["mood*"]
[frames.positive]
parent = "affect"
patterns = ["happy", "mood*"]
not_patterns = ["happy hour"]
[frames.joy]
parent = "positive"
patterns = ["joy"]
"""


def test_a_frame_has_the_patterns_of_those_under_it(write):
    frames = load_codebook(write(FAMILY)).frames
    assert frames["affect"].patterns == ("mood*", "happy", "joy")
    assert frames["positive"].patterns == ("happy", "mood*", "joy")
    assert frames["joy"].patterns == ("joy",)
    assert frames["affect"].not_patterns == ("happy hour",)


@pytest.mark.parametrize(
    ("parent", "message"),
    [
        ("afect", r"\[frames.positive\]: parent 'afect' is no frame.*did you mean 'affect'"),
        ("joy", "stands under itself: positive under joy under positive|joy under positive"),
    ],
)
def test_a_parent_is_another_frame(write, parent, message):
    with pytest.raises(StudyError, match=message):
        load_codebook(write(FAMILY.replace('"affect"', f'"{parent}"')))


def coded(code="toll", value="present"):
    rows = [{"statement_id": "s1", "code": code, "coder": "ada", "value": value}]
    return build_table(rows, CODES)


def test_codes_by_the_codebook_are_given_back():
    book = codebook(frames={"toll": ([], [])}, propositions={"open": {}})
    for good in (coded(), coded("open", "ambiguous"), coded(value=None)):
        assert check_codes(good, book) is good
    assert list(allowed_values(book)) == ["toll", "open"]


@pytest.mark.parametrize(
    ("code", "value", "message"),
    [
        ("tol", "present", r"codes: s1: no code 'tol'; .* did you mean 'toll'"),
        ("toll", "favor", r"codes: s1: toll is 'favor'; it is one of \['present', 'absent'\]$"),
        ("open", "favour", r"open is 'favour'; .* did you mean 'favor'"),
    ],
)
def test_codes_that_the_codebook_does_not_know_name_the_nearest(code, value, message):
    book = codebook(frames={"toll": ([], [])}, propositions={"open": {}})
    with pytest.raises(TableError, match=message):
        check_codes(coded(code, value), book)
