"""Verbal attributions: where the content of a reporting verb stands, and who its subject is."""

from __future__ import annotations

from typing import NamedTuple

from analysis.corpus.clauses import (
    content_after,
    content_end,
    is_light,
    left_limit,
    parts_between,
    skip_to_content,
)
from analysis.corpus.cues import CueGroup
from analysis.corpus.grammar import Sentence, Span
from analysis.corpus.nouns import apposition_end, leading_subject, subject_after, subject_before
from analysis.corpus.spans import Attribution, Spans

Range = tuple[int, int]


class Found(NamedTuple):
    """What a verb's surroundings gave, as token positions; `earlier` is the sentence's last."""

    source: Range | None
    content: Spans
    pattern: str
    addressee: Range | None = None


def verb_attribution(
    sentence: Sentence, group: CueGroup, earlier: Attribution | None, stop: int
) -> Attribution | None:
    """Return the attribution of a reporting verb, or None where it reports nothing.

    `earlier` is the one before it in the sentence; `stop` is where the next cue's own
    words begin, as a token position.
    """
    if group.passive:
        found = _passive(sentence, group, stop)
        return None if found is None else _finish(sentence, group, found)
    inverted = _inverted(sentence, group, earlier, stop)
    if inverted is not None:
        return _finish(sentence, group, inverted)
    subject, shared = _subject(sentence, group, earlier)
    found = _with_subject(sentence, group, subject, earlier, stop)
    if found is None or not (subject or shared or _is_whole_quote(sentence, found)):
        return None
    return _finish(sentence, group, found, shared=shared)


def _is_whole_quote(sentence: Sentence, found: Found) -> bool:
    """Tell whether a statement in quotation marks was found: one even where nobody says it."""
    starts = {t.start for k, t in enumerate(sentence.tokens) if sentence.is_full_quote(k)}
    return found.pattern in ("cue_quote", "quote_cue") and found.content[0].start in starts


def _finish(sentence: Sentence, group: CueGroup, found: Found, shared: Spans = ()) -> Attribution:
    source = (sentence.span(*found.source),) if found.source else shared
    return Attribution(
        source=source,
        cue=(sentence.span(group.first, group.last),),
        content=found.content,
        pattern=found.pattern,
        around=Span(sentence.start, sentence.end),
        cue_class=group.cue.cue_class,
        lemma=group.cue.lemma,
        addressee=(sentence.span(*found.addressee),) if found.addressee else (),
        negated=group.negated,
    )


def _subject(
    sentence: Sentence, group: CueGroup, earlier: Attribution | None
) -> tuple[Range | None, Spans]:
    """Return the subject as tokens, or the spans shared with the attribution before."""
    at = _before_adverbs(sentence, group.first)
    before = sentence.token(at - 1)
    if before.lower == "to":
        return leading_subject(sentence, at), ()
    if (
        group.is_gerund
        or before.lower in ("and", "or", "but", "then")
        or sentence.is_in(at - 1, "bridges")
    ):
        if earlier is not None and earlier.source:
            return None, earlier.source
        return leading_subject(sentence, at), ()
    subject = subject_before(sentence, at)
    if subject is None and sentence.is_comma(at - 1) and group.form != "base":
        subject = leading_subject(sentence, at)
    return subject, ()


def _before_adverbs(sentence: Sentence, first: int) -> int:
    while first > 0 and (
        (sentence.is_in(first - 1, "adverbs") and not sentence.is_in(first - 1, "determiners"))
        or (sentence.token(first - 1).text.endswith("ly") and not sentence.is_capital(first - 1))
    ):
        first -= 1
    return first


def _inverted(
    sentence: Sentence, group: CueGroup, earlier: Attribution | None, stop: int
) -> Found | None:
    """*"We agree," said Keller* and *Talks go on, said Keller*."""
    before = group.first - 1
    quoted = sentence.token(before).kind == "q" or (
        sentence.is_comma(before) and sentence.token(before - 1).kind == "q"
    )
    if group.form not in ("past", "third") or not (quoted or sentence.is_comma(before)):
        return None
    if not group.cue.takes & {"clause", "that"} or group.first != group.at:
        return None
    source = subject_after(sentence, group.last)
    if source is None or not _closes_inversion(sentence, source, stop):
        return None
    edge = before - sentence.is_comma(before)
    limit = left_limit(sentence, earlier, edge)
    if not quoted and not _is_plain_inversion(sentence, group, source, limit):
        return None
    left = parts_between(sentence, limit, before + (sentence.token(before).kind == "q"))
    if not left:
        return None
    right = _after_comma(sentence, source[1], stop)
    if right and (
        _is_quoted(sentence, right) or not (quoted or _is_apposition(sentence, source[1] + 1))
    ):
        return Found(source, (*left, *right), "around")
    if quoted:
        return Found((source[0], apposition_end(sentence, source[1])), left, "quote_inverted")
    return Found(source, left, "clause_inverted")


def _is_apposition(sentence: Sentence, position: int) -> bool:
    """Tell *said Keller, a member of the panel* from *said Keller, the panel would meet*."""
    if not sentence.is_in(position, "determiners", "possessive_pronouns"):
        return False
    k = position
    while k < sentence.last and not sentence.is_boundary(k):
        if sentence.is_finite(k):
            return False
        if sentence.is_in(k, "relative_pronouns"):
            return True
        k += 1
    return True


def _is_plain_inversion(sentence: Sentence, group: CueGroup, source: Range, limit: int) -> bool:
    """Tell *Talks go on, said Keller* from *Keller, the minister, announced talks*."""
    if "person" in group.cue.takes or "clause" not in group.cue.takes:
        return False
    if sentence.token(source[1]).kind == "q":
        return False
    if not any(sentence.is_finite(k) for k in range(limit, group.first)):
        return False
    if sentence.is_capital(source[0]) or sentence.is_in(source[0], "singular_pronouns"):
        return True
    nominal = sentence.is_in(source[0], "determiners", "possessive_pronouns")
    return nominal and subject_before(sentence, group.first) is None


def _closes_inversion(sentence: Sentence, source: Range, stop: int) -> bool:
    """Tell whether the noun phrase is all there is: an object would go on with a clause."""
    after = sentence.token(source[1])
    return (
        source[1] >= min(sentence.last, stop)
        or sentence.is_boundary(source[1])
        or sentence.is_in(source[1], "prepositions", "subordinators", "weekdays", "adverbs")
        or after.lower in ("and", "but", "who", "to")
    )


def _with_subject(
    sentence: Sentence,
    group: CueGroup,
    subject: Range | None,
    earlier: Attribution | None,
    stop: int,
) -> Found | None:
    start = subject[0] if subject else group.first
    around = _around(sentence, group, start, earlier, stop)
    if around:
        return Found(subject, around, "around")
    right = content_after(sentence, group, stop, relative=_is_relative(sentence, group))
    left = _left(sentence, group, start, earlier)
    quoted_left = left and sentence.is_full_quote(_left_edge(sentence, start))
    if right is not None and not quoted_left and (right.explicit or not left):
        return Found(subject, right.content, right.pattern, right.addressee)
    if left:
        quoted = sentence.token(_left_edge(sentence, start)).kind == "q"
        addressee = skip_to_content(sentence, group)[1]
        return Found(subject, left, "quote_cue" if quoted else "clause_cue", addressee)
    return None


def _is_relative(sentence: Sentence, group: CueGroup) -> bool:
    at = _before_adverbs(sentence, group.first)
    return sentence.is_in(at - 1, "relative_pronouns") and sentence.is_comma(at - 2)


def _left_edge(sentence: Sentence, start: int) -> int:
    """Return the last token of what a comma or a closing mark parts from the subject."""
    edge = start - 1
    return edge - 1 if sentence.is_comma(edge) else edge


def _left(sentence: Sentence, group: CueGroup, start: int, earlier: Attribution | None) -> Spans:
    """Return the content before the subject: *Talks go on,* [Keller said on Friday]."""
    edge = sentence.token(start - 1)
    dashed = edge.text in ("—", "–", "--", "?", "!")
    if not (sentence.is_comma(start - 1) or edge.kind == "q" or dashed):
        return ()
    if not group.cue.takes & {"clause", "that", "person"} or group.is_gerund:
        return ()
    quoted = sentence.is_full_quote(_left_edge(sentence, start))
    first = left_limit(sentence, earlier, _left_edge(sentence, start))
    if not quoted and not _trails(sentence, group, first, start):
        return ()
    return parts_between(sentence, first, start - (edge.kind != "q"))


def _trails(sentence: Sentence, group: CueGroup, first: int, start: int) -> bool:
    """Tell *Talks go on, Keller said on Friday* from *In May, Keller said much*."""
    if group.cue.takes <= {"that", "object"} or not is_light(sentence, group.last):
        return False
    return _has_clause(sentence, first, start) or not _opens_circumstance(sentence, first)


def _past_hearer(sentence: Sentence, group: CueGroup) -> int:
    """Return what stands behind the hearer of a trailing [..., he told] *the Council*."""
    if "person" not in group.cue.takes:
        return group.last
    hearer = subject_after(sentence, group.last)
    return hearer[1] if hearer else group.last


def _around(
    sentence: Sentence, group: CueGroup, start: int, earlier: Attribution | None, stop: int
) -> Spans:
    """Return both sides of *The draft, officials said, would fail*."""
    parted = sentence.is_comma(start - 1) or sentence.is_full_quote(start - 1)
    as_clause = sentence.token(start - 1).lower == "as" and start >= 1
    if as_clause and start == 1:
        return _after_comma(sentence, group.last, stop)
    if not parted or not group.cue.takes & {"clause", "that", "person"} or group.is_gerund:
        return ()
    right = _after_comma(sentence, _past_light(sentence, _past_hearer(sentence, group)), stop)
    first = left_limit(sentence, earlier, _left_edge(sentence, start))
    left = parts_between(sentence, first, start - (sentence.token(start - 1).kind != "q"))
    if not left or not right or _is_circumstance(sentence, start, right):
        return ()
    if sentence.is_full_quote(_left_edge(sentence, start)) and not _is_quoted(sentence, right):
        return ()
    if "clause" not in group.cue.takes and not _has_clause(sentence, first, start):
        return ()
    return (*left, *right)


def _is_quoted(sentence: Sentence, content: Spans) -> bool:
    """Tell whether content begins with a quotation mark."""
    return any(t.kind == "q" and t.start == content[0].start for t in sentence.tokens)


def _has_clause(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a verb or a whole quotation stands between two positions."""
    return any(sentence.is_finite(k) or sentence.is_full_quote(k) for k in range(first, last))


def _opens_circumstance(sentence: Sentence, first: int) -> bool:
    """Tell *In May*, *However*, *Appearing before a crowd* from the beginning of a clause."""
    closed = ("prepositions", "adverbs", "subordinators", "weekdays", "months")
    return sentence.is_in(first, *closed) or sentence.token(first).lower.endswith(("ing", "ly"))


def _is_circumstance(sentence: Sentence, start: int, right: Spans) -> bool:
    """Tell whether *Addressing the meeting,* before the subject of a quotation says only when."""
    quoted = _is_quoted(sentence, right)
    opens = sentence.token(0).lower
    if quoted and (opens.endswith(("ing", "ed")) or sentence.is_in(0, "subordinators")):
        return True
    before = range(start)
    return quoted and not any(
        sentence.token(k).kind == "q" or sentence.is_finite(k) for k in before
    )


def _past_light(sentence: Sentence, last: int) -> int:
    """Skip *on Friday*, *in a statement* between the verb and the comma after it."""
    k = last
    opens = sentence.token(last).lower
    if opens == "to" or opens.endswith("ing"):
        return last
    while k < min(last + 8, sentence.last) and not sentence.is_boundary(k):
        k += 1
    return k if is_light(sentence, last, k) else last


def _after_comma(sentence: Sentence, position: int, stop: int) -> Spans:
    """Return what goes on after the comma that closes an inserted *Keller said,*."""
    if not sentence.is_comma(position) and sentence.token(position).text not in (
        "—",
        "–",
        "--",
        ":",
    ):
        return ()
    k = position + 1
    token = sentence.token(k)
    if token.kind == "q":
        return parts_between(sentence, k, content_end(sentence, k, stop))
    closed = sentence.is_in(k, "relative_pronouns", "conjunctions", "subordinators", "prepositions")
    if closed or token.lower.endswith("ing") or token.lower == "according" or k >= sentence.last:
        return ()
    return parts_between(sentence, k, content_end(sentence, k, stop))


def _passive(sentence: Sentence, group: CueGroup, stop: int) -> Found | None:
    """Return *It was reported that ...* and *They were told that ...*, which name no speaker."""
    right = content_after(sentence, group, stop, relative=False)
    if right is None or not right.explicit:
        return None
    after = sentence.token(group.last)
    source = subject_after(sentence, group.last + 1) if after.lower == "by" else None
    subject = subject_before(sentence, _before_adverbs(sentence, group.first))
    told = subject if "person" in group.cue.takes else None
    return Found(source, right.content, "passive", told)
