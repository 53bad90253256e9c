"""A question as its answer is looked for: its telling words, how rare each is, and the kind of thing it asks for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from answers.citing.evidence import stems, wanted_in
from hebrew.kinds import Kind, asks_price, asks_whether, kind_asked
from hebrew.letters import is_hebrew
from hebrew.terms import asked_words
from hebrew.tokens import QUESTION_WORDS, tokens

_LEAST_WEIGHT = 0.3
"""For a word that stands nearly everywhere: it says little, but not nothing."""
_OF_EARLIER = 0.3
"""How much of its weight a word keeps that only the questions before the last one have."""
_QUESTIONS = re.compile(r"[^?]*[^\s?][^?]*\??")
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
    price: bool
    """Whether the number asked for is a sum of money."""
    literal: bool
    """Whether an answer has to name what the question names: it asks if something is so, or has no Hebrew word."""


def understood(question: str) -> Asked:
    """The question, each of its telling words once; there may be none.

    Where several are asked in a row, as in a conversation, the last one is to be answered, and those before it say what
    it is about; the kind of thing is that of the last one which names a kind.
    """
    *earlier, last = _QUESTIONS.findall(question) or [question]
    latest = frozenset[str]().union(*(forms(word.token) for word in asked_words(last)))
    typed: dict[frozenset[str], str] = {}
    for word in asked_words(question):
        if word.token not in QUESTION_WORDS:
            typed.setdefault(forms(word.token), word.token)
    is_told = any(not latest.isdisjoint(word) for word in typed) if earlier else False
    weights = [
        max(_LEAST_WEIGHT, rarity(token)) * (_OF_EARLIER if is_told and latest.isdisjoint(word) else 1.0)
        for word, token in typed.items()
    ]
    said = frozenset(tokens(question))
    asked: Kind = next((kind for each in (last, *reversed(earlier)) if (kind := kind_asked(each)) != "what"), "what")
    return Asked(
        words=tuple(typed),
        typed=tuple(typed.values()),
        weights=tuple(weight / sum(weights) for weight in weights),
        said=said,
        said_stems=frozenset().union(*map(forms, said)),
        kind=asked,
        price=asked == "number" and asks_price(question),
        literal=asks_whether(last) or not any(map(is_hebrew, typed.values())),
    )


@lru_cache(_CACHED_WORDS)
def forms(word: str) -> frozenset[str]:
    """The possible stems of a token."""
    return stems(word)


@lru_cache(_CACHED_WORDS)
def rarity(word: str) -> float:
    """The inverse document frequency of a token in general Hebrew, 0 to 12.8."""
    return next(iter(wanted_in([word]).values()))
