"""Attributions in Japanese: a quotation, the particle *to*, a reporting verb.

The source is what the topic or subject particle closes before the quotation, or before the
verb. Who speaks must be named in the sentence. Nobody has measured how often what is found
holds: the confidence is `UNMEASURED`.
"""

from __future__ import annotations

import re
from functools import cache

from analysis.corpus.frame_words import UNMEASURED
from analysis.corpus.grammar import Sentence, Span
from analysis.corpus.spans import Attribution
from analysis.language.lexicon import Cue, Language, load_language

LONGEST_SOURCE = 40
# Between the particle and its verb: "to Tuesday's press conference", but no other clause.
LONGEST_GAP = 30
FEWEST_SIGNS = 4
_VIEW = "の(?:考え|見方|見解|認識|意向|方針|立場)を"
_TO = re.compile(rf"(?:など|等)?と(?:{_VIEW}|して)?")
_TO_VERB = re.compile(rf"と(?:{_VIEW})?$")
_TOPIC = re.compile(r"(?:は|が|も)、?")
_BREAK = re.compile(r"[。！？；;、]")
_PLACE_OR_DAY = re.compile(r"(?:で|に|には|では|日|朝|夜|後)$")


def particle_attributions(sentence: Sentence) -> list[Attribution]:
    """Return the attributions of a sentence in a language of grammar ``particles``."""
    found: list[Attribution] = []
    source: Span | None = None
    at = sentence.start
    for token in sentence.tokens:
        if token.kind != "q":
            continue
        source = _topic(sentence.text, at, token.start) or source
        new = _behind_quotation(sentence, token.start, token.end, source)
        at = token.end
        if new is not None:
            found.append(new)
            source, at = new.source[0], max(at, new.cue[0].end)
    if not found:
        found += _according_to(sentence) or _without_marks(sentence)
    return found


def _behind_quotation(
    sentence: Sentence, start: int, end: int, source: Span | None
) -> Attribution | None:
    """Read *gaishō wa “…” to nobeta* and *“…” to gaishō wa nobeta*."""
    particle = _TO.match(sentence.text, end, sentence.end)
    if particle is None:
        return None
    verb = _first_verb(sentence, particle.end())
    if verb is None:
        return None
    cue, where = verb
    between = _topic(sentence.text, particle.end(), where.start)
    speaker = between or source
    if speaker is None:
        return None
    pattern = "quote_cue" if between else "cue_quote"
    return _made(sentence, cue, speaker, where, Span(start, end), pattern)


def _first_verb(sentence: Sentence, start: int) -> tuple[Cue, Span] | None:
    """Return the first reporting verb behind *to*, with no other quotation before it."""
    stop = min(sentence.end, start + LONGEST_GAP)
    quotes = [t.start for t in sentence.tokens if t.kind == "q" and start <= t.start < stop]
    match = _verbs(sentence.language.code).search(sentence.text, start, min([*quotes, stop]))
    if match is None or "。" in sentence.text[start : match.start()]:
        return None
    word = match.group()
    form = _form(sentence.language, word)
    return form, Span(match.start(), match.start() + len(word.rstrip("、")))


def _form(language: Language, word: str) -> Cue:
    return language.cues[word][0].cue


def _topic(text: str, start: int, end: int) -> Span | None:
    """Return what the first topic or subject particle closes: the source."""
    match = _TOPIC.search(text, start, end)
    while match is not None:
        begin = start
        for sign in _BREAK.finditer(text, start, match.start()):
            begin = sign.end()
        source = text[begin : match.start()]
        inner = source.strip()
        if 0 < len(inner) <= LONGEST_SOURCE and not _PLACE_OR_DAY.search(inner):
            lead = begin + source.index(inner)
            return Span(lead, lead + len(inner))
        match = _TOPIC.search(text, match.end(), end)
    return None


def _without_marks(sentence: Sentence) -> list[Attribution]:
    """Read *gaishō wa taiwa o tsuzukeru to nobeta*, where the verb ends the sentence."""
    text, end = sentence.text, sentence.end
    source = _topic(text, sentence.start, end)
    if source is None:
        return []
    topic = _TOPIC.match(text, source.end, end)
    for match in _verbs(sentence.language.code).finditer(text, source.end, end):
        closes = text[match.end() : end].strip("。．. ") == "" or match.group().endswith("、")
        particle = re.search(
            r"と(?:の(?:考え|見方|見解|認識|意向|方針|立場)を)?$", text[source.end : match.start()]
        )
        start = topic.end() if topic else source.end
        stop = source.end + particle.start() if particle else start
        if closes and stop - start >= FEWEST_SIGNS:
            where = Span(match.start(), match.start() + len(match.group().rstrip("、")))
            cue = _form(sentence.language, match.group())
            return [_made(sentence, cue, source, where, Span(start, stop), "cue_clause")]
    return []


def _according_to(sentence: Sentence) -> list[Attribution]:
    """Read *gaimushō ni yoru to, …*."""
    for word, forms in sentence.language.cues.items():
        if forms[0].cue.kind != "preposition":
            continue
        at = sentence.text.find(word, sentence.start, sentence.end)
        if at <= sentence.start or at - sentence.start > LONGEST_SOURCE:
            continue
        rest = sentence.text[at + len(word) : sentence.end]
        start = at + len(word) + (len(rest) - len(rest.lstrip("、, ")))
        stop = sentence.start + len(sentence.text[sentence.start : sentence.end].rstrip("。．. "))
        if stop - start >= FEWEST_SIGNS:
            where, source = Span(at, at + len(word)), Span(sentence.start, at)
            return [_made(sentence, forms[0].cue, source, where, Span(start, stop), "according_to")]
    return []


@cache
def _verbs(code: str) -> re.Pattern[str]:
    cues = load_language(code).cues
    words = [word for word, forms in cues.items() if forms[0].cue.kind == "verb"]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def _made(
    sentence: Sentence, cue: Cue, source: Span, where: Span, content: Span, pattern: str
) -> Attribution:
    return Attribution(
        source=(source,),
        cue=(where,),
        content=(content,),
        pattern=pattern,
        around=Span(sentence.start, sentence.end),
        cue_class=cue.cue_class,
        lemma=cue.lemma,
        probability=UNMEASURED,
    )
