"""A question as its answer is looked for: its telling words, how rare each is, and the kind of thing it asks for."""

from dataclasses import dataclass
from functools import lru_cache

from answers.citing.evidence import stems, wanted_in
from hebrew.kinds import Kind, kind_asked
from hebrew.terms import asked_words
from hebrew.tokens import QUESTION_WORDS, tokens

_LEAST_WEIGHT = 0.3
"""For a word that stands nearly everywhere: it says little, but not nothing."""
_CACHED_WORDS = 1 << 16


@dataclass(frozen=True, slots=True)
class Asked:
    """A question.

    `words` are its telling words in order, each as its possible stems; `typed` the same as tokens; `weights` how rare
    they are, which sum to 1. `said` are the tokens of all its words, `said_stems` their possible stems.
    """

    words: tuple[frozenset[str], ...]
    typed: tuple[str, ...]
    weights: tuple[float, ...]
    said: frozenset[str]
    said_stems: frozenset[str]
    kind: Kind


def understood(question: str) -> Asked:
    """The question, each of its telling words once; there may be none."""
    typed: dict[frozenset[str], str] = {}
    for word in asked_words(question):
        if word.token not in QUESTION_WORDS:
            typed.setdefault(forms(word.token), word.token)
    weights = [max(_LEAST_WEIGHT, rarity(word)) for word in typed.values()]
    said = frozenset(tokens(question))
    return Asked(
        words=tuple(typed),
        typed=tuple(typed.values()),
        weights=tuple(weight / sum(weights) for weight in weights),
        said=said,
        said_stems=frozenset().union(*map(forms, said)),
        kind=kind_asked(question),
    )


@lru_cache(_CACHED_WORDS)
def forms(word: str) -> frozenset[str]:
    """The possible stems of a token."""
    return stems(word)


@lru_cache(_CACHED_WORDS)
def rarity(word: str) -> float:
    """The inverse document frequency of a token in general Hebrew, 0 to 12.8."""
    return next(iter(wanted_in([word]).values()))
