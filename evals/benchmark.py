"""Questions whose answering passages are known, and the pool of passages they are asked over.

Knows the forms of the development data; nothing of indexes.
"""

import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the pool, with the title of the text it is from."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids of the passages that answer it."""

    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions over passages. Every relevant id is the id of a passage."""

    questions: tuple[Question, ...]
    passages: tuple[Passage, ...]


def load(name: str, folder: Path, pool: int) -> Benchmark:
    """The set `name` (a key of `SETS`) of `folder`, with `pool` paragraphs that answer nothing added.

    Paragraphs of Wikipedia come first, being most like those of the questions; the rest in an order that is mixed and
    always the same. Raises `FileNotFoundError`.
    """
    benchmark = SETS[name](folder)
    return Benchmark(benchmark.questions, (*benchmark.passages, *_distractors(folder, pool)))


def _heq(folder: Path) -> Benchmark:
    articles = json.loads((folder / "heq_val.json").read_text(encoding="utf-8"))["data"]
    return _from_paragraphs(
        (article["title"], paragraph["context"], entry["question"])
        for article in articles
        for paragraph in article["paragraphs"]
        for entry in paragraph["qas"]
        if not entry["is_impossible"]
    )


def _parashoot(file: str) -> Callable[[Path], Benchmark]:
    def read(folder: Path) -> Benchmark:
        entries = json.loads((folder / file).read_text(encoding="utf-8"))["data"]
        return _from_paragraphs((entry["title"], entry["context"], entry["question"]) for entry in entries)

    return read


def _services(folder: Path) -> Benchmark:
    relevant: dict[str, set[str]] = {}
    judged = (folder / "services" / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for question_id, passage_id, score, *_ in (line.split("\t") for line in judged):
        if int(score) > 0:
            relevant.setdefault(question_id, set()).add(passage_id)
    questions = _lines((folder / "services" / "queries.jsonl").read_text(encoding="utf-8"))
    passages = _lines((folder / "services" / "corpus.jsonl").read_text(encoding="utf-8"))
    return Benchmark(
        tuple(
            Question(each["text"], frozenset(relevant[each["_id"]])) for each in questions if each["_id"] in relevant
        ),
        tuple(Passage(each["_id"], each["title"], each["text"]) for each in passages),
    )


SETS: dict[str, Callable[[Path], Benchmark]] = {
    "heq_val": _heq,
    "parashoot_dev": _parashoot("parashoot_dev.json"),
    "parashoot_train": _parashoot("parashoot_train.json"),
    "services": _services,
}
"""Readers of the question sets by name. `parashoot_train` is for fitting: the reranker has seen its answers."""


def _from_paragraphs(entries: Iterator[tuple[str, str, str]]) -> Benchmark:
    passages: dict[str, Passage] = {}
    questions = []
    for title, text, question in entries:
        passage = passages.setdefault(text, Passage(f"q{len(passages)}", title, text))
        questions.append(Question(question, frozenset({passage.id})))
    return Benchmark(tuple(questions), tuple(passages.values()))


def _distractors(folder: Path, count: int) -> Iterator[Passage]:
    entries = _lines(lzma.decompress((folder / "distractors.jsonl.xz").read_bytes()).decode()) if count else []
    mixed = sorted(entries, key=lambda each: ("he-wikipedia" not in each["source"], _digest(each["id"])))
    return (Passage(each["id"], each["title"], each["text"]) for each in mixed[:count])


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]
