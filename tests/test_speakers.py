import pytest
from bulletin import CODEBOOK, documents_of

from analysis.corpus.speakers import METHODS
from analysis.corpus.statements import extract_statements


def speakers(text, codebook=CODEBOOK):
    table = extract_statements(documents_of(text), codebook=codebook)
    rows = table[["speaker", "actor", "speaker_method"]].astype(object)
    return [tuple(row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


KELLER = "Norwegian Foreign Minister Anna Keller arrived. "


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Anna Keller said that it rains.", ("Anna Keller", "North", "named")),
        ("Keller said that it rains.", ("Anna Keller", "North", "surname")),
        (KELLER + "She said that it rains.", ("Anna Keller", "North", "pronoun")),
        (KELLER + "The minister said that it rains.", ("Anna Keller", "North", "role")),
        (KELLER + "Norways top diplomat said that it rains.", ("Anna Keller", "North", "role")),
        ("The Norwegian foreign minister said it rained.", ("Anna Keller", "North", "office")),
        ("Anna Keller, who said that it rains, left.", ("Anna Keller", "North", "relative")),
        ("Oslo said that it rains.", (None, "North", "metonym")),
        ("The Danish government said it rained.", ("Danish government", "South", "institution")),
        ("Swedish diplomats said that it rains.", (None, "Sweden", "unresolved")),
        ("Two diplomats said that it rains.", (None, None, "unresolved")),
        (
            "Keller and Danish Prime Minister Ida Holm said it rained.",
            ("Anna Keller; Ida Holm", "North; South", "joint"),
        ),
        (
            "The cabinet of Denmark said on Monday it rained.",
            ("cabinet of Denmark", "South", "institution"),
        ),
        (
            "A memorandum of the Danish government dated May 3, 1960, said it rained.",
            (None, "South", "document"),
        ),
        (
            "Olaf Berg said that it rains. At the talks with Ida Holm he said that it pours.",
            ("Olaf Berg", None, "pronoun"),
        ),
        ("The Danish memorandum said that it rains.", (None, "South", "document")),
        ("It was reported that it rains.", (None, None, "unresolved")),
        ("The envoy, Anna Keller, said that it rains.", ("Anna Keller", "North", "named")),
        ("[Foreign Minister] Keller said that it rains.", ("Anna Keller", "North", "surname")),
        ("Foreign Minister [Anna] Keller said it rained.", ("Anna Keller", "North", "named")),
        ("Norway and Denmark said that it rains.", (None, "North; South", "joint")),
    ],
)
def test_a_source_is_resolved(text, last):
    assert speakers(text)[-1] == last
    assert last[2] in METHODS


def test_a_minister_of_the_other_side_is_not_meant():
    assert speakers(KELLER + "The Danish minister said that it rains.") == [
        (None, "South", "unresolved")
    ]


def test_a_role_is_who_spoke_last_of_those_who_fit():
    text = (
        "Norwegian Finance Minister Olaf Berg said that it rains. "
        "Danish Trade Minister Ida Holm said that it pours. The minister said that she was cold."
    )
    assert speakers(text, None)[-1] == ("Ida Holm", "Denmark", "role")


def test_a_ministry_is_the_last_one_named():
    text = "Norway's Harbour Ministry was slow. The ministry said that it rains."
    assert speakers(text) == [("Norwegian Harbour Ministry", "North", "institution")]


def test_without_a_codebook_the_text_alone_decides():
    text = KELLER + "Keller said that it rains. Moscow said that it pours."
    assert speakers(text, None) == [
        ("Anna Keller", "Norway", "surname"),
        (None, "Russia", "metonym"),
    ]
