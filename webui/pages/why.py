"""Why a cited passage was found: the words of the question in it, and what its score is made of. Knows no HTML.

Worked out again when somebody looks, from the question as it is stored and the passage as it is now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from answers.answer import Citation
from hebrew.keyboard import retyped
from indexes.errors import IndexesError
from indexes.explain import Form, Group, explain, grouped
from indexes.share import shares
from webui.services import Services
from webui.texts import glossary_texts
from webui.turn import StoredTurn

LOOKED_AT = 100
"""Passages among which the cited one is looked for again."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the score by name, and its share in percent; of a cross-encoder, what that said of the passage."""

    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question, and the words of the passage that stand for it, each with how it does."""

    word: str
    found: tuple[tuple[str, Form], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What the template draws. Without `parts`, a search of today does not find the passage."""

    asked: tuple[Asked, ...]
    parts: tuple[Part, ...]


def why_found(services: Services, account_id: str, turn: StoredTurn, citation: Citation) -> Why | None:
    """Why the passage of a citation was found; None when it is not stored any more."""
    chunk = services.passages.chunks([citation.chunk_id]).get(citation.chunk_id)
    if chunk is None:
        return None
    if citation.quote not in chunk.text:  # it stands in a neighbour that was found together with it
        chunk = replace(chunk, text=f"{chunk.text}\n{citation.quote}")
    question = _searched(services.conversations.until(account_id, turn.id))
    terms = services.search.terms(chunk.collection_id, question)
    readable = [collection.id for collection in services.permissions.readable(account_id)]
    return Why(told_once(grouped(explain(question, terms, chunk))), _parts(services, readable, question, chunk.id))


def told_once(groups: Iterable[Group]) -> tuple[Asked, ...]:
    """The words of the question, and under each what was found for it: no word of either is told twice."""
    told: dict[str, list[tuple[str, Form]]] = {}
    known: set[str] = set()
    for group in groups:
        new = [word for word in group.found if word not in known]
        known |= set(new)
        if new:
            told.setdefault(group.asked, []).extend((word, group.how) for word in new)
    return tuple(Asked(word, tuple(found)) for word, found in told.items())


def _searched(turns: Sequence[StoredTurn]) -> str:
    """What was searched for the last of the turns: its question, as it was understood where that is not as asked.

    The terms that a model added follow, since a passage may have been found by them alone.
    """
    *before, answer = turns
    asked = before[-1].said.text if before else ""
    return " ".join([answer.said.searched or retyped(asked) or asked, *answer.said.terms])


def _parts(services: Services, collection_ids: list[str], question: str, chunk_id: str) -> tuple[Part, ...]:
    try:
        hits = services.search.ranked(collection_ids, question, LOOKED_AT)
    except IndexesError:
        return ()
    parts = next((hit.parts for hit in hits if hit.chunk.id == chunk_id), {})
    return tuple(
        Part(
            glossary_texts.PARTS.get(share.name, share.name),
            round(100 * (share.value if share.of_score is None else share.of_score)),
        )
        for share in shares(parts)
    )
