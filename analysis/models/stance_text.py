"""What a stance model sees of a text: words, what negation reaches, letters, the target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORDS = re.compile(r"[#@]?\w+(?:['’]\w+)?|[^\w\s]")
_NEGATION = re.compile(r"^(?:not|no|never|cannot|nor|without|none|nothing)$|n['’]?t$")
_STOPS = frozenset(".!?,;:")
# So many words after a negator are marked, unless a sign ends its reach.
REACH = 4


@dataclass(frozen=True)
class TextFeatures:
    """Fitted vectorisers: they turn texts about targets into a sparse matrix."""

    words: Any
    letters: Any
    targets: tuple[str, ...]

    def matrix(self, texts: Sequence[str], targets: Sequence[str]) -> Any:
        """Return a row for each text: shared features, then a copy of them for its target.

        What speaks for a side whatever the target is learnt from all; what speaks so of one target
        alone, from its own texts.
        """
        from scipy.sparse import csr_array, hstack

        cleaned = [clean(text) for text in texts]
        shared = hstack([self.words.transform(cleaned), self.letters.transform(cleaned)]).tocsr()
        owners = np.array([self.targets.index(target) for target in targets])
        copies = [_rows_alone(shared, owners == place) for place in range(len(self.targets))]
        places = np.arange(len(owners)), owners
        which = csr_array((np.ones(len(owners)), places), (len(owners), len(self.targets)))
        return hstack([shared, *copies, which]).tocsr()

    def names(self) -> list[str]:
        """Return what each column is: a word or letters, and the target if it is a copy."""
        shared = [f"word: {name}" for name in self.words.get_feature_names_out()]
        shared += [f"letters: {name}" for name in self.letters.get_feature_names_out()]
        copies = [f"{name} [{target}]" for target in self.targets for name in shared]
        return [*shared, *copies, *(f"target: {target}" for target in self.targets)]


def _rows_alone(shared: Any, own: NDArray[np.bool_]) -> Any:
    """Return the matrix with nothing in the rows of other targets."""
    from scipy.sparse import csr_array

    alone = csr_array(shared.multiply(own.astype(np.float64)[:, None]))
    alone.eliminate_zeros()
    return alone


def fit_text_features(texts: Sequence[str], targets: Sequence[str]) -> TextFeatures:
    """Learn the vocabulary of texts: one to three words (negation marked), two to five letters.

    Hashtags are parted into their words, and letters taken within words: chosen among seven such
    settings by cross-validation on the training tweets of SemEval-2016 Task 6.

    References
    ----------
    Mohammad, Kiritchenko, Sobhani, Zhu and Cherry (2016), SemEval-2016 Task 6, for words and
    letters; Daumé (2007), ACL, for shared features and copies; Pang, Lee and Vaithyanathan (2002),
    EMNLP, for marks of negation.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    cleaned = [clean(text) for text in texts]
    words = TfidfVectorizer(
        tokenizer=words_of,
        token_pattern=None,
        lowercase=False,
        ngram_range=(1, 3),
        sublinear_tf=True,
    )
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    return TextFeatures(words.fit(cleaned), letters.fit(cleaned), tuple(sorted(set(targets))))


def clean(text: str) -> str:
    """Return a text with addresses as one word, the words of hashtags apart, each space single."""
    return " ".join(_HASHTAG.sub(_with_words, _ADDRESS.sub("URL", text)).split())


def _with_words(hashtag: re.Match[str]) -> str:
    """Return a hashtag, and after it the words that capitals show it to be made of."""
    words = _CAMEL.sub(" ", hashtag.group(1))
    return f"{hashtag.group()} {words}" if " " in words else hashtag.group()


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, those that a negator reaches marked."""
    found, left = [], 0
    for word in _WORDS.findall(text.lower()):
        marked = left > 0 and word[0].isalnum()
        found.append(f"{word}_NEG" if marked else word)
        if _NEGATION.search(word):
            left = REACH
        elif word in _STOPS:
            left = 0
        else:
            left -= 1
    return found
