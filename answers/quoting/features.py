"""What speaks for a sentence as the answer to a question: numbers with names, most of them from 0 to 1.

What of the question stands in it, before it, after it and over it; what it says that the question does not; where it
stands; how well the search thinks of its passage. Which of them counts how much is in `weights.json`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from answers.citing.evidence import stems, stood_for
from answers.quoting.asked import Asked, forms, rarity
from answers.quoting.pieces import Piece, pieces
from answers.quoting.weights import Features
from hebrew.kinds import signs
from hebrew.tokens import tokens
from indexes.chunk import Hit

_NEAR = 10
"""Words in a row."""
_MOST_RARITY = 9.0
"""A word that the lexicon does not know is no more news than one that stands in forty paragraphs."""
_CACHED_WORDS = 1 << 16
_SHORTEST_PART = 4
_GRAM = 3
_LEAST_ALIKE = 0.35
"""The share of three-letter pieces in common (Jaccard) from which words may be one."""
_PARTS = ("near12", "titled", "meaning", "covered", "words")
"""What the search says of a hit that is used here."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of hit number `rank`: its tokens, the stems of each, and for each word of the question if it is there.

    `over` says the same of what stands over it: title, headings, the line that leads to a list.
    """

    rank: int
    piece: Piece
    text: str
    words: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    found: tuple[bool, ...]
    over: tuple[bool, ...]


def read(asked: Asked, hits: Sequence[Hit]) -> list[list[Sentence]]:
    """The sentences of every hit, each compared with the question."""
    return [list(_read(asked, hit, rank)) for rank, hit in enumerate(hits)]


def _read(asked: Asked, hit: Hit, rank: int) -> Iterator[Sentence]:
    head = stems(hit.chunk.head)
    for piece in pieces(hit.chunk):
        text = hit.chunk.text[piece.start : piece.end]
        words = tuple(tokens(text))
        each = tuple(map(forms, words))
        over = head | stems(piece.over)
        yield Sentence(
            rank, piece, text, words, each, _found(asked, hit, frozenset().union(*each)), _found(asked, hit, over)
        )


def _found(asked: Asked, hit: Hit, there: frozenset[str]) -> tuple[bool, ...]:
    """Which words of the question stand among stems, themselves or what an acronym or a glossary has for them."""
    there |= stood_for(hit.terms, there)
    return tuple(not word.isdisjoint(there) for word in asked.words)


def features(asked: Asked, hits: Sequence[Hit], passages: Sequence[Sequence[Sentence]]) -> Iterator[Features]:
    """The features of every sentence of every passage, in order."""
    every = [sentence for passage in passages for sentence in passage]
    here = _rarity_here(asked, every)
    best = max((hit.score for hit in hits), default=0.0)
    for hit, passage in zip(hits, passages, strict=True):
        of_hit = _of_hit(asked, hit, passage, best)
        covered = [_share(asked.weights, sentence.found) for sentence in passage]
        for at, sentence in enumerate(passage):
            yield {
                **of_hit,
                **_of_words(asked, sentence, here),
                **_of_neighbours(asked, passage, at, here),
                **_among(covered, at),
                **_of_text(asked, sentence, at / len(passage)),
            }


def _rarity_here(asked: Asked, every: Sequence[Sentence]) -> tuple[float, ...]:
    """The weights of the words of a question by how few of the found sentences have them; they sum to 1."""
    counts = [sum(sentence.found[word] for sentence in every) for word in range(len(asked.words))]
    rarities = [log((len(every) + 1) / (count + 0.5)) for count in counts]
    return tuple(each / sum(rarities) for each in rarities)


def _share(weights: Sequence[float], found: Sequence[bool], but: Sequence[bool] = ()) -> float:
    """The weight of the words that are found, except those which are elsewhere."""
    elsewhere = but or (False,) * len(found)
    return sum(weight for weight, here, there in zip(weights, found, elsewhere, strict=True) if here and not there)


def _of_hit(asked: Asked, hit: Hit, passage: Sequence[Sentence], best: float) -> Features:
    rank = passage[0].rank
    anywhere = tuple(map(any, zip(*(sentence.found for sentence in passage), passage[0].over, strict=True)))
    return {
        "rank": log(1 + rank),
        "first hit": float(rank == 0),
        "second hit": float(rank == 1),
        "score": hit.score / best if best > 0 else 1.0,
        "passage covered": _share(asked.weights, anywhere),
        **{f"search {name}": hit.parts.get(name, 0.0) for name in _PARTS},
    }


def _of_words(asked: Asked, sentence: Sentence, here: Sequence[float]) -> Features:
    places = [[at for at, each in enumerate(sentence.stems) if not word.isdisjoint(each)] for word in asked.words]
    side_by_side = [min(pair) for pair in pairwise(asked.weights)]
    in_order = [any(0 < b - a < _GRAM for a in first for b in second) for first, second in pairwise(places)]
    return {
        "covered": _share(asked.weights, sentence.found),
        "covered here": _share(here, sentence.found),
        "as typed": _share(asked.weights, [word in sentence.words for word in asked.typed]),
        "in part": _in_part(asked, sentence),
        "nothing": float(not any(sentence.found)),
        "first word": float(sentence.found[0]),
        "last word": float(sentence.found[-1]),
        "near": _near(asked, places),
        "in order": _share(side_by_side, in_order) / (sum(side_by_side) or 1.0),
        "over": _share(asked.weights, sentence.over, sentence.found),
    }


def _near(asked: Asked, places: Sequence[Sequence[int]]) -> float:
    """The most of the question that stands within a few words of the sentence."""
    there = sorted((place, word) for word, each in enumerate(places) for place in each)
    windows = ({word for place, word in there if first <= place < first + _NEAR} for first, _ in there)
    return max((sum(asked.weights[word] for word in window) for window in windows), default=0.0)


def _in_part(asked: Asked, sentence: Sentence) -> float:
    """How much of the other words stands there in part: the letters of a word in common with one of the sentence."""
    missing = [
        (typed, weight)
        for typed, weight, found in zip(asked.typed, asked.weights, sentence.found, strict=True)
        if not found and len(typed) >= _SHORTEST_PART
    ]
    others = [_grams(word) for word in set(sentence.words) if len(word) >= _SHORTEST_PART] if missing else []
    alike = [(max((_alike(_grams(typed), each) for each in others), default=0.0), weight) for typed, weight in missing]
    return sum(share * weight for share, weight in alike if share >= _LEAST_ALIKE)


@lru_cache(_CACHED_WORDS)
def _grams(word: str) -> frozenset[str]:
    bounded = f"_{word}_"
    return frozenset(bounded[at : at + _GRAM] for at in range(len(bounded) - _GRAM + 1))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _of_neighbours(asked: Asked, passage: Sequence[Sentence], at: int, here: Sequence[float]) -> Features:
    found = passage[at].found
    before = passage[at - 1].found if at else (False,) * len(found)
    after = passage[at + 1].found if at + 1 < len(passage) else (False,) * len(found)
    return {
        "before": _share(asked.weights, before, found),
        "after": _share(asked.weights, after, found),
        "before here": _share(here, before, found),
        "after here": _share(here, after, found),
    }


def _among(covered: Sequence[float], at: int) -> Features:
    """How the sentence stands beside the one of its passage that covers most."""
    best = max(range(len(covered)), key=covered.__getitem__)
    return {
        "less than best": covered[best] - covered[at],
        "is best": float(at == best),
        "after best": float(at == best + 1),
        "before best": float(at == best - 1),
        "last": float(at == len(covered) - 1),
    }


def _of_text(asked: Asked, sentence: Sentence, place: float) -> Features:
    """What the sentence says, and where it stands."""
    new = {word for word, each in zip(sentence.words, sentence.stems, strict=True) if each.isdisjoint(asked.said_stems)}
    news = sum(min(rarity(word), _MOST_RARITY) for word in new)
    length = log(1 + len(sentence.words))
    return {
        "length": length,
        "length squared": length * length,
        "news": log(1 + news),
        "first": float(place == 0),
        "place": place,
        "question": float("?" in sentence.text),
        **{f"{asked.kind}: {sign}": value for sign, value in signs(sentence.text, sentence.words, asked.said).items()},
        f"{asked.kind}: length": length,
    }
