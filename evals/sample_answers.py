"""Answers over the sample collection, in quotation mode: whether each is what it should be.

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
from evals.sample_collection import open_samples
from evals.timing import time_answer
from indexes.chunk import Hit
from ingest.samples import FOLDER

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
    storage, search, collection_id = open_samples(data)
    means = Means(search, storage.passages, None, LIMIT, next_questions=0)
    for entry in json.loads((FOLDER / "questions.json").read_text(encoding="utf-8")):
        question, document, quote = entry["question"], entry.get("document"), _flat(entry.get("quote", ""))
        hits = search.search([collection_id], question, LIMIT)
        final = asyncio.run(time_answer(answer(question, (), [collection_id], means))).answer
        quotes = " ".join(_flat(citation.quote) for citation in final.citations)
        yield Asked(question, document, quote, _rank(hits, quote), final, bool(quote) and quote in quotes)


def _rank(hits: Sequence[Hit], quote: str) -> int:
    """The place of the first hit that holds the quotation, from 1; 0 when none does."""
    return next((place for place, hit in enumerate(hits, 1) if quote and quote in _flat(hit.chunk.text)), 0)


def _flat(text: str) -> str:
    return " ".join(text.split())


def print_samples() -> None:
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
