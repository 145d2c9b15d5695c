"""Where the content of a reporting word begins and ends."""

from __future__ import annotations

from typing import NamedTuple

from analysis.corpus.cues import CueGroup
from analysis.corpus.grammar import Sentence
from analysis.corpus.nouns import SUBJECT_PRONOUNS, TIME_UNITS, TIME_WORDS, VENUES
from analysis.corpus.spans import Attribution, Spans

FINAL = frozenset({".", ",", ":", ";", "?", "!", "…", "...", "—", "–", "--"})
HEARERS = frozenset(
    {"reporters", "journalists", "lawmakers", "me", "him", "us", "them", "her", "you", "it"}
)
OPENINGS = frozenset({":", "—", "–", "--", "-", "("})
REACH = 14
ADDRESSEE_WORDS = 10


class Right(NamedTuple):
    """Content after a reporting word; `explicit` where a mark or *that* opens it."""

    content: Spans
    pattern: str
    explicit: bool
    addressee: tuple[int, int] | None = None


def parts_between(sentence: Sentence, first: int, last: int) -> Spans:
    """Return the tokens from `first` up to `last` as content, without the signs around them."""
    while first < last and sentence.token(first).text in FINAL:
        first += 1
    while last > first and sentence.token(last - 1).text in FINAL:
        last -= 1
    return (sentence.span(first, last),) if first < last else ()


def left_limit(sentence: Sentence, earlier: Attribution | None, edge: int = 0) -> int:
    """Return where content before a subject may begin: behind the attribution before it.

    A whole quotation at `edge` that follows a colon or a dash is all of it.
    """
    if sentence.token(edge - 1).text in OPENINGS and sentence.is_full_quote(edge):
        return edge
    if earlier is None:
        return 0
    spans = (*earlier.source, *earlier.cue, *earlier.content)
    end = max((span.end for span in spans if span.start >= sentence.start), default=0)
    first = next((k for k, t in enumerate(sentence.tokens) if t.start >= end), len(sentence.tokens))
    while sentence.is_comma(first) or sentence.is_in(first, "conjunctions"):
        first += 1
    return first


def is_light(sentence: Sentence, first: int, last: int | None = None) -> bool:
    """Tell whether only time, place and manner stand between two positions: no content."""
    last = sentence.last if last is None else last
    if first >= last:
        return True
    opens = sentence.is_in(
        first, "prepositions", "adverbs", "weekdays", "subordinators", "determiners"
    )
    opens = (
        opens
        or sentence.is_boundary(first)
        or sentence.token(first).lower in TIME_WORDS | TIME_UNITS
    )
    opens = (
        opens
        or sentence.token(first).lower.endswith(("ly", "ing"))
        or sentence.token(first).lower in HEARERS
    )
    if not opens:
        return False
    words = range(first, last)
    comma = next((k for k in words if sentence.is_boundary(k)), last)
    if sentence.is_in(first, "determiners") and sentence.token(first).lower not in TIME_WORDS:
        return not any(sentence.is_finite(k) for k in range(first, comma)) and comma - first < 4
    return not any(sentence.token(k).kind == "q" for k in range(first, comma))


def content_after(
    sentence: Sentence, group: CueGroup, stop: int, *, relative: bool
) -> Right | None:
    """Return what a reporting verb introduces to its right, or None."""
    start, addressee = skip_to_content(sentence, group)
    limit = min(stop, sentence.last)
    if relative:
        limit = min(limit, _next_comma(sentence, start))
    if start >= limit:
        return None
    pattern, explicit = _opening(sentence, group, start)
    if not pattern:
        return None
    ends_early = pattern in ("cue_object", "cue_to") and not group.cue.takes & {"clause"}
    end = _object_end(sentence, start, limit) if ends_early else content_end(sentence, start, limit)
    content = parts_between(sentence, start, end)
    return Right(content, pattern, explicit, addressee) if content else None


def _opening(sentence: Sentence, group: CueGroup, start: int) -> tuple[str, bool]:
    """Return the pattern that the first token of the content tells, if the cue takes it."""
    takes = group.cue.takes
    speaks = takes & {"clause", "that", "person"}
    if sentence.token(start).kind == "q" and (speaks or takes & {"quoted", "object"}):
        return "cue_quote", bool(speaks)
    if sentence.is_in(start, "complementizers"):
        return ("cue_that", True) if speaks and not _points(sentence, start) else ("", False)
    if sentence.token(start).lower == "to" and "to" in takes:
        return "cue_to", True
    if "quoted" in takes and _has_quote(sentence, start):
        return "cue_object", False
    if is_light(sentence, start) and not sentence.is_in(start, "determiners", *SUBJECT_PRONOUNS):
        return "", False
    if "clause" in takes and (_has_verb(sentence, start) or "person" in takes):
        return "cue_clause", False
    if "object" in takes and _opens_object(sentence, start):
        return "cue_object", False
    return "", False


def _points(sentence: Sentence, start: int) -> bool:
    """Tell *rejected that claim* from *said that claims ...*."""
    after, named = sentence.token(start + 1), sentence.is_capital(start + 1)
    ends = start + 2 >= sentence.last or sentence.is_comma(start + 2)
    return sentence.token(start).lower == "that" and after.kind == "w" and not named and ends


def _has_quote(sentence: Sentence, start: int) -> bool:
    return any(t.kind == "q" for t in sentence.tokens[start : start + REACH])


def _has_verb(sentence: Sentence, start: int) -> bool:
    return any(sentence.is_finite(k) for k in range(start + 1, sentence.last))


def _opens_object(sentence: Sentence, start: int) -> bool:
    token = sentence.token(start)
    after = sentence.token(start + 1)
    alone = start + 1 >= sentence.last or (sentence.is_boundary(start + 1) and after.kind != "q")
    closed = sentence.is_in(start, "prepositions", "conjunctions")
    return token.kind == "w" and not alone and not closed


def skip_to_content(sentence: Sentence, group: CueGroup) -> tuple[int, tuple[int, int] | None]:
    """Step over *reporters*, *on Friday*, a comma or a colon; return the hearer if there is one."""
    start = group.last
    addressee = None
    if "person" in group.cue.takes:
        end = _addressee_end(sentence, start)
        if end > start:
            addressee, start = (start, end), end
    anchor = _anchor(sentence, start)
    start = anchor if anchor is not None else _past_time(sentence, start)
    return start, addressee


def _anchor(sentence: Sentence, start: int) -> int | None:
    """Return where *that*, a colon's content or a quotation begins, a few light words on."""
    if sentence.is_in(start, "complementizers"):
        return start
    for k in range(start, min(start + REACH, sentence.last)):
        token = sentence.token(k)
        after = sentence.token(k + 1)
        if token.text == ":" or (sentence.is_comma(k) and after.kind == "q"):
            return k + 1
        if token.lower == "that" and k > start:
            return k if _leads_there(sentence, start) else None
        if token.kind == "q":
            return k if k == start else None
        if sentence.is_comma(k) or sentence.is_finite(k) or sentence.is_boundary(k):
            return None
    return None


def _leads_there(sentence: Sentence, start: int) -> bool:
    """Tell whether what stands between verb and *that* is a circumstance, no subject."""
    if _time_step(sentence, start):
        return True
    if sentence.token(start).lower in ("of", "from", "about", "for"):
        return False
    return sentence.is_in(start, "prepositions", "adverbs", "weekdays") or (
        sentence.token(start).lower in TIME_WORDS | HEARERS
    )


def _past_time(sentence: Sentence, start: int) -> int:
    """Skip *on Friday*, *Friday*, *in a statement*, *to reporters* before a bare clause."""
    while start < sentence.last:
        step = _time_step(sentence, start)
        if not step:
            return start
        start += step
    return start


def _time_step(sentence: Sentence, start: int) -> int:
    token, after = sentence.token(start), sentence.token(start + 1)
    if (token.lower, after.lower) == ("the", "same"):
        return 3
    if sentence.is_in(start, "weekdays") or token.lower in ("today", "yesterday"):
        return 1
    if token.lower in TIME_WORDS and (
        after.lower in TIME_UNITS or sentence.is_in(start + 1, "weekdays")
    ):
        return 2
    if token.lower in ("on", "in", "to", "at") and (
        sentence.is_in(start + 1, "weekdays", "months") or after.lower in HEARERS
    ):
        return 2
    if token.lower in ("in", "at", "during", "via") and sentence.is_in(start + 1, "determiners"):
        venue = next(
            (k for k in range(start + 2, start + 5) if sentence.token(k).lower in VENUES), None
        )
        return venue + 1 - start if venue is not None else 0
    return 0


def _addressee_end(sentence: Sentence, start: int) -> int:
    """Return where the hearer of *told the Council that*, *told reporters talks ...* ends."""
    if sentence.token(start).lower in HEARERS:
        return start + 1
    for k in range(start, min(start + ADDRESSEE_WORDS, sentence.last)):
        token = sentence.token(k)
        opens = (
            sentence.is_in(k, "complementizers") or token.kind == "q" or token.text in (",", ":")
        )
        if opens or token.lower == "to":
            return k
        if sentence.is_finite(k):
            break
    return _name_end(sentence, start)


def _name_end(sentence: Sentence, start: int) -> int:
    """Return the end of a name or of *the panel*, where a bare clause follows the hearer."""
    k = start
    if sentence.is_in(k, "determiners", "possessive_pronouns"):
        return k + 2
    while sentence.is_capital(k) and not sentence.is_in(k, "weekdays"):
        k += 1
    return k


def content_end(sentence: Sentence, start: int, stop: int) -> int:
    """Return the position after the content that begins at `start`, at most `stop`."""
    stop = min(stop, sentence.last)
    if sentence.is_full_quote(start):
        return _quote_end(sentence, start, stop)
    if sentence.token(start).kind == "q" and _past_time(sentence, start + 1) >= stop:
        return start + 1
    for k in range(start, stop):
        if sentence.token(k).lower == "according" and sentence.token(k + 1).lower == "to":
            return k
    return stop


def _quote_end(sentence: Sentence, start: int, stop: int) -> int:
    """Go on behind a whole quotation only where another one follows."""
    end = start + 1
    while end < stop:
        joint = sentence.is_comma(end) or sentence.is_in(end, "conjunctions")
        following = end + 1 + (joint and sentence.is_in(end + 1, "conjunctions"))
        if sentence.token(end).kind == "q":
            end += 1
        elif joint and sentence.token(following).kind == "q":
            end = following + 1
        else:
            break
    return end


def _object_end(sentence: Sentence, start: int, stop: int) -> int:
    """Return the end of a noun phrase or an infinitive that a verb takes."""
    for k in range(start + 1, stop):
        if sentence.is_boundary(k) and sentence.token(k).kind != "q":
            return k
        if sentence.is_in(k, "weekdays"):
            return k - (sentence.token(k - 1).lower == "on")
        if sentence.token(k).lower in (
            "because",
            "when",
            "while",
            "after",
            "before",
            "but",
            "until",
        ):
            return k
        if sentence.token(k).lower == "and" and sentence.is_finite(k + 1):
            return k
    return stop


def _next_comma(sentence: Sentence, start: int) -> int:
    return next(
        (k for k in range(start, sentence.last) if sentence.is_comma(k)), len(sentence.tokens)
    )
