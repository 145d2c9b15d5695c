"""Find the attributions of a text: a pass over its paragraphs and sentences, left to right.

Linear in the length of the text: every sentence is looked at once, in pieces of at most
`SENTENCE_TOKENS` tokens, and no search goes beyond its piece.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from analysis.corpus.bulletins import read_layout
from analysis.corpus.credits import credits_in
from analysis.corpus.cues import CueGroup, find_cues
from analysis.corpus.grammar import Sentence, Span, read_sentence
from analysis.corpus.kinds import Draft, read_form
from analysis.corpus.nouns import subject_before
from analysis.corpus.patterns import verb_attribution
from analysis.corpus.phrases import according_to, headline, lone_quotation, noun_that, turn
from analysis.corpus.quotation_frames import framed_attributions
from analysis.corpus.quotations import beside_verbs
from analysis.corpus.quotes import Quote, find_quotes
from analysis.corpus.relays import relay
from analysis.corpus.spans import Attribution
from analysis.corpus.views import View, repair_text
from analysis.language.identify import recognise_language
from analysis.language.lexicon import Language, load_language
from analysis.language.sentences import split_sentences

SENTENCE_TOKENS = 300
# What somebody says that another said is a statement too where the words leave no doubt of it.
RELAYED = frozenset({"cue_that", "cue_clause", "cue_quote"})


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as it was read: its view, the paragraphs of its body, quotations, what was found.

    All offsets are those of ``view.text``; ``view.original_span`` leads them back. `heading` is
    what stands before the turns of a transcript and the body of a speech.
    """

    text: str
    view: View
    paragraphs: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    attributions: tuple[Attribution, ...]
    warnings: tuple[str, ...]
    language: str = "en"
    kind: str = "news"
    heading: tuple[Span, ...] = ()

    @cached_property
    def quote_starts(self) -> list[int]:
        """Where the quotations begin."""
        return [quote.start for quote in self.quotes]


@lru_cache(maxsize=256)
def read_text(text: str, language: str | None = None, kind: str | None = None) -> Reading:
    """Find the attributions in the body of a text.

    A missing `language` is recognised (`recognise_language`), and so is a `kind` that is none
    of news, transcript and speech (`read_form`). The last texts read are kept, so that
    statements and their spans are read once.
    """
    lexicon = load_language(language or recognise_language(text))
    view = repair_text(text, lexicon)
    layout = read_layout(text)
    paragraphs = _in_view(view, layout.paragraphs)
    title = _in_view(view, [layout.title] if layout.title else [])
    quotes, warnings = find_quotes(view.text, paragraphs)
    draft = Draft(view.text, paragraphs, title[0] if title else None, quotes, lexicon)
    form = read_form(draft, kind)
    finder = _Finder(view.text, lexicon)
    for paragraph, inside in _with_quotes(form.parts or paragraphs, quotes):
        finder.read_paragraph(paragraph, inside)
    found = sorted(finder.found, key=lambda a: (a.hull, a.cue))
    if form.attributions:
        before = form.attributions[0].hull.start
        inner = (
            replace(a, nested=a.nested or a.hull.start >= before)
            for a in found
            if _is_of_another(a, finder)
        )
        found = sorted((*form.attributions, *inner), key=lambda a: (a.hull.start, -a.hull.end))
    return Reading(
        text,
        view,
        tuple(paragraphs),
        tuple(quotes),
        tuple(found),
        (*layout.warnings, *warnings, *_unread(lexicon)),
        lexicon.code,
        form.kind,
        form.heading,
    )


def _is_of_another(found: Attribution, finder: _Finder) -> bool:
    """Tell whether a find in a transcript or speech is what somebody else is quoted with."""
    if not found.source or found.pattern in ("turn", "headline", "colon"):
        return False
    first = finder.text[slice(*found.source[0])].split(maxsplit=1)[0]
    return first.lower() not in finder.language.sets["own_pronouns"]


def _unread(language: Language) -> tuple[str, ...]:
    """Say so where only the quotation marks of a text are read."""
    known = language.grammar != "marks"
    return () if known else ("no reporting words of this language: quotation marks alone",)


def _in_view(view: View, paragraphs: Sequence[Span]) -> list[Span]:
    spans = (Span(view.locate(span.start), view.locate(span.end)) for span in paragraphs)
    return [span for span in spans if span.start < span.end]


def _with_quotes(
    paragraphs: Sequence[Span], quotes: Sequence[Quote]
) -> Iterator[tuple[Span, list[Quote]]]:
    position = 0
    for paragraph in paragraphs:
        inside = []
        while position < len(quotes) and quotes[position].start < paragraph.end:
            inside.append(quotes[position])
            position += 1
        yield paragraph, inside


@dataclass
class _Finder:
    """What has been found so far, and whom a lone quotation would continue."""

    text: str
    language: Language
    found: list[Attribution] = field(default_factory=list)
    speaking: int | None = None

    def read_paragraph(self, paragraph: Span, quotes: list[Quote]) -> None:
        spans = split_sentences(
            self.text,
            *paragraph,
            quotes=[(quote.start, quote.end) for quote in quotes],
            language=self.language,
        )
        starts = [quote.start for quote in quotes]
        for n, (start, end) in enumerate(spans):
            inside = quotes[bisect_left(starts, start) : bisect_left(starts, end)]
            for sentence in _pieces(read_sentence(self.text, start, end, inside, self.language)):
                if n == 0 and self._reads_line(sentence, paragraph, len(spans)):
                    return
                self._read_sentence(sentence, first=n == 0)

    def _reads_line(self, sentence: Sentence, paragraph: Span, n_sentences: int) -> bool:
        """Take a paragraph that is a transcript's turn or a headline as one attribution."""
        found = turn(sentence, paragraph.end)
        worded = sentence.language.grammar == "clauses" and n_sentences == 1
        if found is None and worded and sentence.text[sentence.end - 1].isalnum():
            found = headline(sentence)
        if found is None or not found.content:
            return False
        self.found.append(found)
        self.speaking = None
        return True

    def _read_sentence(self, sentence: Sentence, *, first: bool) -> None:
        credits = credits_in(sentence, self.found[-1:])
        if credits is not None:
            self.found[-1:] = credits
            self.speaking = None
            return
        new, lone = _found_in(sentence)
        if lone is not None and not any(_covers(a, lone) for a in new):
            self._take_quotation(lone)
        elif new:
            self.speaking = len(self.found) + len(new) - 1
        elif not first or any(token.kind == "w" for token in sentence.tokens):
            self.speaking = None
        self.found += new

    def _take_quotation(self, lone: Attribution) -> None:
        """Join a quotation without a speaker to the statement that it goes on from."""
        if lone.source or self.speaking is None:
            self.found.append(lone)
            self.speaking = len(self.found) - 1
            return
        before = self.found[self.speaking]
        self.found[self.speaking] = replace(before, content=(*before.content, *lone.content))


def _found_in(sentence: Sentence) -> tuple[list[Attribution], Attribution | None]:
    """Return the attributions of a sentence, and a quotation that stands in it alone."""
    lone = lone_quotation(sentence)
    if sentence.language.grammar != "clauses":
        return framed_attributions(sentence), lone if lone and not lone.cue else None
    new = _attributions(sentence)
    new += list(beside_verbs(sentence, new))
    return relay(sentence, new), lone


def _covers(attribution: Attribution, lone: Attribution) -> bool:
    spans = lone.content
    return any(
        s.start < span.end and span.start < s.end for s in attribution.content for span in spans
    )


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """Cut a sentence beyond all measure, so that no search in it grows with the text."""
    tokens = sentence.tokens
    if len(tokens) <= SENTENCE_TOKENS:
        yield sentence
        return
    for first in range(0, len(tokens), SENTENCE_TOKENS):
        part = tokens[first : first + SENTENCE_TOKENS]
        yield Sentence(sentence.text, part[0].start, part[-1].end, part, sentence.language)


def _attributions(sentence: Sentence) -> list[Attribution]:
    groups = list(find_cues(sentence))
    stops = _stops(sentence, groups)
    found: list[Attribution] = []
    inner: list[Attribution] = []
    for group, stop in zip(groups, stops, strict=True):
        attribution = _attribution(sentence, group, found[-1] if found else None, stop)
        if attribution is None or any(a.content[0] == attribution.content[0] for a in found):
            continue
        if not _is_inside(attribution, found):
            found.append(attribution)
        elif attribution.pattern in RELAYED:
            inner.append(replace(attribution, nested=True))
    return [*inner, *found]


def _attribution(
    sentence: Sentence, group: CueGroup, earlier: Attribution | None, stop: int
) -> Attribution | None:
    if group.cue.kind == "preposition":
        return according_to(sentence, group, earlier, stop)
    if group.cue.kind == "noun":
        return noun_that(sentence, group)
    return verb_attribution(sentence, group, earlier, stop)


def _is_inside(new: Attribution, found: Sequence[Attribution]) -> bool:
    """Tell whether the reporting word stands in what another attribution reports."""
    at = new.cue[0].start
    return any(span.start <= at < span.end for other in found for span in other.content)


def _stops(sentence: Sentence, groups: Sequence[CueGroup]) -> list[int]:
    """Return for each cue where the words of the next cue of the same level begin."""
    end = len(sentence.tokens)
    stops = [end] * len(groups)
    following = end
    for n in range(len(groups) - 1, -1, -1):
        stops[n] = following
        following = min(following, _begins(sentence, groups[n]) or following)
    return stops


def _begins(sentence: Sentence, group: CueGroup) -> int | None:
    """Return where the words of a cue begin, if they end the content before them."""
    if group.cue.kind != "verb":
        return None
    before = group.first - 1
    while before > 0 and sentence.is_in(before, "adverbs"):
        before -= 1
    if group.is_gerund:
        return before if sentence.is_comma(before) else None
    if group.form not in ("past", "third"):
        return None
    if sentence.token(before).lower in ("and", "but"):
        return before - sentence.is_comma(before - 1)
    subject = subject_before(sentence, before + 1)
    return None if subject is None else _before_subject(sentence, subject[0])


def _before_subject(sentence: Sentence, start: int) -> int | None:
    edge = start - 1
    if edge <= 0:
        return None
    if sentence.is_in(edge, "conjunctions") and sentence.is_comma(edge - 1):
        return edge - 1
    return edge if sentence.is_comma(edge) or sentence.token(edge).text == ";" else None
