"""Who stands before or after a reporting word: noun phrases without a parser."""

from __future__ import annotations

from analysis.corpus.grammar import Sentence

SUBJECT_PRONOUNS = ("singular_pronouns", "plural_pronouns", "thing_pronouns", "own_pronouns")
TIME_WORDS = frozenset({"this", "last", "next", "earlier", "later", "late", "early"})
TIME_UNITS = frozenset(
    {"week", "month", "year", "day", "morning", "afternoon", "evening", "night", "weekend", "today"}
    | {"yesterday", "tonight"}
)
BRACKET = 6
VENUES = frozenset(
    {"statement", "interview", "briefing", "conference", "speech", "email", "e-mail", "letter"}
    | {"tweet", "post", "message", "report", "interviews", "remarks", "address", "call", "video"}
    | {"release", "reporters", "journalists", "memo", "meeting", "telephone", "phone"}
)


def subject_before(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends right before `position`, as token positions.

    The walk to the left stops at a sign, a conjunction that opens a clause, or a verb; an
    apposition between commas is walked over.
    """
    if sentence.is_comma(position - 1):
        return _with_apposition(sentence, position)
    if sentence.is_in(position - 1, *SUBJECT_PRONOUNS, "relative_pronouns"):
        return position - 1, position
    start = _walk_left(sentence, _before_bracket(sentence, position))
    return _trimmed(sentence, start, position)


def _before_bracket(sentence: Sentence, position: int) -> int:
    """Return where *(D-Ohio)* behind a name begins, so that the walk goes on before it."""
    if sentence.token(position - 1).text != ")":
        return position
    opens = range(position - 2, max(position - 2 - BRACKET, 0), -1)
    return next((k for k in opens if sentence.token(k).text == "("), position)


def _walk_left(sentence: Sentence, position: int) -> int:
    k = position - 1
    while k >= 0 and not _stops_left(sentence, k):
        k -= 1
    return k + 1


def _stops_left(sentence: Sentence, k: int) -> bool:
    if sentence.is_boundary(k) or sentence.token(k).lower in ("but", "so", "yet", "nor"):
        return True
    if sentence.is_in(k, "subordinators", "relative_pronouns"):
        return not (sentence.is_in(k, "prepositions") and k > 0)
    if sentence.token(k).lower == "and":
        return sentence.is_in(k + 1, *SUBJECT_PRONOUNS) or not _joins_names(sentence, k)
    return sentence.is_finite(k)


def _joins_names(sentence: Sentence, k: int) -> bool:
    """Tell whether *and* at `k` stands between noun phrases: no verb before it in the clause."""
    j = k - 1
    while j >= 0 and not sentence.is_boundary(j):
        if sentence.is_finite(j) or sentence.is_in(j, "subordinators"):
            return False
        j -= 1
    return k > 0 and sentence.token(k - 1).kind == "w"


def _trimmed(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    while start < end and sentence.is_in(start, "conjunctions", "adverbs"):
        if sentence.is_in(start, "determiners") and sentence.token(start).lower in ("all", "both"):
            break
        start += 1
    end = trim_time(sentence, start, end)
    if start < end and sentence.is_in(start, "prepositions"):
        start = _after_adverbial(sentence, start, end)
    if start >= end or not any(sentence.tokens[k].kind == "w" for k in range(start, end)):
        return None
    return start, end


def trim_time(sentence: Sentence, start: int, end: int) -> int:
    """Return the end of a phrase without *on Friday*, *in May 2018*, *last week* behind it."""
    while end > start:
        cut = _time_at_end(sentence, start, end)
        if not cut:
            return end
        end -= cut
    return end


def _time_at_end(sentence: Sentence, start: int, end: int) -> int:
    """Return how many tokens at the end of a phrase tell a time or a venue."""
    token = sentence.token(end - 1)
    if sentence.is_in(end - 1, "adverbs") and end - 1 > start:
        return 1
    if token.text == "," and end - 1 > start:
        return 1
    before = sentence.token(end - 2).lower
    if sentence.is_in(end - 1, "weekdays") or token.lower in ("today", "yesterday", "tonight"):
        return 1 + (before == "on" or before in TIME_WORDS)
    if token.lower in TIME_UNITS and before in TIME_WORDS:
        return 2
    if sentence.is_in(end - 1, "months") and before.isdigit():
        return 2 + (sentence.token(end - 3).lower == "on")
    if token.text.isdigit() and len(token.text) == 4 and sentence.is_in(end - 2, "months"):
        return 3 if sentence.token(end - 3).lower == "in" else 2
    if token.lower in VENUES and sentence.token(end - 3).lower in ("in", "at", "during"):
        return 3 if end - 3 > start else 0
    return 0


def _after_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Skip a leading *in Berlin*, *after the talks* that no comma parts from the subject."""
    for k in range(start + 2, end):
        opens = sentence.is_in(k, "determiners", "possessive_pronouns") or sentence.is_capital(k)
        previous = sentence.is_in(k - 1, "prepositions", "determiners") or sentence.is_capital(
            k - 1
        )
        is_time = (
            sentence.is_in(k - 1, "weekdays", "months") or sentence.token(k - 1).text.isdigit()
        )
        is_date = sentence.is_in(k, "weekdays", "months")
        if opens and not is_date and (is_time or not previous):
            return k
    return end


def _with_apposition(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Return *Anna Keller, the minister,* before a verb, commas included."""
    comma = position - 1
    for _ in range(4):
        k = comma - 1
        while k >= 0 and not sentence.is_boundary(k):
            k -= 1
        if k < 0 or not sentence.is_comma(k) or not _opens_apposition(sentence, k + 1):
            return None
        head = subject_before(sentence, k) if not sentence.is_comma(k - 1) else None
        if head is not None and _is_nominal(sentence, *head):
            return head[0], position
        comma = k
    return None


def _opens_apposition(sentence: Sentence, k: int) -> bool:
    token = sentence.token(k)
    if sentence.is_in(
        k, "determiners", "relative_pronouns", "titles", "roles", "possessive_pronouns"
    ):
        return True
    return (
        token.text.isdigit()
        or token.lower.endswith("ing")
        or token.lower
        in ("of", "who", "whose", "himself", "herself", "now", "then", "speaking", "a", "in")
        or (token.lower.endswith("ed") and not token.text[0].isupper())
        or (sentence.is_capital(k) and sentence.token(k + 1).text == ",")
    )


def _is_nominal(sentence: Sentence, start: int, end: int) -> bool:
    capital = any(sentence.is_capital(k) for k in range(start, end))
    return capital or sentence.is_in(start, "determiners", "possessive_pronouns")


def subject_after(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at `position`, as in *said Anna Keller, a judge*."""
    if sentence.is_in(position, *SUBJECT_PRONOUNS) and not _owns(sentence, position):
        return position, position + 1
    if not _opens_noun_phrase(sentence, position):
        return None
    end = _walk_right(sentence, position)
    while sentence.is_comma(end) and _is_apposition_after(sentence, end + 1):
        further = _walk_right(sentence, end + 1)
        if further < sentence.last and not sentence.is_boundary(further):
            break  # a verb follows: a clause of its own
        end = further
    end = trim_time(sentence, position, end)
    return (position, end) if end > position else None


def apposition_end(sentence: Sentence, end: int) -> int:
    """Return where *Keller, a judge who wrote the rule,* ends, whose name ends at `end`."""
    start = end + sentence.is_comma(end)
    if sentence.token(start).lower != "who" and not _opens_description(sentence, start):
        return end
    k = start + 1
    while k < sentence.last and not _closes_description(sentence, k):
        k += 1
    return k


def _opens_description(sentence: Sentence, k: int) -> bool:
    """Tell whether *, a judge*, *, head of the court* and no *, citing the rule* begins at `k`."""
    token = sentence.token(k)
    if token.kind != "w" or not sentence.is_comma(k - 1) or token.lower.endswith("ing"):
        return False
    others = ("prepositions", "adverbs", "conjunctions", "subordinators", "relative_pronouns")
    return not sentence.is_in(k, *others, "weekdays") and not sentence.is_finite(k)


def _closes_description(sentence: Sentence, k: int) -> bool:
    after = sentence.token(k + 1)
    if sentence.token(k).kind == "q" or sentence.token(k).text in STRONG_STOPS:
        return True
    return sentence.is_comma(k) and (
        after.lower.endswith("ing")
        or after.kind == "q"
        or sentence.is_in(k + 1, "prepositions", "conjunctions", "subordinators")
        or after.lower in ("which", "that")
    )


def _owns(sentence: Sentence, position: int) -> bool:
    """Tell *his best friend* from *his* and *her* from *her on Friday*."""
    after = sentence.token(position + 1)
    return (
        sentence.is_in(position, "possessive_pronouns")
        and after.kind == "w"
        and not sentence.is_in(position + 1, "prepositions", "adverbs", "weekdays", "conjunctions")
    )


def _opens_noun_phrase(sentence: Sentence, k: int) -> bool:
    if sentence.is_in(k, "weekdays", "prepositions", "complementizers"):
        return False
    return (
        sentence.is_capital(k)
        or sentence.is_in(k, "determiners", "titles", "roles", "possessive_pronouns")
        or sentence.token(k).text.isdigit()
        or (sentence.token(k).kind == "w" and not sentence.is_in(k, "adverbs", "auxiliaries"))
    )


def _is_apposition_after(sentence: Sentence, k: int) -> bool:
    if sentence.is_in(k, "determiners", "roles", "titles") or sentence.token(k).text.isdigit():
        return True
    return sentence.is_capital(k) and not sentence.is_boundary(k)


def _walk_right(sentence: Sentence, k: int) -> int:
    while k < len(sentence.tokens) and not _stops_right(sentence, k):
        k += 1
    return k


def _stops_right(sentence: Sentence, k: int) -> bool:
    if sentence.is_boundary(k) or sentence.is_in(k, "relative_pronouns"):
        return True
    token, after = sentence.token(k), sentence.token(k + 1)
    if token.text == "." and k >= sentence.last:
        return True
    if sentence.is_in(k, "subordinators") or token.lower in ("but", "during", "via"):
        return True
    if token.lower in ("on", "in", "at", "to", "by", "from"):
        return _opens_time(sentence, k) or after.lower == "reporters"
    if sentence.is_in(k, "weekdays") or token.lower in ("today", "yesterday"):
        return True
    if token.lower == "and" and not sentence.is_capital(k + 1):
        return not sentence.is_in(k + 1, "determiners", "roles", "titles")
    return sentence.is_finite(k)


def _opens_time(sentence: Sentence, k: int) -> bool:
    """Tell whether *on Friday*, *in a statement*, *in 2018* begins at `k`."""
    after = sentence.token(k + 1)
    if sentence.is_in(k + 1, "weekdays", "months") or after.text.isdigit():
        return True
    last = next(
        (
            j
            for j in range(k + 1, k + 6)
            if sentence.is_boundary(j) or sentence.is_in(j, "prepositions")
        ),
        k + 6,
    )
    return any(sentence.token(j).lower in VENUES for j in range(k + 1, last))


def leading_subject(sentence: Sentence, position: int) -> tuple[int, int] | None:
    """Return the subject of the clause that `position` stands in: *The envoy* [came and] ..."""
    start = position - 1
    while (
        start >= 0
        and sentence.token(start).text not in STRONG_STOPS
        and sentence.token(start).kind != "q"
    ):
        start -= 1
    start = _past_adverbial(sentence, start + 1, position)
    end = start
    while end < position and not sentence.is_finite(end) and not sentence.is_comma(end):
        if sentence.is_in(end, "relative_pronouns") and end > start:
            break
        end += 1
    return _trimmed(sentence, start, end) if end > start else None


STRONG_STOPS = frozenset({";", ":", "—", "–", "--", "?", "!"})


def _past_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Skip *However,* *In May,* *Addressing the meeting,* at the head of a clause."""
    first = sentence.token(start)
    adverbial = sentence.is_in(
        start, "prepositions", "adverbs", "subordinators", "conjunctions"
    ) or first.lower.endswith(("ing", "ly"))
    if not adverbial:
        return start
    comma = next((k for k in range(start, end) if sentence.is_comma(k)), None)
    return start if comma is None else comma + 1
