"""BM25 over the words as they stand: what a search without Hebrew would find. Only for comparison."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

from hebrew.tokens import tokens

_K1, _B = 1.2, 0.75  # the usual values, those of Lucene


class PlainWords:
    """BM25 (Robertson and Zaragoza 2009) over surface tokens, no word of the question left out."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(tokens(text)) for text in texts]
        lengths = [each.total() for each in counts]
        mean = sum(lengths) / max(1, len(lengths))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._size = len(texts)
        for position, (each, length) in enumerate(zip(counts, lengths, strict=True)):
            norm = _K1 * (1 - _B + _B * length / mean) if mean else _K1
            for token, count in each.items():
                self._postings[token].append((position, count * (_K1 + 1) / (count + norm)))

    def ranked(self, question: str, limit: int) -> list[int]:
        """Positions of the best texts, best first; equal ones in their order."""
        scores: dict[int, float] = defaultdict(float)
        for token in tokens(question):
            postings = self._postings.get(token, [])
            idf = log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            for position, part in postings:
                scores[position] += idf * part
        return sorted(scores, key=lambda position: (-scores[position], position))[:limit]
