"""Something short asked of the model on the way: another wording, other words, what to ask next.

An answer can do without it, so nothing is raised: what fails, takes too long or would have to wait in line is "".
"""

import asyncio
import logging
import re
from contextlib import aclosing

from answers.errors import AnswersError, ModelCut
from answers.fence import harmless
from answers.prompt import words
from answers.serving.model import Model, Waiting
from answers.serving.thinking import told_apart
from answers.writing import Capacity

_log = logging.getLogger(__name__)

_TEMPERATURE = 0.1
_MOST_OF_A_TOKEN = 16
"""Characters."""
_LIST_MARK = re.compile(r"^\s*(?:[-*\u2022]|\d{1,2}[.)])\s+")


async def said(name: str, model: Model, capacity: Capacity, tokens: int, seconds: float, **fields: str) -> str:
    """What the model writes to `prompts/<name>.md` with its fields filled in, as far as it comes in time.

    The fields are data: they are made harmless. A model that thinks first is not asked: it would not be done in time.
    """
    if capacity.profile.thinks:
        return ""
    content = words(name).format(**{field: harmless(value) for field, value in fields.items()})
    extra = {**capacity.profile.sampling(), "temperature": _TEMPERATURE}
    text = ""
    try:
        async with (
            asyncio.timeout(seconds),
            aclosing(model.stream([{"role": "user", "content": content}], tokens, extra)) as pieces,
        ):
            async for piece in pieces:
                if isinstance(piece, Waiting):
                    return ""
                text += piece
                if len(text) > tokens * _MOST_OF_A_TOKEN:
                    break
    except ModelCut:
        pass
    except (AnswersError, TimeoutError) as error:
        _log.info("the model was no help with %s: %s", name, type(error).__name__)
        return ""
    return told_apart(text, finished=True)[1].strip()


def lines_of(written: str) -> list[str]:
    """The lines of such a text without the marks of a list, which models like to make."""
    return [_LIST_MARK.sub("", line).strip() for line in written.splitlines()]
