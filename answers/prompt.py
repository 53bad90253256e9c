"""Hits and a conversation become the messages that a model reads, within a budget of tokens.

The instructions come first and never change, so that a server can keep them in its prefix cache; then the numbered
sources, the conversation, the question. The words are in `prompts/`. Knows no server.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from answers.answer import Turn
from answers.errors import TooLong
from answers.fence import harmless, one_line
from answers.profiles.profile import Profile
from hebrew.sentences import sentences
from indexes.chunk import Chunk, Hit

_MARK = re.compile(r"\s*\[\d+\]")
_SHARE_OF_CONVERSATION = 4
"""The conversation gets at most one part in so many of what is left after instructions and question."""
_NEARLY_FULL, _CAREFUL = 0.8, 0.96
_MOST_COUNTS = 4
"""More than two are only needed where sources differ much in how many tokens their letters are."""

Count = Callable[[Sequence[Mapping[str, str]]], Awaitable[int | None]]
"""How many tokens messages are to the model that is served; None where the server cannot say."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is sent. Source number n of it is `sources[n - 1]`. It is `whole` where nothing was left out."""

    messages: tuple[dict[str, str], ...]
    sources: tuple[Hit, ...]
    whole: bool = True


@cache
def words(name: str) -> str:
    """The text of `prompts/<name>.md`."""
    return files("answers").joinpath(f"prompts/{name}.md").read_text(encoding="utf-8").strip()


def build(question: str, turns: Sequence[Turn], hits: Sequence[Hit], profile: Profile, budget: int) -> Prompt:
    """The messages, of about `budget` tokens at most as `profile` estimates them.

    What does not fit is left out: the oldest turns, the weakest hits, the last sentences of the last source. Raises
    `TooLong` when there is no room for any source beside the question.
    """
    instructions = words("instructions").format(refusal=words("refusal"))
    asked = harmless(question).strip()
    room = budget - profile.tokens(instructions) - profile.tokens(words("question")) - profile.tokens(asked)
    said = _said(turns, profile, room // _SHARE_OF_CONVERSATION)
    conversation = words("conversation").format(turns="\n".join(said)) if said else ""
    sources = _sources(hits, profile, room - profile.tokens(conversation))
    if not sources:
        raise TooLong(f"a question of {len(question)} characters leaves no room for sources in {budget} tokens")
    request = words("question").format(sources="\n\n".join(sources), conversation=conversation, question=asked)
    last = harmless(hits[len(sources) - 1].chunk.text).strip()
    whole = len(sources) == len(hits) and last in sources[-1] and len(said) == len(turns)
    return Prompt(profile.messages(instructions, request), tuple(hits[: len(sources)]), whole)


async def fit(
    question: str, turns: Sequence[Turn], hits: Sequence[Hit], profile: Profile, budget: int, count: Count
) -> Prompt:
    """The messages, of at most `budget` tokens as the server counts them, and not much less where there is more to say.

    Asks for the count once or twice, and not at all where no tokenizer could make too many of so few bytes; where the
    server cannot count, the profile's estimate stands. Raises `TooLong`, and what `count` raises.
    """
    fitting, prompt = None, build(question, turns, hits, profile, budget)
    if prompt.whole and sum(len(each["content"].encode()) for each in prompt.messages) <= budget:
        return prompt
    for _ in range(_MOST_COUNTS):
        counted = await count(prompt.messages)
        if counted is None or (counted <= budget and (fitting or prompt.whole or counted >= _NEARLY_FULL * budget)):
            return prompt
        if counted <= budget:
            fitting = prompt
        elif fitting:
            return fitting
        estimated = sum(profile.tokens(message["content"]) for message in prompt.messages)
        prompt = build(question, turns, hits, profile, int(_CAREFUL * budget * estimated / counted))
    raise TooLong(f"{_MOST_COUNTS} prompts were all over {budget} tokens")


def _said(turns: Sequence[Turn], profile: Profile, room: int) -> list[str]:
    """The lines of the newest turns, as many as there is room for, oldest first."""
    kept: list[str] = []
    room -= profile.tokens(words("conversation"))
    for turn in reversed(turns):
        # The marks of earlier answers number other sources.
        line = words(f"turn_{turn.role}").format(text=one_line(_MARK.sub("", turn.text)))
        room -= profile.tokens(line + "\n")
        if room < 0:
            break
        kept.append(line)
    return kept[::-1]


def _sources(hits: Sequence[Hit], profile: Profile, room: int) -> list[str]:
    sources: list[str] = []
    for number, hit in enumerate(hits, start=1):
        room -= profile.tokens(fenced(number, hit.chunk, "") + "\n\n")
        text = harmless(hit.chunk.text).strip()
        fitting = beginning(text, profile, room, inside_sentence=number == 1)
        if fitting:
            sources.append(fenced(number, hit.chunk, fitting))
        if fitting != text:
            break
        room -= profile.tokens(text)
    return sources


def fenced(number: int, chunk: Chunk, text: str) -> str:
    """A text of a chunk, already harmless, as source number `number` of a prompt: fenced, with where it stands."""
    return words("source").format(
        number=number,
        title=one_line(chunk.title),
        headings=" / ".join(map(one_line, chunk.heading_path)) or "-",
        place=_place(chunk),
        header=words("header").format(header=one_line(chunk.table_header)) + "\n" if chunk.table_header else "",
        text=text,
    )


def _place(chunk: Chunk) -> str:
    """Where a passage stands, from its beginning to its end, as its citation will say."""
    first, last = chunk.spans[0], chunk.spans[-1]
    rows = chunk.text[len(chunk.text) - (last.end - last.start) :].count("\n")
    return words(f"place_{first.place.kind}").format(
        label=one_line(first.place.label) or "-",
        pages=_range(first.place.label or str(first.page), last.place.label or str(last.page)),
        rows=_range(str(first.place.row), str(last.place.row + rows)),
    )


def _range(first: str, last: str) -> str:
    return one_line(first if first == last else f"{first}-{last}")


def beginning(text: str, profile: Profile, room: int, *, inside_sentence: bool) -> str:
    """As many whole sentences of the text as there is room for; only where allowed, as many whole words."""
    if profile.tokens(text) <= room:
        return text
    ends = [end for _, end in sentences(text) if profile.tokens(text[:end].rstrip()) <= room]
    if inside_sentence and not ends:
        ends = [match.start() for match in re.finditer(r"\s", text) if profile.tokens(text[: match.start()]) <= room]
    return text[: ends[-1]].rstrip() if ends else ""
