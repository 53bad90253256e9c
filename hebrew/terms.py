"""What to look for, for a question: its words, and what may stand for them in a document.

A pure function of the question and of the pairs of a glossary. Knows nothing of indexes or scores.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from hebrew.acronyms import acronyms
from hebrew.calendar import other_ways
from hebrew.folding import stem, strip_prefix
from hebrew.initials import ACRONYM, behind_prefixes, letters_of
from hebrew.lexicon import frequency
from hebrew.normalise import normalise
from hebrew.number_words import spelled
from hebrew.tokens import QUESTION_WORDS, question_tokens, tokens, written_words

Pair = tuple[str, str]
"""Two ways of saying the same, each of one word or several; either finds the other."""

Kind = Literal["word", "acronym", "number", "glossary"]

_WORTH: dict[Kind, float] = {"acronym": 0.5, "number": 0.5, "glossary": 0.7}
"""What finding all of a stand-in is worth beside the word (docs/log.md has the measurements)."""
_CACHED_GLOSSARIES = 64
_ORDINARY = 35
"""Paragraphs of 350,000 that make the letters of an acronym an ordinary word, which needs its mark."""
_SHORTEST = 3
"""Letters of a word behind its article."""


@dataclass(frozen=True, slots=True)
class Term:
    """One token to look for.

    `word` is the number, from 0, of the word of the question that it stands for; several terms may stand for one word.
    `weight` is what finding it is worth beside the word itself, 0 to 1. `kind` says why it is looked for: the word
    itself, or an acronym, a number or date, or an entry of the glossary in its place. `share` is its part of all that
    has to be found so that the word is found.
    """

    token: str
    word: int
    weight: float = 1.0
    kind: Kind = "word"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class StandIn:
    """Tokens that together may stand in a document for a word of a question, or for it and its neighbours."""

    tokens: tuple[str, ...]
    worth: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of a question as a token, and what may stand for it."""

    token: str
    stand_ins: tuple[StandIn, ...] = ()


_Stems = tuple[frozenset[str], ...]
"""The possible stems of words in a row."""
_Phrases = Mapping[str, Sequence[tuple[_Stems, StandIn]]]
"""By every stem of their first word: words in a row, and what may stand for those."""


def question_terms(question: str, glossary: Sequence[Pair] = ()) -> tuple[Term, ...]:
    """The terms of a question, its own words first, in their order; then what may stand for them.

    The tokens of a stand-in share its worth; of two terms of a word with one stem, the heavier is kept.
    """
    words = asked_words(question, glossary)
    own = [Term(word.token, number) for number, word in enumerate(words)]
    others = [
        Term(token, number, other.worth / len(other.tokens), other.kind, 1 / len(other.tokens))
        for number, word in enumerate(words)
        for other in word.stand_ins
        for token in other.tokens
    ]
    others.sort(key=lambda term: (term.word, -term.weight))
    first: dict[tuple[int, str], Term] = {}
    for term in (*own, *others):
        first.setdefault((term.word, stem(term.token)), term)
    return tuple(first.values())


def asked_words(question: str, glossary: Sequence[Pair] = ()) -> tuple[AskedWord, ...]:
    """The telling words of a question, in order, each with what may stand for it; all words when none is telling."""
    words = written_words(question)
    stand_ins: list[list[StandIn]] = [
        [StandIn(forms[1:], _WORTH["number"], "number")] if forms[1:] else [] for forms in words
    ]
    for way in other_ways(words):
        for at in range(way.start, way.end):
            stand_ins[at].append(StandIn(way.tokens, way.worth, "number"))
    for at, forms in enumerate(words):
        bare = strip_prefix(forms[0])
        stand_ins[at] += [StandIn((token,), _WORTH["number"], "number") for token in spelled(bare)]
        stand_ins[at] += _of_acronyms().get(bare, ())
    marked = frozenset(map(letters_of, ACRONYM.findall(normalise(question))))
    stems = tuple(_stems(forms[0]) | _as_acronym(forms[0], marked) for forms in words)
    for phrases in (_meanings(), _of_glossary(tuple(glossary))):
        for start, end, other in _said(stems, phrases):
            for at in range(start, end):
                stand_ins[at].append(other)
    asked = [AskedWord(forms[0], tuple(others)) for forms, others in zip(words, stand_ins, strict=True)]
    return tuple(word for word in asked if word.token not in QUESTION_WORDS) or tuple(asked)


def _said(stems: _Stems, phrases: _Phrases) -> Iterator[tuple[int, int, StandIn]]:
    """Where phrases stand in a question, and what may stand for them."""
    for start, first in enumerate(stems):
        for said, other in dict.fromkeys(phrase for form in first for phrase in phrases.get(form, ())):
            there = stems[start : start + len(said)]
            if len(there) == len(said) and not any(map(frozenset.isdisjoint, said, there)):
                yield start, start + len(said), other


def _stems(word: str) -> frozenset[str]:
    """The stem with and without a first letter that may be the article: a noun may begin with prefix letters itself."""
    return frozenset((stem(word), stem(word.removeprefix("ה")))) if len(word) > _SHORTEST else frozenset((stem(word),))


def _as_acronym(word: str, marked: Collection[str]) -> frozenset[str]:
    """The letters of the word, and those behind its prefix, as an acronym; of an ordinary word only if it is marked."""
    letters = letters_of(word)
    bases = (letters, *behind_prefixes(letters))
    return frozenset(f"={base}" for base in bases if letters in marked or frequency(base) < _ORDINARY)


@cache
def _of_acronyms() -> Mapping[str, Sequence[StandIn]]:
    """The meanings of acronyms by their tokens."""
    return {
        token: [_stand_in(meaning, "acronym") for meaning in acronym.meanings]
        for acronym in acronyms()
        for token in acronym.tokens
    }


@cache
def _meanings() -> _Phrases:
    """Acronyms by what they mean."""
    return _by_phrase((meaning, acronym.token, "acronym") for acronym in acronyms() for meaning in acronym.meanings)


@lru_cache(_CACHED_GLOSSARIES)
def _of_glossary(glossary: tuple[Pair, ...]) -> _Phrases:
    return _by_phrase((said, meant, "glossary") for pair in glossary for said, meant in (pair, pair[::-1]))


def _by_phrase(entries: Iterable[tuple[str, str, Kind]]) -> _Phrases:
    phrases: dict[str, list[tuple[_Stems, StandIn]]] = {}
    for said, meant, kind in entries:
        stems, other = _phrase(said), _stand_in(meant, kind)
        for first in stems[0] if stems and other.tokens else ():
            phrases.setdefault(first, []).append((stems, other))
    return phrases


def _phrase(said: str) -> _Stems:
    """An acronym is only itself: folded, its letters are too often another word."""
    words: list[frozenset[str]] = []
    for piece in normalise(said).split():
        if acronym := ACRONYM.search(piece):
            letters = letters_of(acronym[0])
            words.append(frozenset((f"={letters}", f"={letters.removeprefix('ה')}")))
        else:
            words += map(_stems, tokens(piece))
    return tuple(words)


def _stand_in(meant: str, kind: Kind) -> StandIn:
    return StandIn(tuple(question_tokens(meant)), _WORTH[kind], kind)
