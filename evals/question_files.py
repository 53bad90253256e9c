"""Questions with their paragraphs, read from the files in which they are published.

HeQ and ParaShoot, which are forms of SQuAD (Rajpurkar et al. 2016): articles of paragraphs of questions, or a flat list
of questions with their paragraphs; as JSON or as a line of JSON for each. BEIR folders (Thakur et al. 2021). A user's
own questions are in `own_questions.py`. Lenient about what it does not need; what cannot be read raises `Unreadable`.
"""

import gzip
import json
import lzma
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.questions import Benchmark, Passage, Question, saying

Entry = Mapping[str, Any]
_UNPACK: Mapping[str, Callable[[bytes], bytes]] = {".xz": lzma.decompress, ".gz": gzip.decompress}


class Unreadable(ValueError):
    """A file is not in a form that is known. The message names the file."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question of a file and the passage it is about; `answered` is None where the file does not say."""

    question: str
    passage_id: str
    answered: bool | None
    answers: tuple[str, ...]

    def as_question(self) -> Question:
        return Question(self.question, {self.passage_id: 1.0}, self.passage_id, answers=self.answers)


def entries_of(path: Path) -> list[Entry]:
    """The objects of a file: those in a list, in the list `data` of an object, or one on each line (JSONL).

    The file may be packed by xz or gzip. Raises `Unreadable`, `FileNotFoundError`.
    """
    try:
        packed = path.read_bytes()
        text = _UNPACK.get(path.suffix, bytes)(packed).decode("utf-8-sig")
    except (UnicodeDecodeError, lzma.LZMAError, gzip.BadGzipFile, EOFError) as error:
        raise Unreadable(f"{path}: not a text in UTF-8 ({error})") from error
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        return _lines(path, text)
    if isinstance(whole, dict):
        whole = whole.get("data", [whole])
    if isinstance(whole, list) and all(isinstance(each, dict) for each in whole):
        return whole
    raise Unreadable(f"{path}: neither a list of objects, nor an object with such a list as `data`")


def _lines(path: Path, text: str) -> list[Entry]:
    found = list[Entry]()
    for number, line in enumerate(text.split("\n"), start=1):  # not splitlines: U+2028 may stand in a JSON string
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise Unreadable(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(entry, dict):
            raise Unreadable(f"{path}, line {number}: not an object")
        found.append(entry)
    return found


def has_paragraphs(entries: Sequence[Entry]) -> bool:
    """Whether these are questions with their paragraphs, as SQuAD, HeQ and ParaShoot have them."""
    return any("paragraphs" in entry or "context" in entry for entry in entries)


def with_paragraphs(entries: Sequence[Entry], name: str) -> Benchmark:
    """The questions, over all paragraphs of the file; equal paragraphs are one passage.

    A question cannot be answered when `is_impossible` says so; where that is missing, when it has an empty list of
    answers while others of the file have some. Ids of passages begin with `name`.
    """
    contexts, asked = dict[str, Passage](), list[_Asked]()
    for title, context, entries_of_it in _paragraphs(entries):
        passage = contexts.setdefault(saying(context), Passage(f"{name}-{len(contexts)}", title, context))
        asked += [
            _Asked(str(each["question"]), passage.id, _answered(each), tuple(_answers(each))) for each in entries_of_it
        ]
    some_answered = any(each.answered for each in asked)
    of_kind: dict[bool, list[Question]] = {True: [], False: []}
    for each in asked:
        of_kind[bool(each.answered or (each.answered is None and not some_answered))].append(each.as_question())
    return Benchmark(tuple(of_kind[True]), tuple(contexts.values()), tuple(of_kind[False]))


def _paragraphs(entries: Iterable[Entry]) -> Iterator[tuple[str, str, list[Entry]]]:
    """Title, text and questions of each paragraph, however deep in articles it stands."""
    for entry in entries:
        for paragraph in entry.get("paragraphs") or [entry]:
            title = str(paragraph.get("title") or entry.get("title") or "")
            context = str(paragraph.get("context") or "")
            questions = paragraph.get("qas") or [paragraph]
            if saying(context):
                yield title, context, [each for each in questions if str(each.get("question") or "").strip()]


def _answered(entry: Entry) -> bool | None:
    impossible = entry.get("is_impossible")
    if impossible is not None:
        return str(impossible).lower() not in ("true", "1")
    return True if any(_answers(entry)) else None


def _answers(entry: Entry) -> Iterator[str]:
    """The texts of the answers: a list of objects (SQuAD, HeQ), an object of lists (ParaShoot), or a text alone."""
    answers = entry.get("answers", entry.get("answer")) or ()
    if isinstance(answers, dict):
        answers = answers.get("text") or ()
    for each in [answers] if isinstance(answers, str) else answers:
        text = str(each.get("text") or "") if isinstance(each, dict) else str(each)
        if text.strip():
            yield text


def read_beir(folder: Path) -> Benchmark:
    """The judged questions of a BEIR folder over its passages: corpus.jsonl, queries.jsonl and qrels.

    Several judgement files in `qrels/` count together. A score is what finding the passage is worth; 0 and less is
    irrelevant. Questions without a relevant passage in the corpus are left out.
    """
    passages = tuple(Passage(*each) for each in _beir_lines(folder / "corpus.jsonl"))
    known = {passage.id for passage in passages}
    gains: dict[str, dict[str, float]] = {}
    for question_id, passage_id, score in _judgements(folder):
        if score > 0 and passage_id in known:
            gains.setdefault(question_id, {})[passage_id] = score
    asked = _beir_lines(folder / "queries.jsonl")
    return Benchmark(tuple(Question(text, gains[id_], id_) for id_, _, text in asked if id_ in gains), passages)


def _beir_lines(path: Path) -> list[tuple[str, str, str]]:
    """Id, title and text of every line."""
    entries = entries_of(packed_or_not(path))
    try:
        return [(str(each["_id"]), str(each.get("title") or ""), str(each["text"])) for each in entries]
    except KeyError as error:
        raise Unreadable(f"{path}: an object without {error}") from error


def packed_or_not(path: Path) -> Path:
    """The file of that name, or the one that is it with `.xz` or `.gz` added."""
    packed = (path.with_name(path.name + suffix) for suffix in _UNPACK)
    return next((each for each in packed if each.exists()), path)


def _judgements(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Question id, passage id and score, from the BEIR form (three columns) or that of TREC (a 0 as the second)."""
    paths = sorted((folder / "qrels").glob("*.tsv")) or [folder / "qrels.tsv"]
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
            columns = line.split("\t")
            if len(columns) > 1 and columns[1] in ("0", "Q0"):
                del columns[1]
            try:
                yield columns[0], columns[1], float(columns[2])
            except (IndexError, ValueError) as error:
                if number > 1 and line.strip():  # the first line may be the head of the table
                    raise Unreadable(f"{path}, line {number}: no judgement: {line[:80]}") from error
