import pytest

from analysis.errors import AnalysisError, LoadError, StudyError, TableError, check_choice, suggest


def test_every_error_is_an_analysis_error():
    assert all(issubclass(kind, AnalysisError) for kind in (StudyError, LoadError, TableError))


def test_a_known_choice_comes_back():
    assert check_choice("north", ["north", "south"], "group") == "north"


def test_an_unknown_choice_lists_the_known_and_the_nearest():
    with pytest.raises(
        ValueError, match=r"no group 'nort'; there are \['north', 'south'\]"
    ) as error:
        check_choice("nort", ["south", "north"], "group")
    assert "did you mean 'north'?" in str(error.value)


def test_nothing_is_suggested_for_a_word_that_is_like_none():
    assert suggest("xyz", ["north", "south"]) == ""
