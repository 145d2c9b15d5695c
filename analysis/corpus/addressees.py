"""Whom a statement is made to, where its sentence says so beside the reporting word.

Patterns find the hearer of *told X*; here are *said to X*, *in a letter to X* and *urged X to*.
"""

from __future__ import annotations

import re

from analysis.corpus.attribution import Reading
from analysis.corpus.grammar import Span
from analysis.corpus.spans import Attribution, Spans

# Verbs whose object is asked to do something: "urged Oslo to sign".
ASKING = frozenset(
    {"urge", "ask", "tell", "order", "instruct", "advise", "encourage", "implore", "beg", "exhort"}
    | {"call on", "call upon", "appeal to", "press", "invite", "challenge", "request"}
)
_WHO = (
    r"(?P<who>[^\W\d_][^,;:.()“”\"\n]{1,79}?)(?=\s+(?:that|on|in|at|after|before|during|and|but|as"
    r"|when|while|how|why|whether|last|this|by|with|from|about|yesterday|today)\b|\s*[,;:.()“”\"\n]|\s*$)"
)
_BEHIND = re.compile(rf"(?: on \w+,?)? to (?!(?:be|have|do|say|a halt)\b){_WHO}")
_LETTER = re.compile(
    r"\b[Ii]n (?:an?|the|his|her|its|their|that) (?:\w+ ){0,2}?(?:letter|message|note|telegram"
    r"|cable|e-?mail|memo|memorandum|address|speech|appeal|reply|telex)"
    rf" (?:addressed |sent )?to {_WHO}"
)
_ASKED = re.compile(r"(?P<who>[^,;:.()“”\"\n]{2,60}?) (?:not )?to [a-z]+")


def find_addressee(reading: Reading, found: Attribution) -> Spans:
    """Return the words that name whom an attribution is made to; none where nothing does."""
    if found.addressee or reading.language != "en" or not found.cue:
        return found.addressee
    start, words = _without_content(reading, found)
    cue_end = found.cue[-1].end
    ends = [cue_end] + [s.end for s in found.source if s.start >= cue_end]
    for end in ends:
        match = _BEHIND.match(words, end - start) if found.lemma not in ("commit to",) else None
        if match is not None:
            return (Span(start + match.start("who"), start + match.end("who")),)
    match = _LETTER.search(words)
    if match is not None:
        return (Span(start + match.start("who"), start + match.end("who")),)
    return _asked(reading, found)


def _without_content(reading: Reading, found: Attribution) -> tuple[int, str]:
    """Return where the sentence begins, and its words with line breaks in place of the content."""
    text = reading.view.text
    start, end = found.around
    pieces, at = [], start
    for span in sorted(found.content):
        first, last = max(at, min(span.start, end)), max(at, min(span.end, end))
        pieces += [text[at:first], "\n" * (last - first)]
        at = last
    return start, "".join((*pieces, text[at:end]))


def _asked(reading: Reading, found: Attribution) -> Spans:
    """Return the object of *urged Oslo to sign*, which opens the content."""
    first = found.content[0]
    if found.lemma not in ASKING or first.start < found.cue[-1].end:
        return ()
    match = _ASKED.match(reading.view.text, first.start, first.end)
    if match is None or not match["who"][:1].isalnum():
        return ()
    if match["who"].split()[0].lower() in ("that", "whether", "if", "for", "to", "why", "how"):
        return ()
    return (Span(first.start, first.start + len(match["who"])),)
