"""A prompt goes to the model, and its stream comes back as an answer whose citations were checked.

Knows no search, and nothing of how the prompt came about.
"""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

from answers.answer import Answer
from answers.citing.citations import CitedText
from answers.citing.verified import verified
from answers.errors import AnswersError, ModelCut, ModelError, ThoughtsOnly
from answers.profiles.profile import Profile, profile_for
from answers.prompt import Prompt
from answers.serving.model import Model, Waiting
from answers.serving.thinking import told_apart

_log = logging.getLogger(__name__)

_SHARE_OF_ANSWER = 4
"""An answer gets at most one part in so many of what a model can hold."""
_MOST_OF_A_TOKEN = 16
"""Characters, more than the tokens of any text have on average: an answer beyond that ignores its limit."""
_TEMPLATE_TOKENS = 32
"""What a chat template adds around the messages, at most."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the model that is served can take: its profile, and the most tokens of a prompt and of an answer."""

    profile: Profile
    prompt: int
    answer: int


async def capacity_of(model: Model, context: int) -> Capacity:
    """The capacity of the model; `context` in tokens goes before what the server says. Raises `ModelError`."""
    served = await model.model()
    profile = profile_for(served.name)
    window = context or served.context or profile.context
    longest = min(profile.answer_tokens, window // _SHARE_OF_ANSWER)
    return Capacity(profile, window - longest - _TEMPLATE_TOKENS, longest)


async def written(prompt: Prompt, model: Model, capacity: Capacity) -> AsyncGenerator[Answer]:
    """Streams what the model writes: thoughts and text as they grow, the place in line while it waits.

    The last value is `finished`, verified against its sources; what goes wrong on the way is its `problem`. Closing
    this generator stops the model.
    """
    cited, thinks, text, problem = CitedText(prompt.sources), capacity.profile.thinks, "", None
    shown, most = Answer(""), capacity.answer * _MOST_OF_A_TOKEN
    try:
        async with aclosing(model.stream(prompt.messages, capacity.answer, capacity.profile.sampling())) as pieces:
            async for piece in pieces:
                if isinstance(piece, Waiting):
                    yield replace(shown, place_in_line=piece.place)
                    continue
                text += piece
                if len(text) > most:
                    text = text[:most]
                    raise ModelCut(f"the model server did not stop at {capacity.answer} tokens")
                thoughts, so_far = told_apart(text, thinks=thinks)
                visible, citations = cited.resolve(so_far, finished=False)
                if (visible, thoughts) != (shown.text, shown.thoughts):
                    shown = Answer(visible, citations, thoughts=thoughts, dropped=cited.dropped)
                    yield shown
    except AnswersError as error:
        _log.warning("%s; `darash doctor` says more", error.code)
        _log.debug("%s", error)  # model servers quote what they were sent
        problem = error.code
    thoughts, so_far = told_apart(text, thinks=thinks, finished=problem is None)
    visible, citations = cited.resolve(so_far, finished=True)
    if not visible and problem in (None, ModelCut.code):
        problem = ThoughtsOnly.code if thoughts else problem or ModelError.code
    checked = verified(visible, citations, prompt.sources)
    yield Answer(
        visible, citations, finished=True, problem=problem, thoughts=thoughts, dropped=cited.dropped,
        doubts=checked.doubts, verified=checked.share,
    )  # fmt: skip
