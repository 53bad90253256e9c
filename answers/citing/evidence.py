"""How much of what a sentence says stands in another text: shared stems, weighted by how rare the words are.

Knows no questions, answers or citations; two callers do (`citations`, `quoted`).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from math import log

from hebrew.folding import stem, strip_prefix
from hebrew.letters import PREFIXES
from hebrew.lexicon import frequency
from hebrew.sentences import sentences
from hebrew.terms import Term, question_terms
from hebrew.tokens import QUESTION_WORDS, tokens, written_words

_CACHED_TEXTS, _CACHED_STATEMENTS = 64, 16

Wanted = Mapping[frozenset[str], float]
"""What is looked for: the possible stems of a word -> its weight."""

_PARAGRAPHS = 350_000
"""The number of paragraphs that the lexicon counts."""
_UNKNOWN = log(_PARAGRAPHS / 2)
"""The weight of words that the lexicon does not have."""
_RESEMBLING = 0.75
"""Of the letters of a name, the share that other spellings and other forms of it have in common, in their order."""
_TOO_LITTLE = 6.0
"""The weight of one word that stands in every thousandth paragraph: what says less ("yes, it may") says nothing."""
_SHORTEST_PREFIXED = 4
_ALL = 0.99
"""The shares of the terms that stand for a word add up to one when all of it is there."""
_WORTH_ANOTHER_SENTENCE = 0.25
"""A neighbouring sentence joins the best one when it holds at least this share of what was looked for."""


def wanted_in(words: Iterable[str]) -> dict[frozenset[str], float]:
    """What to look for, for some folded tokens. Weights are inverse document frequencies, ln(paragraphs / found in)."""
    return {_forms(word): _weight(word) for word in words}


def stems(text: str) -> frozenset[str]:
    """All possible stems of the words of a text."""
    return frozenset(form for word in tokens(text) for form in _forms(word))


def found_in(wanted: Wanted, found: frozenset[str]) -> set[frozenset[str]]:
    """Which of the wanted words are among the stems of a text."""
    return {forms for forms in wanted if not forms.isdisjoint(found)}


def stood_for(terms: Iterable[Term], found: frozenset[str]) -> frozenset[str]:
    """The stems of those words of a question in whose place all of something else is among the stems of a text."""
    shares: dict[int, float] = defaultdict(float)
    terms = tuple(terms)
    for term in terms:
        if term.kind != "word" and stem(term.token) in found:
            shares[term.word] += term.share
    return frozenset(stem(term.token) for term in terms if term.kind == "word" and shares[term.word] >= _ALL)


def weight_of(wanted: Wanted, some: Collection[frozenset[str]]) -> float:
    """The sum of the weights of some of the wanted words."""
    return sum(wanted[forms] for forms in some)


def overlap(statement: str, texts: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """How much of what the words of a statement say stands in some texts together: its share by weight, 0 to 1.

    And the words that no list of words has and that resemble none of the texts', as names do that are others. Numbers
    aside. A statement of too few words, or in another script than the texts, cannot be compared and has its full share.
    """
    words = {_forms(forms[0]): forms[0] for forms in written_words(statement) if forms[0][0].isalpha()}
    wanted = wanted_in(word for word in words.values() if word not in QUESTION_WORDS)
    total = sum(wanted.values())
    if total < _TOO_LITTLE or _script(statement) != _script("".join(texts)):
        return 1.0, ()
    there = frozenset(form for text in texts for _, _, found in _sentences_of(text) for form in found)
    missing = wanted.keys() - found_in(wanted, there)
    if missing:
        missing -= found_in(wanted, stood_for(question_terms(statement), there))
    unknown = [words[forms] for forms in missing if wanted[forms] >= _UNKNOWN]
    said = {token for text in texts for token in tokens(text)} if unknown else set()
    strange = tuple(word for word in unknown if not get_close_matches(word, said, 1, _RESEMBLING))
    return 1 - weight_of(wanted, missing) / total, strange


def supporting_span(text: str, statement: str) -> tuple[int, int]:
    """Start and end of the sentence of `text` that says most of `statement`, and of a neighbour that adds a good part.

    The whole text where no sentence shares a word with the statement.
    """
    wanted, terms = _said(statement)
    read = _sentences_of(text)
    found = [found_in(wanted, there | stood_for(terms, there)) for _, _, there in read]
    best = max(range(len(read)), key=lambda at: weight_of(wanted, found[at]), default=0)
    if not read or not found[best]:
        return 0, len(text)
    neighbours = [at for at in (best - 1, best + 1) if 0 <= at < len(read)]
    other = max(neighbours, key=lambda at: weight_of(wanted, found[at] - found[best]), default=best)
    if weight_of(wanted, found[other] - found[best]) < _WORTH_ANOTHER_SENTENCE * sum(wanted.values()):
        other = best
    return read[min(best, other)][0], read[max(best, other)][1]


@lru_cache(_CACHED_STATEMENTS)
def _said(statement: str) -> tuple[Wanted, tuple[Term, ...]]:
    """What to look for, for a statement; each of its marks asks for it."""
    return wanted_in(forms[0] for forms in written_words(statement)), question_terms(statement)


@lru_cache(_CACHED_TEXTS)
def _sentences_of(text: str) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """Start, end and stems of the sentences of a text; the same sources are looked at for every mark of an answer."""
    return tuple((start, end, stems(text[start:end])) for start, end in sentences(text))


def _script(text: str) -> int:
    """Which script most letters of a text have: the number of the block of 256 characters they are from."""
    return Counter(ord(letter) >> 8 for letter in text if letter.isalpha()).most_common(1)[0][0] if text else 0


def _forms(word: str) -> frozenset[str]:
    """The stem, and the one without a first letter that may be a prefix: the lexicon does not know every word."""
    prefixed = len(word) >= _SHORTEST_PREFIXED and word[0] in PREFIXES
    return frozenset((stem(word), stem(word[1:]))) if prefixed else frozenset((stem(word),))


def _weight(word: str) -> float:
    return max(0.0, log(_PARAGRAPHS / (1 + max(frequency(word), frequency(strip_prefix(word))))))
