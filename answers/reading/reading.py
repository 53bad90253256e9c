"""Whole documents go through the model part by part: each part leaves notes, and from the notes the answer is written.

Sources keep their numbers from the parts to the answer, so that its citations point at passages. Knows no search and no
titles.
"""

import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from answers.answer import Answer
from answers.errors import ModelCut
from answers.fence import harmless
from answers.prompt import Prompt, beginning, fenced, words
from answers.serving.model import Model, Waiting
from answers.serving.thinking import told_apart
from answers.writing import Capacity, written
from indexes.chunk import Hit

MOST_PARTS = 16
"""A model reads so many parts of what it holds at once; what is longer is read up to there."""
_SHARE_OF_SOURCES = 0.9
"""So much of a prompt they are packed into: their tokens are estimated, not counted."""
_SHARE_OF_NOTES = 0.8
"""So much of a prompt the notes of all parts may fill together."""
_FEWEST_TOKENS = 64
"""Of the notes of a part."""
_MARK = re.compile(r"(\[\d{1,4}\])")

_Source = tuple[int, str]
"""The number of a source, and its text in a prompt."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be read for a task, packed into parts of what the model holds; `read` of all `sources` are in them."""

    task: str
    sources: tuple[Hit, ...]
    parts: tuple[tuple[_Source, ...], ...]

    @property
    def read(self) -> int:
        """How many sources fit into the parts."""
        return sum(map(len, self.parts))


def packed(task: str, sources: Sequence[Hit], capacity: Capacity) -> Reading:
    """The sources in their order, in as few parts as the model's prompt allows, and no more than `MOST_PARTS`.

    A source that is longer than a whole prompt is cut behind a sentence.
    """
    around = "".join(map(words, ("whole_instructions", "whole_part"))) + task
    room = int(_SHARE_OF_SOURCES * capacity.prompt) - capacity.profile.tokens(around)
    parts: list[list[_Source]] = [[]]
    left = room
    for number, hit in enumerate(sources, start=1):
        around_it = capacity.profile.tokens(fenced(number, hit.chunk, "") + "\n\n")
        whole = harmless(hit.chunk.text).strip()
        text = beginning(whole, capacity.profile, room - around_it, inside_sentence=True)
        size = around_it + capacity.profile.tokens(text)
        if parts[-1] and size > left:
            parts.append([])
            left = room
        parts[-1].append((number, fenced(number, hit.chunk, text)))
        left -= size
    return Reading(task, tuple(sources), tuple(map(tuple, parts[:MOST_PARTS])))


async def read(reading: Reading, model: Model, capacity: Capacity) -> AsyncGenerator[Answer]:
    """Streams the progress through the parts and then the answer, the last value finished. Raises `ModelError`."""
    if len(reading.parts) == 1:
        request = words("whole_sources").format(sources=_joined(reading.parts[0]), task=reading.task)
    else:
        notes: list[str] = []
        for part in range(len(reading.parts)):
            yield Answer("", progress=(part, len(reading.parts)))
            async with aclosing(_noted(reading, part, model, capacity)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Waiting):
                        yield Answer("", progress=(part, len(reading.parts)), place_in_line=piece.place)
                    else:
                        notes.append(piece)
        yield Answer("", progress=(len(reading.parts), len(reading.parts)))
        request = words("whole_notes").format(notes="\n\n".join(filter(None, notes)), task=reading.task)
    messages = capacity.profile.messages(words("whole_instructions"), request)
    async with aclosing(written(Prompt(messages, reading.sources), model, capacity)) as answers:
        async for answer in answers:
            yield answer


async def _noted(reading: Reading, part: int, model: Model, capacity: Capacity) -> AsyncGenerator[str | Waiting]:
    """Waits in line, then gives the notes of a part, of its own sources only."""
    parts, profile = len(reading.parts), capacity.profile
    sources = reading.parts[part]
    request = words("whole_part").format(sources=_joined(sources), part=part + 1, parts=parts, task=reading.task)
    messages = profile.messages(words("whole_instructions"), request)
    share = max(int(capacity.prompt * _SHARE_OF_NOTES) // parts, _FEWEST_TOKENS)
    tokens = capacity.answer if profile.thinks else min(capacity.answer, share)
    text, ended = "", False
    try:
        async with aclosing(model.stream(messages, tokens, profile.sampling())) as pieces:
            async for piece in pieces:
                if isinstance(piece, Waiting):
                    yield piece
                else:
                    text += piece
        ended = True
    except ModelCut:
        pass  # notes that were cut are still notes
    _, notes = told_apart(text, thinks=profile.thinks, finished=ended)
    yield "".join(_of_sources(notes, {number for number, _ in sources}))


def _of_sources(notes: str, numbers: set[int]) -> Iterator[str]:
    """The notes as data for a prompt, with the marks of those sources; other marks are left out."""
    for piece in _MARK.split(notes.strip()):
        if not _MARK.fullmatch(piece):
            yield harmless(piece)
        elif int(piece[1:-1]) in numbers:
            yield piece


def _joined(sources: Sequence[_Source]) -> str:
    return "\n\n".join(text for _, text in sources)
