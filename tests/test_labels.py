"""Who speaks in a transcript or speech, beside the text that says so."""

import pytest
from bulletin import CODEBOOK, documents_of

from analysis.corpus.statements import extract_statements
from analysis.tables import DOCUMENTS, build_table

TALK = """{heading}

Question: Will you sign?

{label}: Yes, we will. Ida Holm said on Monday that she would too."""


def rows(text, codebook=None, **columns):
    row = documents_of(text, published_on="2019-02-22").to_dict("records")[0]
    documents = build_table([{**row, **columns}], DOCUMENTS)
    table = extract_statements(documents, codebook=codebook)
    wanted = table[["pattern", "speaker", "speaker_method", "actor", "said_on", "reported_by"]]
    wanted = wanted.assign(said_on=wanted["said_on"].dt.strftime("%Y-%m-%d")).astype(object)
    return [tuple(row) for row in wanted.where(wanted.notna(), None).itertuples(index=False)]


HEADING = "Talk with Norwegian Foreign Minister Anna Keller, Oslo, 21 February 2019"


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("Answer", ("Anna Keller", "title", "Norway")),
        ("A", ("Anna Keller", "title", "Norway")),
        ("Anna Keller", ("Anna Keller", "named", "Norway")),
        ("A. KELLER", ("Anna Keller", "surname", "Norway")),
        ("KELLER", ("Anna Keller", "surname", "Norway")),
        ("A. (Keller)", ("Anna Keller", "surname", "Norway")),
        ("O. KELLER", ("O. Keller", "label", None)),
        ("BERG", ("BERG", "label", None)),
        ("Moderator", (None, "unresolved", None)),
    ],
)
def test_a_label_is_resolved_by_the_heading_and_the_text(label, speaker):
    question, answer, quoted = rows(TALK.format(heading=HEADING, label=label))
    assert question == ("turn", None, "unresolved", None, "2019-02-21", None)
    assert answer == ("turn", *speaker, "2019-02-21", None)
    assert quoted[:3] == ("cue_that", "Ida Holm", "named")
    assert quoted[4:] == ("2019-02-18", speaker[0] or label)


def test_an_answer_is_nobodys_where_the_heading_names_two():
    text = TALK.format(heading="Anna Keller and Ida Holm meet the press", label="Answer")
    assert rows(text)[1][1:3] == (None, "unresolved")


def test_a_title_in_capitals_names_who_is_written_out_below():
    text = "TALK WITH ANNA KELLER\n\nAnna Keller came to the Harbour Herald.\n\nQ: Why?\n\nA: So."
    assert rows(text)[1][1:3] == ("Anna Keller", "title")


def test_a_label_is_the_codebooks_person():
    assert rows(TALK.format(heading="Talk", label="KELLER"), CODEBOOK)[1][1:4] == (
        *("Anna Keller", "surname", "North"),
    )


SPEECH = "We meet in hard times, and we want peace."


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        (
            "Statement by Anna Keller, Foreign Minister of Norway",
            ("Anna Keller", "title", "Norway"),
        ),
        ("Speech by Anna Keller", ("Anna Keller", "title", None)),
        ("On peace", (None, "unresolved", None)),
        (None, (None, "unresolved", None)),
    ],
)
def test_a_speech_belongs_to_whom_its_title_names(title, speaker):
    assert rows(SPEECH, title=title, kind="speech") == [("speech", *speaker, None, None)]


def test_the_first_line_of_the_text_names_the_speaker_and_the_day():
    text = f"Statement by Anna Keller, Foreign Minister of Norway\n\nOslo, 3 May 2018\n\n{SPEECH}"
    assert rows(text) == [("speech", "Anna Keller", "named", "Norway", "2018-05-03", None)]
    assert rows(text, CODEBOOK)[0][3] == "North"


def test_an_old_speech_is_no_background():
    table = extract_statements(documents_of(f"Speech by Anna Keller, 3 May 2018\n\n{SPEECH}"))
    assert list(table["layer"]) == ["news"]
