"""What the package knows of a language: reporting words, closed classes, places.

The words themselves are data, one folder of TOML files per language beside this module.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.errors import check_choice
from analysis.language.inflection import plural_form, verb_forms

# The language whose lexicon has every closed class.
FULLEST = "en"
# A language that we do not know.
UNKNOWN = "und"


@dataclass(frozen=True)
class Cue:
    """A reporting word: what kind of word it is, what it does and what it may take."""

    lemma: str
    kind: str
    cue_class: str
    takes: frozenset[str]


@dataclass(frozen=True)
class CueForm:
    """One form of a cue; `rest` are the words that must follow it, as in *point out*."""

    cue: Cue
    form: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A country under the name that a text gives it, and how the text names it.

    `by` is ``name``, ``people`` (an adjective or a people) or ``seat`` (a capital, a palace).
    """

    country: str
    by: str


@dataclass(frozen=True)
class Language:
    """The lexicon of one language.

    Attributes
    ----------
    grammar
        Which patterns read it: ``clauses`` (English), ``spaced`` or ``particles`` (a few
        patterns, in `analysis.corpus.quotation_frames`), ``marks`` (quotation marks alone).
    words
        Closed classes by name (``auxiliaries``, ``months``, ...), in lower case, as listed. A
        class that only English has is empty elsewhere.
    cues
        First word of a cue, in lower case -> its readings, longest first.
    places
        Name in lower case -> place.
    role_synonyms
        What the press calls an office -> the office.
    role_kinds
        A word for several offices -> those offices.
    """

    code: str
    grammar: str
    words: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[CueForm, ...]]
    places: Mapping[str, Place]
    role_synonyms: Mapping[str, str]
    role_kinds: Mapping[str, tuple[str, ...]]
    sets: Mapping[str, frozenset[str]]


def load_language(code: str) -> Language:
    """Return the lexicon of a language, read once.

    Raises
    ------
    ValueError
        If there is none for `code`; the message lists those there are.
    """
    return _load(check_choice(code, known_languages(), "language"))


def known_languages() -> list[str]:
    """Return the codes of the languages that have a lexicon, and ``und`` for all others.

    Of a text in ``und`` (undetermined) only the quotation marks are read.
    """
    return list(_folders())


@cache
def _folders() -> tuple[str, ...]:
    folders = files("analysis.language").iterdir()
    return tuple(sorted(folder.name for folder in folders if (folder / "cues.toml").is_file()))


def _has(code: str, name: str) -> bool:
    return (files("analysis.language") / code / f"{name}.toml").is_file()


@cache
def _load(code: str) -> Language:
    raw = _read(code, "words")
    classes = [key for key, value in _read(FULLEST, "words").items() if isinstance(value, list)]
    lists = dict.fromkeys(classes, ())
    lists |= {key: tuple(value) for key, value in raw.items() if isinstance(value, list)}
    return Language(
        code=code,
        grammar=raw["grammar"],
        words=lists,
        cues=_cue_forms(_read(code, "cues")),
        places=_places(_read(code, "places") if _has(code, "places") else {}),
        role_synonyms=raw.get("role_synonyms", {}),
        role_kinds={kind: tuple(roles) for kind, roles in raw.get("role_kinds", {}).items()},
        sets={key: frozenset(value) for key, value in lists.items()},
    )


def _read(code: str, name: str) -> dict[str, Any]:
    path = files("analysis.language") / code / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _cue_forms(raw: Mapping[str, Any]) -> dict[str, tuple[CueForm, ...]]:
    """Inflect every cue, or take its forms as listed, and index them by their first word."""
    merged: dict[tuple[str, str], Cue] = {}
    by_first: dict[str, dict[CueForm, None]] = {}
    for kind in ("verb", "noun", "preposition"):
        for entry in raw.get(kind, []):
            if "forms" in entry:
                for first, cue_form in _listed_forms(kind, entry):
                    by_first.setdefault(first, {})[cue_form] = None
            else:
                _merge(merged, kind, entry)
    for cue in merged.values():
        for form in _forms_of(cue, raw.get("irregular", {})):
            for first, cue_form in form:
                by_first.setdefault(first, {})[cue_form] = None
    return {
        first: tuple(sorted(forms, key=lambda form: -len(form.rest)))
        for first, forms in by_first.items()
    }


def _merge(merged: dict[tuple[str, str], Cue], kind: str, entry: Mapping[str, Any]) -> None:
    """Add an entry's words; a word listed twice keeps its first class and takes both ways."""
    for lemma in entry["words"]:
        takes = frozenset(entry.get("takes", []))
        before = merged.get((kind, lemma))
        cue_class = before.cue_class if before else entry["class"]
        merged[kind, lemma] = Cue(
            lemma, kind, cue_class, takes | (before.takes if before else frozenset())
        )


def _listed_forms(kind: str, entry: Mapping[str, Any]) -> Iterable[tuple[str, CueForm]]:
    """Yield the forms that an entry lists: finite ones, the participle, a particle apart."""
    takes = frozenset(entry.get("takes", []))
    for lemma, (finite, *more) in entry["forms"].items():
        cue = Cue(lemma, kind, entry["class"], takes)
        participle, particle = (*more, "", "")[:2]
        for form in finite.split():
            yield form, CueForm(cue, "past", (particle,) if particle else ())
        if participle:
            yield participle, CueForm(cue, "participle")


def _forms_of(cue: Cue, irregular: Mapping[str, list[str]]) -> Iterable[list[tuple[str, CueForm]]]:
    head, *rest = cue.lemma.split()
    if cue.kind == "preposition":
        yield [(head, CueForm(cue, "base", tuple(rest)))]
    elif cue.kind == "noun":
        forms = {"base": head, "plural": plural_form(head)}
        yield [(word, CueForm(cue, form, tuple(rest))) for form, word in forms.items()]
    else:
        forms = verb_forms(head)._asdict()
        if head in irregular:
            names = ("third", "past", "participle", "gerund")
            forms |= dict(zip(names, irregular[head], strict=True))
        if forms["past"] == forms["participle"]:
            del forms["participle"]
        yield [(word, CueForm(cue, form, tuple(rest))) for form, word in forms.items()]


def _places(raw: Mapping[str, Any]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    kinds = {"names": "name", "people": "people", "seats": "seat"}
    for country in raw:
        places[country.lower()] = Place(country, "name")
    for country, entry in raw.items():
        for key, by in kinds.items():
            for name in entry.get(key, []):
                places.setdefault(name.lower(), Place(country, by))
    return places
