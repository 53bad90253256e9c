"""A user's own questions: an object a line, with `question`, and `document`, `passage`, or both.

`document` is the title or file name of the document that answers; `passage` a piece of its text, or the id of a passage
of the pool. They are judged by what was found and not by ids, so that they stay true when documents are read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.question_files import Entry, Unreadable
from evals.questions import Benchmark, Passage, Question, Wanted, names_of, saying

_ANSWERS = {"document", "passage"}


def is_own(entries: Iterable[Entry]) -> bool:
    """Whether there is a question of a user's own among these."""
    return any("question" in entry and not _ANSWERS.isdisjoint(entry) for entry in entries)


def own_questions(path: Path, entries: Iterable[Entry], passages: Sequence[Passage] | None) -> Benchmark:
    """The questions over `passages`, to which a piece of text that none of them holds is added as one more.

    `passages` is None where the questions are put to an index of which not all passages are known. Raises `Unreadable`
    where a question says nothing of its answer, or names a document of which there are no passages.
    """
    by_id = {passage.id: passage for passage in passages or ()}
    sayings = [saying(passage.text) for passage in passages or ()]
    of_document = defaultdict[str, list[Passage]](list)
    for each in passages or ():
        for name in names_of(each):
            of_document[name].append(each)
    questions, added = list[Question](), list[Passage]()
    for number, entry in enumerate(entries, start=1):
        question, document, passage = (str(entry.get(key) or "").strip() for key in ("question", "document", "passage"))
        if not question or not (saying(document) or saying(passage)):
            raise Unreadable(f"{path}, question {number}: a `question` needs a `document`, a `passage`, or both")
        known = by_id.get(passage)
        wanted = Wanted("", known.text) if known else Wanted(document, passage)
        questions.append(Question(question, group=f"{document}\n{passage}", wanted=wanted))
        if passages is None or known or _is_there(wanted, of_document[saying(document)], sayings):
            continue
        if not passage:
            raise Unreadable(f"{path}, question {number}: no passage of the document {document!r} in the pool")
        added.append(Passage(f"own-{number}", document, passage))
        sayings.append(saying(passage))
        of_document[saying(document)].append(added[-1])
    return Benchmark(tuple(questions), (*(passages or ()), *added))


def _is_there(wanted: Wanted, of_document: Sequence[Passage], sayings: Sequence[str]) -> bool:
    if wanted.document:
        return any(wanted.is_right(passage) for passage in of_document)
    piece = saying(wanted.text)
    return any(piece in each for each in sayings)
