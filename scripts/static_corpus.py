"""Paragraphs as numbers of tokens, and the pairs that the static embedder learns from.

A pair is something short (`asked`) and the paragraph that it belongs to: its title, or one of its own sentences, which
is taken out of it ("inverse cloze", Lee et al. 2019, arXiv 1906.00300). Knows nothing of vectors.
"""

import json
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hebrew.folding import strip_prefix
from hebrew.sentences import sentences
from hebrew.tokens import tokens

Numbers = npt.NDArray[np.int64]
SHORTEST_PARAGRAPH = 8
_FEWEST_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Bags:
    """Several lists of tokens in one array: list i is `tokens[starts[i]:starts[i + 1]]`; the last one goes on."""

    tokens: Numbers
    starts: Numbers


@dataclass(frozen=True, slots=True)
class Pairing:
    """How pairs are made; all are shares from 0 to 1."""

    titles: float = 0.35
    """Pairs that begin with the title, where there is one."""
    shortened: float = 0.7
    """Sentences cut to 3 to 10 words, as questions are short."""
    neighbours: float = 0.5
    """Those of them whose words stand side by side; of the others they are from anywhere in the sentence."""
    headed: float = 0.5
    """Paragraphs that begin with their title, where it is not the other half."""
    apart: float = 0.6
    """Pairs whose paragraph loses the words of the other half, so that meaning has to do without them."""
    thinned: float = 0.5
    """Paragraphs that lose up to `lost` of their words, as documents have short passages too."""
    lost: float = 0.7


def read(path: Path) -> list[list[list[str]]]:
    """Of each paragraph its title and its sentences, each a list of folded words without their prefixes."""
    paragraphs = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            parts = [row["title"], *(row["text"][start:end] for start, end in sentences(row["text"]))]
            paragraphs.append([[strip_prefix(token) for token in tokens(part)] for part in parts])
    return paragraphs


class Corpus:
    """Paragraphs of at least `SHORTEST_PARAGRAPH` tokens that have a title or several sentences."""

    def __init__(self, paragraphs: Sequence[list[list[str]]], encode: Callable[[str], Numbers]) -> None:
        """`encode` gives the tokens of a word."""
        known: dict[str, Numbers] = {}

        def of(words: list[str]) -> Numbers:
            found = [known[each] if each in known else known.setdefault(each, encode(each)) for each in words]
            return np.concatenate([np.zeros(0, np.int64), *found])

        subjects: dict[str, int] = {}
        titles, texts, parts, subject = [], [], [], []
        for title, *rest in paragraphs:
            inside = [each for each in map(of, rest) if len(each)]
            if sum(map(len, inside)) < SHORTEST_PARAGRAPH or (len(inside) < _FEWEST_SENTENCES and not title):
                continue
            titles.append(of(title))
            texts.append(np.concatenate(inside))
            parts.append(np.repeat(np.arange(len(inside)), [len(each) for each in inside]))
            key = " ".join(title) or f"untitled {len(texts)}"
            subject.append(subjects.setdefault(key, len(subjects)))
        self.subjects = np.array(subject)
        """Which paragraphs have the same title."""
        self._titles, self._texts = _joined(titles), _joined(texts)
        self._parts = np.concatenate(parts)
        self._sentences = np.array([each[-1] + 1 for each in parts])

    def __len__(self) -> int:
        return len(self.subjects)

    def pairs(self, chosen: Numbers, pairing: Pairing, chance: np.random.Generator) -> tuple[Bags, Bags]:
        """What is asked and the paragraph, for each of the chosen paragraphs."""
        size = len(chosen)
        by_title, title_tokens = _gather(self._titles, chosen)
        owner, at = _gather_places(self._texts, chosen)
        text_tokens = self._texts.tokens[at]
        has_title = np.bincount(by_title, minlength=size) > 0
        alone = self._sentences[chosen] < _FEWEST_SENTENCES
        titled = has_title & ((chance.random(size) < pairing.titles) | alone)
        sentence = np.where(titled, -1, (chance.random(size) * self._sentences[chosen]).astype(np.int64))
        inside = self._parts[at] == sentence[owner]

        short = _shortened(owner[inside], size, pairing, chance)
        of_title = titled[by_title]
        asked_owner = np.concatenate((owner[inside][short], by_title[of_title]))
        asked = np.concatenate((text_tokens[inside][short], title_tokens[of_title]))
        beside = ~of_title & (chance.random(size) < pairing.headed)[by_title]
        rest_owner = np.concatenate((owner[~inside], by_title[beside]))
        rest = np.concatenate((text_tokens[~inside], title_tokens[beside]))

        base = 1 + int(max(text_tokens.max(), title_tokens.max(initial=0)))
        asked_keys = np.unique(asked_owner * base + asked)
        rest_keys = rest_owner * base + rest
        apart = (chance.random(size) < pairing.apart)[rest_owner] & np.isin(rest_keys, asked_keys)
        lost = np.where(chance.random(size) < pairing.thinned, chance.random(size) * pairing.lost, 0)
        kept = np.sort(rest_keys[~apart & (chance.random(len(rest)) >= lost[rest_owner])])
        return _bags(asked_keys, base, size), _bags(kept, base, size)


def _shortened(owner: Numbers, size: int, pairing: Pairing, chance: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Which tokens of the sentences stay."""
    lengths = np.bincount(owner, minlength=size)
    wanted = np.where(
        chance.random(size) < pairing.shortened, np.minimum(chance.integers(3, 11, size), lengths), lengths
    )
    place = np.arange(len(owner)) - (np.cumsum(lengths) - lengths)[owner]
    first = (chance.random(size) * (lengths - wanted + 1)).astype(np.int64)
    neighbours = (place >= first[owner]) & (place < (first + wanted)[owner])
    scattered = chance.random(len(owner)) < (wanted / np.maximum(lengths, 1))[owner]
    return np.where((chance.random(size) < pairing.neighbours)[owner], neighbours, scattered)


def _joined(lists: Sequence[Numbers]) -> Bags:
    return Bags(np.concatenate(lists), np.cumsum([0, *map(len, lists)]))


def _gather_places(bags: Bags, chosen: Numbers) -> tuple[Numbers, Numbers]:
    """For each token of the chosen lists: which of the chosen it belongs to, and its place in `bags.tokens`."""
    starts, lengths = bags.starts[chosen], bags.starts[chosen + 1] - bags.starts[chosen]
    owner = np.repeat(np.arange(len(chosen)), lengths)
    return owner, np.arange(len(owner)) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)


def _gather(bags: Bags, chosen: Numbers) -> tuple[Numbers, Numbers]:
    owner, places = _gather_places(bags, chosen)
    return owner, bags.tokens[places]


def _bags(keys: Numbers, base: int, size: int) -> Bags:
    return Bags(keys % base, np.searchsorted(keys // base, np.arange(size)))
