"""Passages that questions are asked over beside their own, read from files. Knows no questions.

A file has questions with paragraphs (HeQ, ParaShoot), and then its paragraphs count, or it has a passage in each
object: `id` or `_id`, `title`, `text`; that is also a BEIR corpus.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from evals.question_files import Entry, Unreadable, entries_of, has_paragraphs, packed_or_not, with_paragraphs
from evals.questions import Passage


def read_pool(paths: Iterable[Path], limit: int | None = None) -> Iterator[Passage]:
    """The passages of those files, one file after the other. Raises `Unreadable`, `FileNotFoundError`.

    With a `limit`, of a file of plain passages at most so many: first those whose `source` says that they are of a
    wiki, being most like the paragraphs of the questions, then the rest; each in an order that is mixed and always the
    same. Files of questions always count whole. A folder stands for the `corpus.jsonl` in it.
    """
    for given in paths:
        path = packed_or_not(given / "corpus.jsonl") if given.is_dir() else given
        entries = entries_of(path)
        if has_paragraphs(entries):
            yield from with_paragraphs(entries, path.name.partition(".")[0]).passages
        else:
            yield from _plain(path, entries, limit)


def _plain(path: Path, entries: Sequence[Entry], limit: int | None) -> Iterator[Passage]:
    if not all("text" in entry for entry in entries):
        raise Unreadable(f"{path}: an object without `text`, in a file without questions and paragraphs")
    if limit is not None and limit < len(entries):
        entries = sorted(entries, key=_wiki_first)[:limit]
    for number, entry in enumerate(entries):
        id_ = str(entry.get("_id") or entry.get("id") or f"{path.name}-{number}")
        yield Passage(id_, str(entry.get("title") or ""), str(entry["text"]))


def _wiki_first(entry: Entry) -> tuple[bool, bytes]:
    mixed = blake2b(str(entry.get("id", entry["text"])).encode(), digest_size=8).digest()
    return "wiki" not in str(entry.get("source", "")).lower(), mixed
