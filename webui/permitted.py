"""An answer for as long as it may be given: rights are looked up while it is made, and taking one ends it.

Knows nothing of conversations: what is asked and what was said before come in, states of the answer go out.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from answers.answer import Answer, Turn
from indexes.errors import IndexesError, IndexMismatch
from webui.permissions import Permissions

Answering = Callable[[str, Sequence[Turn], Sequence[str]], AsyncGenerator[Answer]]
"""(question, earlier turns, ids of the collections to search) -> the answer so far, again and again."""

SignedIn = Callable[[], bool]
"""Whether who asked is still signed in where the question came from. Called in a thread."""

CHECK_SECONDS = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of an account: what was said before it, and the collections to search, which it may read."""

    account_id: str
    question: str
    turns: Sequence[Turn]
    collection_ids: Sequence[str]
    signed_in: SignedIn


async def permitted(asked: Asked, answering: Answering, permissions: Permissions) -> AsyncGenerator[Answer]:
    """The states of an answer; what goes wrong in searching, or is forbidden, is the problem of the last one.

    Rights are looked up again once a second while states come, and before every finished one. What comes after they
    were taken is not told: the problem is `rights_changed`, or `stopped` for who signed out.
    """
    last, checked_at = Answer(""), time.monotonic()
    try:
        async with aclosing(answering(asked.question, asked.turns, asked.collection_ids)) as stream:
            async for said in stream:
                if said.finished or time.monotonic() - checked_at >= CHECK_SECONDS:
                    if problem := await asyncio.to_thread(_forbidden, asked, permissions):
                        yield replace(last, finished=True, problem=problem, next_questions=())
                        return
                    checked_at = time.monotonic()
                last = said
                yield last
    except IndexMismatch as error:
        log.warning("a question is not answered: %s", error)
        yield replace(last, finished=True, problem="index_renewing")
    except IndexesError:
        log.exception("searching for an answer failed")
        yield replace(last, finished=True, problem="search_failed")


def _forbidden(asked: Asked, permissions: Permissions) -> str:
    if not asked.signed_in():
        return "stopped"
    return "" if permissions.may_still_read(asked.account_id, asked.collection_ids) else "rights_changed"
