"""Texts read by the rules alone, or by the trained tagger and the rules together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.corpus.agreement import ALONE
from analysis.corpus.attribution import Reading, read_text
from analysis.corpus.tagged import join_links
from analysis.corpus.tagger.linking import tag_texts
from analysis.corpus.tagger.model import LANGUAGE, Tagger, default_tagger
from analysis.errors import check_choice
from analysis.language.lexicon import load_language

# "crf": the trained tagger, with the rules for what it was not trained on; "rules": these alone.
TAGGERS = ("crf", "rules")
# Texts that are tagged at once: more are no faster, and need more memory.
TOGETHER = 64
# The last texts tagged are kept, so that statements and their spans are read once.
KEPT = 256

Known = tuple[str, str | None, str | None]
_last_read: dict[Known, Reading] = {}


def read_texts(
    texts: Sequence[str],
    languages: Sequence[str | None],
    *,
    kinds: Sequence[str | None] | None = None,
    tagger: str = "crf",
) -> Iterator[Reading]:
    """Find the attributions of texts, each in its language; readings come in their order.

    A language or kind that is None is recognised, as `read_text` says.

    The trained tagger is used where its weights are there and the text is what it was trained
    on, news in the language of its training; the rules read everything else.

    Raises
    ------
    ValueError
        If `tagger` is none of ``crf`` and ``rules``, or a language has no lexicon.
    """
    check_choice(tagger, TAGGERS, "tagger")
    kinds = kinds or [None] * len(texts)
    for first in range(0, len(texts), TOGETHER):
        chosen = slice(first, first + TOGETHER)
        yield from _read(texts[chosen], languages[chosen], kinds[chosen], tagger)


def _read(
    texts: Sequence[str],
    languages: Sequence[str | None],
    kinds: Sequence[str | None],
    tagger: str,
) -> list[Reading]:
    known = list(zip(texts, languages, kinds, strict=True))
    model = default_tagger() if tagger == "crf" else None
    if model is None:
        return [read_text(*one) for one in known]
    new = [one for one in dict.fromkeys(known) if one not in _last_read]
    found = {one: _last_read[one] for one in known if one in _last_read}
    found |= dict(zip(new, _tag(new, model), strict=True))
    _keep(found)
    return [found[one] for one in known]


def _tag(known: Sequence[Known], model: Tagger) -> list[Reading]:
    """Read texts by the rules, then join what the tagger finds in those it was trained for."""
    readings = [read_text(*one) for one in known]
    language = load_language(LANGUAGE)
    tagged = [n for n, r in enumerate(readings) if (r.language, r.kind) == (LANGUAGE, "news")]
    links = tag_texts([readings[n].view.text for n in tagged], model)
    weights = model.weights.get("agreement", ALONE)
    for n, found in zip(tagged, links, strict=True):
        readings[n] = join_links(readings[n], found, language, weights)
    return readings


def _keep(found: Mapping[Known, Reading]) -> None:
    _last_read.update(found)
    for one in list(_last_read)[: max(0, len(_last_read) - KEPT)]:
        del _last_read[one]
