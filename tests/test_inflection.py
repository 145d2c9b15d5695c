import pytest

from analysis.language.inflection import plural_form, verb_forms


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("warn", "warns warned warned warning"),
        ("agree", "agrees agreed agreed agreeing"),
        ("declare", "declares declared declared declaring"),
        ("deny", "denies denied denied denying"),
        ("convey", "conveys conveyed conveyed conveying"),
        ("admit", "admits admitted admitted admitting"),
        ("express", "expresses expressed expressed expressing"),
    ],
)
def test_verbs_follow_the_rules(base, forms):
    assert verb_forms(base)[1:] == tuple(forms.split())


def test_nouns_follow_the_rules():
    assert [plural_form(noun) for noun in ("claim", "speech", "reply", "day")] == [
        *("claims", "speeches", "replies", "days")
    ]
