"""Speech at second hand: *Keller was quoted by the Herald as saying*, *the Herald quoted Keller*.

Who is quoted is the source, and who quotes passes it on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.corpus.grammar import Sentence, Span
from analysis.corpus.nouns import subject_before
from analysis.corpus.spans import Attribution

LOOK_BACK = 160
QUOTING = frozenset({"quote", "cite"})
_NAME = r"(?P<who>[^,;:“”\"\n]{2,80}?)"
_ACTIVE = re.compile(rf"\b(?:quot|cit)(?:ed|es|ing) (?!by )(?!on \w+ by ){_NAME} as $")
_BY = re.compile(rf"\bquoted (?:on \w+ )?by {_NAME} as\b")
_SAYING_BY = re.compile(rf"\bas saying (?:on \w+ )?by {_NAME}(?=[,.;]|\s(?:on|in|at|that)\b|$)")
_QUOTED = re.compile(
    r"\b(?:was|were|is|are|been) (?:\w+ly )?(?P<cue>quoted) (?:[^,;“”\"]{2,60} )?as saying"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to " + _NAME + r"(?=[,.;]|$)")


def relay(sentence: Sentence, found: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions of a sentence with those whom others quote as their sources."""
    start = sentence.start
    if "uoted" not in sentence.text[start : sentence.end] and not any(
        a.lemma in QUOTING for a in found
    ):
        return list(found)
    relayed = [_from_quoted(sentence, a) for a in found]
    taken = [a.cue[0] for a, b in zip(relayed, found, strict=True) if a is not b]
    kept = [a for a in relayed if not (a.lemma in QUOTING and _holds(a, taken))]
    return kept or _quoted_alone(sentence)


def reporter_in(sentence: str) -> str | None:
    """Return who passes a statement on by the words of its sentence, its content left out.

    >>> reporter_in("Keller was quoted by the Herald as saying .")
    'the Herald'
    """
    for pattern in (_BY, _SAYING_BY, _ACCORDING):
        found = pattern.search(sentence)
        if found is not None:
            return found["who"].strip()
    return None


def _from_quoted(sentence: Sentence, found: Attribution) -> Attribution:
    """Give *saying* behind *quoted Keller as* its source, and who quotes as the reporter."""
    cue = found.cue[0] if found.cue else None
    if cue is None or sentence.text[slice(*cue)] not in ("saying", "telling", "adding"):
        return found
    start = max(sentence.start, cue.start - LOOK_BACK)
    active = _ACTIVE.search(sentence.text[start : cue.start])
    if active is None:
        return found
    who = Span(start + active.start("who"), start + active.end("who"))
    reporter = tuple(span for span in found.source if span != who)
    return replace(found, source=(who,), reported_by=reporter, nested=False)


def _holds(found: Attribution, cues: Sequence[Span]) -> bool:
    return any(s.start <= cue.start < s.end for s in found.content for cue in cues)


def _quoted_alone(sentence: Sentence) -> list[Attribution]:
    """Read a quotation in front of *Keller was quoted as saying*."""
    match = _QUOTED.search(sentence.text, sentence.start, sentence.end)
    first = sentence.tokens[0] if sentence.tokens else None
    if match is None or first is None or first.kind != "q":
        return []
    helper = next((k for k, t in enumerate(sentence.tokens) if t.start >= match.start()), 0)
    subject = subject_before(sentence, helper)
    if subject is None:
        return []
    return [
        Attribution(
            source=(sentence.span(*subject),),
            cue=(Span(*match.span("cue")),),
            content=(Span(first.start, first.end),),
            pattern="quote_cue",
            around=Span(sentence.start, sentence.end),
            cue_class="neutral",
            lemma="quote",
        )
    ]
