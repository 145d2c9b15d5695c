"""Each sentence stands beside the row that it is expected to give."""

import pytest
from bulletin import found_in
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.attribution import read_text

FRENCH = [
    (
        "« Nous restons ouverts au dialogue », a déclaré le ministre de la mer vendredi.",
        (
            "le ministre de la mer",
            "a déclaré",
            "« Nous restons ouverts au dialogue »",
        ),
    ),
    (
        "Le ministre a déclaré : « Nous restons ouverts au dialogue. »",
        ("Le ministre", "a déclaré", "« Nous restons ouverts au dialogue. »"),
    ),
    (
        "« Nous restons », a-t-il ajouté, « mais pas longtemps. »",
        ("il", "ajouté", "« Nous restons » … « mais pas longtemps. »"),
    ),
    (
        "« Rien n'est signé dans cette affaire », répond-elle.",
        ("elle", "répond", "« Rien n'est signé dans cette affaire »"),
    ),
    (
        "Vendredi, la porte-parole a indiqué que le texte était prêt.",
        ("la porte-parole", "a indiqué", "que le texte était prêt"),
    ),
    (
        "Le ministre, Jean Keller, a affirmé que les pourparlers continuent.",
        ("Le ministre, Jean Keller", "a affirmé", "que les pourparlers continuent"),
    ),
    (
        "Les négociations continuent dans le calme, a assuré la présidente.",
        ("la présidente", "a assuré", "Les négociations continuent dans le calme"),
    ),
    (
        "Selon le ministre, les négociations continuent.",
        ("le ministre", "Selon", "les négociations continuent"),
    ),
    (
        "Les négociations continuent, selon une source proche du dossier.",
        ("une source proche du dossier", "selon", "Les négociations continuent"),
    ),
]
GERMAN = [
    (
        "„Wir verhandeln weiter“, sagte Außenministerin Anna Keller am Freitag.",
        ("Außenministerin Anna Keller", "sagte", "„Wir verhandeln weiter“"),
    ),
    (
        "„Wir verhandeln weiter“, sagte Keller der Zeitung.",
        ("Keller", "sagte", "„Wir verhandeln weiter“"),
    ),
    (
        "„Wir verhandeln weiter“, fügte der Sprecher des Ministeriums hinzu.",
        ("der Sprecher des Ministeriums", "fügte", "„Wir verhandeln weiter“"),
    ),
    (
        "„Wir verhandeln weiter“, so die Ministerin, „aber nicht lange.“",
        ("die Ministerin", "so", "„Wir verhandeln weiter“ … „aber nicht lange.“"),
    ),
    (
        "»Wir verhandeln weiter«, hat die Ministerin erklärt.",
        ("die Ministerin", "erklärt", "»Wir verhandeln weiter«"),
    ),
    (
        "Am Freitag sagte die Ministerin: „Wir verhandeln weiter.“",
        ("die Ministerin", "sagte", "„Wir verhandeln weiter.“"),
    ),
    (
        "Die Ministerin teilte mit, dass die Verhandlungen weitergehen.",
        ("Die Ministerin", "teilte", "dass die Verhandlungen weitergehen"),
    ),
    (
        "Die Ministerin sagte, man verhandle weiter und sei bereit.",
        ("Die Ministerin", "sagte", "man verhandle weiter und sei bereit"),
    ),
    (
        "Die Gespräche gehen weiter, sagte ein Sprecher.",
        ("ein Sprecher", "sagte", "Die Gespräche gehen weiter"),
    ),
    (
        "Laut dem Ministerium gehen die Verhandlungen weiter.",
        ("dem Ministerium", "Laut", "gehen die Verhandlungen weiter"),
    ),
    (
        "Der Ministerin zufolge gehen die Gespräche weiter.",
        ("Der Ministerin", "zufolge", "gehen die Gespräche weiter"),
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "row"),
    [("fr", *case) for case in FRENCH] + [("de", *case) for case in GERMAN],
)
def test_a_sentence_gives_its_row(language, text, row):
    ((source, cue, content, _),) = found_in(text, language)
    assert tuple(" … ".join(parts) for parts in (source, cue, content)) == row


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le film « La Grande Illusion » est sorti hier."),
        ("fr", "La ministre est arrivée et les pourparlers commencent."),
        ("de", "Das Buch „Der Zauberberg“ erschien im Jahr 1924."),
        ("de", "Die Ministerin kam, und die Gespräche begannen."),
        ("de", "Er gab dem Sprecher die Hand."),
    ],
)
def test_where_nobody_reports_nothing_is_found(language, text):
    assert found_in(text, language) == []


def test_a_denied_report_is_negated():
    for language, text in (
        ("fr", "La ministre n'a pas dit que le traité était mort."),
        ("de", "Die Ministerin hat nicht gesagt, dass der Vertrag tot ist."),
    ):
        (found,) = read_text(text, language).attributions
        assert found.negated


def test_a_quotation_alone_goes_on_from_the_one_before():
    text = "« Tout est prêt ici », dit-il. « Rien n'est signé ce soir. »"
    ((source, _, content, _),) = found_in(text, "fr")
    assert (source, content) == (["il"], ["« Tout est prêt ici »", "« Rien n'est signé ce soir. »"])


def test_of_an_unknown_language_the_quotations_are_read_alone():
    text = "Министр сказал: «Мы продолжим переговоры с соседями». Вышел фильм «Волга»."
    assert found_in(text) == [
        ([], [], ["«Мы продолжим переговоры с соседями»"], "floating"),
    ]
    assert read_text(text).warnings == (
        "no reporting words of this language: quotation marks alone",
    )


PIECES = [
    *(
        "« ",
        " »",
        "„",
        "“",
        "»",
        "«",
        "”",
        '"',
        ", ",
        ". ",
        ": ",
        "\n\n",
        "sagte ",
        "mit ",
        "dit-il ",
    ),
    *(
        "a déclaré ",
        "a-t-il ",
        "hat ",
        "erklärt ",
        "que ",
        "dass ",
        "so ",
        "der ",
        "le ",
        "Keller ",
    ),
    *("selon ", "zufolge ", "laut ", "nach Angaben ", "sei ", "und ", "Am Freitag ", "l'envoyé "),
]


@settings(max_examples=150)
@given(st.sampled_from(["fr", "de", "und"]), st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_row_of_words_is_read_with_every_span_inside_it(language, pieces):
    text = "".join(pieces)
    for found in read_text(text, language).attributions:
        for start, end in (*found.source, *found.cue, *found.content):
            assert 0 <= start < end <= len(text)


def test_a_long_text_takes_linear_time():
    text = "„Wir verhandeln weiter“, sagte Keller der Zeitung und fügte nichts hinzu, " * 2000
    assert len(read_text(text, "de").attributions) > 1000
