"""What a search without Hebrew would find: BM25 over the words as they stand. Only for comparison.

`PlainWords` is written out here; `LibraryWords` is the library bm25s with its own tokenizer and defaults, which is not
part of an installation (only of the development extra).
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"\w+")
_K1, _B = 1.2, 0.75  # the usual values, those of Lucene


class PlainWords:
    r"""BM25 (Robertson and Zaragoza 2009) over `\w+` in lower case, no word of the question left out."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words: dict[str, int] = {}
        words, places, counts, lengths = array("i"), array("i"), array("i"), array("i")
        for place, text in enumerate(texts):
            found = Counter(self._words.setdefault(word, len(self._words)) for word in _words(text))
            words.extend(found.keys())
            counts.extend(found.values())
            places.extend([place] * len(found))
            lengths.append(found.total())
        self._size = len(texts)
        relative = np.array(lengths) / max(1.0, float(np.mean(lengths)) if lengths else 0.0)
        order = np.argsort(words, kind="stable")
        self._places = np.array(places, np.int32)[order]
        found_of = np.array(counts, np.float64)[order]
        norms = (_K1 * (1 - _B + _B * relative))[self._places]
        self._parts = found_of * (_K1 + 1) / (found_of + norms)
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(words, minlength=len(self._words)))))

    def ranked(self, question: str, limit: int) -> list[int]:
        """Positions of the best texts, best first; equal ones in their order."""
        scores = np.zeros(self._size)
        for word in _words(question):
            number = self._words.get(word)
            if number is not None:
                postings = slice(self._starts[number], self._starts[number + 1])
                size = self._starts[number + 1] - self._starts[number]
                idf = np.log(1 + (self._size - size + 0.5) / (size + 0.5))
                scores[self._places[postings]] += idf * self._parts[postings]
        return best_places(scores, limit)


class LibraryWords:
    """The library bm25s (Lù 2024): its default words (two letters and more, none left out) and its default BM25."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Raises `ModuleNotFoundError` where the library is not installed."""
        import bm25s  # noqa: PLC0415 - not part of an installation

        self._library: Any = bm25s
        self._index: Any = bm25s.BM25()
        self._index.index(bm25s.tokenize(list(texts), stopwords=None, show_progress=False), show_progress=False)

    def ranked(self, question: str, limit: int) -> list[int]:
        """Positions of the best texts, best first."""
        words = self._library.tokenize([question], stopwords=None, return_ids=False, show_progress=False)[0]
        return best_places(self._index.get_scores(words), limit)


def best_places(scores: npt.NDArray[np.floating], limit: int) -> list[int]:
    """Where the highest scores above 0 are, highest first, equal ones in their order."""
    (some,) = np.nonzero(scores > 0)
    if len(some) > limit:
        lowest = np.partition(scores[some], -limit)[-limit]
        some = some[scores[some] >= lowest]
    return [int(place) for place in some[np.argsort(-scores[some], kind="stable")][:limit]]


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in _WORD.finditer(text.lower()))
