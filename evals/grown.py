"""As many passages as are wanted, out of fewer real ones: their sentences, dealt out anew.

Each passage has as many sentences as a real one, each from any place, so that the words stay as common as they are;
what is lost is that sentences of one passage belong together. Knows nothing of indexes.
"""

import random
from collections.abc import Iterator, Sequence

from evals.questions import Passage
from hebrew.sentences import sentences
from indexes.chunk import Chunk, Span

CHUNKS_OF_DOCUMENT = 100


def grown_documents(passages: Sequence[Passage], size: int, collection_id: str, seed: int = 1) -> Iterator[list[Chunk]]:
    """The chunks of one document after the other, `size` in all; for a larger size, the same ones come first."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    dealt, counts = [], []
    for passage in passages:
        found = [passage.text[start:end] for start, end in sentences(passage.text)]
        dealt += found
        counts.append(len(found))
    for first in range(0, size, CHUNKS_OF_DOCUMENT):
        document_id = f"{collection_id}-{first // CHUNKS_OF_DOCUMENT}"
        title = chance.choice(passages).title
        chunks = []
        for number in range(min(CHUNKS_OF_DOCUMENT, size - first)):
            text = " ".join(chance.choices(dealt, k=max(1, chance.choice(counts))))
            place = (Span(1, 0, len(text)),)
            chunks.append(Chunk(f"{document_id}-{number}", document_id, collection_id, title, (), place, text))
        yield chunks
