"""Answer metrics over the sample collection, in quotation mode: `python -m evals.answers`.

For every question of `ingest/samples/questions.json`: whether the expected passage was found, whether the answer cites
it, and whether what the documents do not answer was refused. Needs no model and no data beside the project.
"""

import asyncio
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answers.answer import Answer
from answers.conversation import answer
from answers.means import Means
from indexes.accept import accept, pieces_of
from indexes.chunk import Hit
from indexes.index import Embedder
from indexes.local import LocalIndex, index_folder
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from ingest.chunker import chunk
from ingest.readers import read
from ingest.samples import FOLDER, sample_files
from ingest.settings import IngestSettings

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was expected (`document` is None for what the documents do not say), and what came."""

    question: str
    document: str | None
    quote: str
    rank: int
    answer: Answer
    cited: bool

    @property
    def right(self) -> bool:
        """Whether the answer is what it should be: a citation of the expected passage, or a refusal."""
        return self.answer.refusal if self.document is None else self.cited


def ask_all(data: Path) -> Iterator[Asked]:
    """Fills the empty folder `data` with the sample collection and asks every question of it."""
    storage = open_storage(IndexSettings(data=data))
    search = open_search(storage)
    collection_id = _fill(storage, search.embedder)
    for entry in json.loads((FOLDER / "questions.json").read_text(encoding="utf-8")):
        question, document, quote = entry["question"], entry.get("document"), _flat(entry.get("quote", ""))
        hits = search.search([collection_id], question, LIMIT)
        final = asyncio.run(_last(question, collection_id, Means(search, storage.passages, None, LIMIT)))
        quotes = " ".join(_flat(citation.quote) for citation in final.citations)
        yield Asked(question, document, quote, _rank(hits, quote), final, bool(quote) and quote in quotes)


def _fill(storage: Storage, embedder: Embedder) -> str:
    collection = storage.catalogue.collection_named("samples")
    index = LocalIndex(index_folder(storage.settings.data, collection.id), embedder)
    for path in sample_files():
        record, _ = accept(
            storage.catalogue, storage.files, collection.id, path.name, pieces_of(path), storage.settings.max_upload
        )
        document = read(path, path.name, None, lambda _done, _total: None)
        chunks = chunk(document, record.id, collection.id, IngestSettings().chunk_characters)
        storage.passages.store(record.id, document.pages, chunks)
        index.add(record.id, chunks)
    return collection.id


async def _last(question: str, collection_id: str, means: Means) -> Answer:
    final = Answer("")
    async for part in answer(question, (), [collection_id], means):
        final = part
    return final


def _rank(hits: Sequence[Hit], quote: str) -> int:
    """The place of the first hit that holds the quotation, from 1; 0 when none does."""
    return next((place for place, hit in enumerate(hits, 1) if quote and quote in _flat(hit.chunk.text)), 0)


def _flat(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Prints one line per wrong answer, and the shares."""
    with tempfile.TemporaryDirectory() as folder:
        asked = list(ask_all(Path(folder)))
    known = [one for one in asked if one.document is not None]
    unknown = [one for one in asked if one.document is None]
    for one in asked:
        if not one.right:
            print(f"rank {one.rank}  {'refused' if one.answer.refusal else 'answered'}  {one.question}")
    print(f"expected passage first            {sum(one.rank == 1 for one in known)}/{len(known)}")
    print(f"expected passage in the first {LIMIT}   {sum(one.rank > 0 for one in known)}/{len(known)}")
    print(f"answer cites the expected words   {sum(one.right for one in known)}/{len(known)}")
    print(f"answerable, and refused           {sum(one.answer.refusal for one in known)}/{len(known)}")
    print(f"unanswerable, and refused         {sum(one.right for one in unknown)}/{len(unknown)}")


if __name__ == "__main__":
    main()
