"""By which version of a codebook codes were given."""

from coded import codes

from analysis.versions import join_notes, note_versions


def test_codes_of_two_versions_are_named_and_unknown_versions_are_passed_over():
    made = codes(ada=["present", "absent", "present"], ben=["present", "absent", "absent"])
    assert note_versions(made) == {}
    given = made.assign(codebook_version=["3", "3", None, "4", "4", "4"])
    assert note_versions(given) == {"toll": "codebook versions 3 and 4 mixed"}
    assert note_versions(given[given["coder"] == "ada"]) == {}


def test_notes_are_joined():
    assert join_notes("few", None, "", float("nan"), "old") == "few; old"
    assert join_notes("", None) is None
