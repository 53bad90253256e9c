"""The story: a question finds hits, hits and conversation become a prompt, the model's stream an answer with citations.

Knows neither who asks nor where the answer is shown.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from answers.answer import Answer, Turn
from answers.asking.followup import search_text
from answers.citing.citations import CitedText
from answers.errors import AnswersError, EmptyQuestion, ModelCut, ModelError, TooLong
from answers.means import Means
from answers.profiles.profile import Profile, profile_for
from answers.prompt import Prompt, build, words
from answers.quoting.quoted import quoted_answer
from answers.serving.model import Model, Waiting
from answers.serving.thinking import without_thoughts
from hebrew.keyboard import retyped
from hebrew.normalise import clean
from indexes.chunk import Hit

_log = logging.getLogger(__name__)

LONGEST_QUESTION = 4000
"""Characters."""
_SHARE_OF_ANSWER = 4
"""An answer gets at most one part in so many of what a model can hold."""
_MOST_OF_A_TOKEN = 16
"""Characters, more than the tokens of any text have on average: an answer beyond that ignores its limit."""
_TEMPLATE_TOKENS = 32
"""What a chat template adds around the messages, at most."""


async def answer(
    question: str,
    turns: Sequence[Turn],
    collection_ids: Sequence[str],
    means: Means,
) -> AsyncGenerator[Answer]:
    """Streams the answer to a question: complete values, each replacing the last; the last one is `finished`.

    Finds hits in the collections, which the caller has checked may be read. Without a model the answer is made of
    quotations. What goes wrong with the question or the model is the `problem` of the last value, which keeps the text
    streamed until then; `IndexesError` passes through. Hebrew typed on an English keyboard is read as Hebrew. Closing
    this generator stops the model.
    """
    model = means.model
    yield Answer("", mode="model" if model else "quoted")
    try:
        asked = _checked(question)
    except AnswersError as error:
        yield Answer("", mode="model" if model else "quoted", finished=True, problem=error.code)
        return
    turns = [_as_meant(turn) for turn in turns]
    searched = search_text(asked, turns)
    hits = await asyncio.to_thread(means.search.search, collection_ids, searched, means.sources)
    if model is None:
        for part in await asyncio.to_thread(lambda: list(quoted_answer(searched, hits))):
            yield part
    elif not hits:
        yield Answer(words("refusal"), finished=True, refusal=True)
    else:
        async with aclosing(_written(asked, turns, hits, model, means.context)) as parts:
            async for part in parts:
                yield part


def _checked(question: str) -> str:
    asked = clean(question).strip()
    if not asked:
        raise EmptyQuestion("the question is empty")
    if len(asked) > LONGEST_QUESTION:
        raise TooLong(f"the question has {len(asked)} characters; at most {LONGEST_QUESTION}")
    return retyped(asked) or asked


def _as_meant(turn: Turn) -> Turn:
    return replace(turn, text=retyped(turn.text) or turn.text) if turn.role == "user" else turn


async def _written(
    question: str, turns: Sequence[Turn], hits: Sequence[Hit], model: Model, context: int
) -> AsyncGenerator[Answer]:
    cited, profile, text, problem = CitedText(hits), profile_for(""), "", None
    shown = Answer("")
    try:
        served = await model.model()
        profile = profile_for(served.name)
        window = context or served.context or profile.context
        longest = min(profile.answer_tokens, window // _SHARE_OF_ANSWER)
        prompt = await _prompt(question, turns, hits, model, profile, window - longest - _TEMPLATE_TOKENS)
        cited = CitedText(prompt.sources)
        async with aclosing(model.stream(prompt.messages, longest, _sampling(profile))) as pieces:
            async for piece in pieces:
                if isinstance(piece, Waiting):
                    yield replace(shown, place_in_line=piece.place)
                    continue
                text += piece
                if len(text) > longest * _MOST_OF_A_TOKEN:
                    text = text[: longest * _MOST_OF_A_TOKEN]
                    raise ModelCut(f"the model server did not stop at {longest} tokens")
                resolved = cited.resolve(without_thoughts(text, thinks=profile.thinks), finished=False)
                if resolved[0] != shown.text:
                    shown = Answer(*resolved)
                    yield shown
    except AnswersError as error:
        _log.warning("%s: %s", error.code, error)
        problem = error.code
    visible, citations = cited.resolve(without_thoughts(text, thinks=profile.thinks, finished=True), finished=True)
    if not (visible or problem):
        _log.warning("the model wrote nothing but thoughts: %r", text[:100])
        problem = ModelError.code
    yield Answer(visible, citations, finished=True, refusal=_refuses(visible), problem=problem)


async def _prompt(
    question: str, turns: Sequence[Turn], hits: Sequence[Hit], model: Model, profile: Profile, budget: int
) -> Prompt:
    """A prompt of at most `budget` tokens: by the profile's estimate, and where the server can count, by its count."""
    prompt = build(question, turns, hits, profile, budget)
    counted = await model.count_tokens(prompt.messages)
    if counted is not None and counted > budget:
        prompt = build(question, turns, hits, profile, budget * budget // counted)
    return prompt


def _sampling(profile: Profile) -> dict[str, object]:
    return {"temperature": profile.temperature} | ({"stop": list(profile.stop)} if profile.stop else {})


def _refuses(text: str) -> bool:
    return text.startswith(words("refusal").rstrip("."))
