"""A conversation as it was at one moment: its finished answers, with nothing in them that leads anywhere.

Of a citation stays what people read: number, title, place and, where it was chosen, the passage; and the id of its
collection, which is never shown: by it, passages that somebody may not read any more are left out.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from answers.answer import Answer, Citation
from webui.kept_answer import answer_of, columns_of
from webui.turn import StoredTurn


@dataclass(frozen=True, slots=True)
class SharedTurn:
    """A question or a finished answer. `withheld` says that passages of documents were taken out of its text."""

    role: Literal["user", "assistant"]
    said: Answer
    withheld: bool = False


Snapshot = tuple[SharedTurn, ...]


def taken(turns: Sequence[StoredTurn], with_passages: bool) -> Snapshot:
    """What may be shown of turns, those aside that are still being written."""
    shown = (SharedTurn(turn.role, _plain(turn.said)) for turn in turns if turn.said.finished)
    return tuple(shown if with_passages else map(_without_passages, shown))


def readable(snapshot: Snapshot, collection_ids: Collection[str]) -> Snapshot:
    """The snapshot without passages and titles of other collections than these."""
    return tuple(_readable(turn, collection_ids) for turn in snapshot)


def written(snapshot: Snapshot) -> str:
    """The snapshot as JSON."""
    turns = [{"role": turn.role, "withheld": turn.withheld, **columns_of(turn.said)} for turn in snapshot]
    return json.dumps(turns, ensure_ascii=False)


def read(text: str) -> Snapshot:
    """The snapshot that was written."""
    return tuple(SharedTurn(turn["role"], answer_of(turn), turn["withheld"]) for turn in json.loads(text))


def _plain(said: Answer) -> Answer:
    """Without what only the person who asked needs, and without what the model thought: it may hold anything."""
    citations = tuple(map(_without_ids, said.citations))
    return replace(said, citations=citations, thoughts="", next_questions=(), terms=(), confidence=None, dropped=0)


def _without_ids(citation: Citation) -> Citation:
    return replace(citation, chunk_id="", document_id="", start=0, end=0)


def _without_passages(turn: SharedTurn) -> SharedTurn:
    said = replace(turn.said, citations=tuple(replace(citation, quote="") for citation in turn.said.citations))
    return _withheld(replace(turn, said=said))


def _readable(turn: SharedTurn, collection_ids: Collection[str]) -> SharedTurn:
    citations = tuple(citation for citation in turn.said.citations if citation.collection_id in collection_ids)
    if len(citations) == len(turn.said.citations):
        return turn
    turn = _withheld(turn)
    return replace(turn, said=replace(turn.said, citations=citations))


def _withheld(turn: SharedTurn) -> SharedTurn:
    """Takes the passages out of an answer whose text is made of them: of quotations, and of a refusal that offers some.

    What a model wrote stays: it is the answer.
    """
    said = turn.said
    if not said.citations or not (said.mode == "quoted" or said.refusal):
        return turn
    kept = said.text.partition("\n\n")[0] if said.refusal else ""
    return replace(turn, said=replace(said, text=kept, bold=()), withheld=True)
