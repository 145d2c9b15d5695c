"""An invented bulletin, and small makers of documents and readings for the corpus's tests."""

import pandas as pd

from analysis.codebook import Actor, Codebook, Person, Role
from analysis.corpus.attribution import read_text
from analysis.corpus.grammar import Sentence, read_sentence
from analysis.corpus.quotes import find_quotes
from analysis.language.lexicon import load_language
from analysis.tables import DOCUMENTS, build_table

ENGLISH = load_language("en")
BULLETIN = """

---

**NORWAY TO SIGN HARBOUR PACT ONLY WITH [ ] NEIGHBOURS' CLAUSE**

-

22.02.2019

---

Invented Wire (22 February 2019)

Norway is ready to sign the harbour pact, Norwegian Foreign Minister Anna Keller said on Thursday.

"We want calm waters," Norways top diplomat said. "As of now, we see no answer."

In November 2018, Norwegian President Olaf Berg and Danish Prime Minister Ida Holm met in Oslo and \
agreed that the talks would go on.

In November 2018, Norwegian President Olaf Berg and Danish Prime Minister Ida Holm met in Oslo and \
agreed that the talks would go on.

<http://wire.example/1>

---

Kaynak/Source:
"""
CODEBOOK = Codebook(
    version="1",
    actors={
        "North": Actor(
            name="North",
            aliases=("Norway", "Oslo"),
            people=(
                Person(
                    name="Anna Keller",
                    aliases=("Keller",),
                    roles=(Role(title="Foreign Minister"), Role(title="Envoy")),
                ),
            ),
        ),
        "South": Actor(name="South", aliases=("Denmark",)),
    },
)


def documents_of(*texts: str, published_on: str | None = "2019-02-22") -> pd.DataFrame:
    """Return texts as a documents table, published on one day."""
    day = None if published_on is None else pd.Timestamp(published_on)
    rows = [
        {"doc_id": f"d{n}", "text": text, "published_on": day, "language": "en"}
        for n, text in enumerate(texts, start=1)
    ]
    return build_table(rows, DOCUMENTS)


def sentence_of(text: str) -> Sentence:
    """Return a text as one sentence."""
    quotes, _ = find_quotes(text, [(0, len(text))])
    return read_sentence(text, 0, len(text), quotes, ENGLISH)


def found_in(
    text: str, language: str | None = None, kind: str | None = None
) -> list[tuple[list[str], list[str], list[str], str]]:
    """Return source, cue and content as words, and the pattern, of each attribution."""
    reading = read_text(text, language, kind)
    view = reading.view

    def words(spans):
        return [text[slice(*view.original_span(*span))] for span in spans]

    return [
        (words(a.source), words(a.cue), words(a.content), a.pattern) for a in reading.attributions
    ]
