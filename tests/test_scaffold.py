import pytest

from analysis.errors import StudyError
from analysis.scaffold import save_new_study
from analysis.study import load_study


def test_a_new_study_can_be_read_as_it_stands(tmp_path):
    folder = save_new_study("rivers", tmp_path)
    study = load_study(folder)
    assert study.name == "rivers"
    assert set(study.groups) == {"North", "South"}
    assert set(study.groups) <= set(study.codebook.actors)
    assert (folder / "documents").is_dir()
    assert "rivers" in (folder / "SOURCES.md").read_text()


def test_a_study_that_is_there_is_never_written_over(tmp_path):
    save_new_study("rivers", tmp_path)
    with pytest.raises(StudyError, match="there already; choose another name"):
        save_new_study("rivers", tmp_path)


@pytest.mark.parametrize("name", ["two words", "", "../elsewhere", "1st"])
def test_a_name_is_letters_digits_and_underscores(tmp_path, name):
    with pytest.raises(StudyError, match="use letters, digits and _"):
        save_new_study(name, tmp_path)
