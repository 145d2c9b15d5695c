import pytest
from test_speeches import SPEECH
from test_transcripts import INTERVIEW

from analysis.corpus.attribution import read_text
from analysis.corpus.kinds import recognise_kind

NEWS = "Talks will go on, Anna Keller said on Monday. She denied that they would end.\n\nIt rained."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NEWS, "news"),
        (INTERVIEW, "transcript"),
        ("KELLER: We have made progress.\nHADDAD: Not enough.", "transcript"),
        (SPEECH, "speech"),
        ("", "news"),
        ("Count of votes\n\nAnna Keller: 1,204.\n\nIda Holm: 311.\n\nAnna Keller: 40.", "news"),
        # One label alone, or a talk at the end of a long report, makes no transcript.
        (f"{NEWS}\n\nKELLER: We agree.", "news"),
        ("\n\n".join([NEWS] * 10 + ["Q: Why?", "A: So."]), "news"),
        # Reported about, not spoken.
        (
            "Speech by Anna Keller\n\nShe spoke of peace. The minister left. It rained all day.",
            "news",
        ),
    ],
)
def test_a_kind_is_recognised_by_labels_and_first_lines(text, kind):
    assert recognise_kind(text) == kind


def test_the_documents_own_kind_goes_first():
    assert read_text(INTERVIEW, "en", "news").kind == "news"
    assert read_text("We meet. We part.", "en", "speech").kind == "speech"
    assert read_text(INTERVIEW, "en", "chronicle").kind == "transcript"


def test_a_speech_of_nobody_known_has_no_source():
    found = read_text("We meet in hard times.", "en", "speech").attributions
    assert [(a.pattern, a.source) for a in found] == [("speech", ())]
