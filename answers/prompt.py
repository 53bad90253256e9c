"""Hits and a conversation become the messages that a model reads, within a budget of tokens.

The instructions come first and never change, so that a server can keep them in its prefix cache; then the numbered
sources, the conversation, the question. The words are in `prompts/`. Knows no server.
"""

import re
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is sent. Source number n of it is `sources[n - 1]`."""

    messages: tuple[dict[str, str], ...]
    sources: tuple[Hit, ...]


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
    conversation = _conversation(turns, profile, room // _SHARE_OF_CONVERSATION)
    sources = _sources(hits, profile, room - profile.tokens(conversation))
    if not sources:
        raise TooLong(f"a question of {len(question)} characters leaves no room for sources in {budget} tokens")
    request = words("question").format(sources="\n\n".join(sources), conversation=conversation, question=asked)
    if profile.system:
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": request}]
    else:
        messages = [{"role": "user", "content": f"{instructions}\n\n{request}"}]
    return Prompt(tuple(messages), tuple(hits[: len(sources)]))


def _conversation(turns: Sequence[Turn], profile: Profile, room: int) -> str:
    kept: list[str] = []
    room -= profile.tokens(words("conversation"))
    for turn in reversed(turns):
        # The marks of earlier answers number other sources.
        line = words(f"turn_{turn.role}").format(text=one_line(_MARK.sub("", turn.text)))
        room -= profile.tokens(line + "\n")
        if room < 0:
            break
        kept.append(line)
    return words("conversation").format(turns="\n".join(reversed(kept))) if kept else ""


def _sources(hits: Sequence[Hit], profile: Profile, room: int) -> list[str]:
    sources: list[str] = []
    for number, hit in enumerate(hits, start=1):
        room -= profile.tokens(_source(number, hit.chunk, "") + "\n\n")
        text = harmless(hit.chunk.text).strip()
        fitting = _beginning(text, profile, room, inside_sentence=number == 1)
        if fitting:
            sources.append(_source(number, hit.chunk, fitting))
        if fitting != text:
            break
        room -= profile.tokens(text)
    return sources


def _source(number: int, chunk: Chunk, text: str) -> str:
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


def _beginning(text: str, profile: Profile, room: int, *, inside_sentence: bool) -> str:
    """As many whole sentences of the text as there is room for; only where allowed, as many whole words."""
    if profile.tokens(text) <= room:
        return text
    ends = [end for _, end in sentences(text) if profile.tokens(text[:end].rstrip()) <= room]
    if inside_sentence and not ends:
        ends = [match.start() for match in re.finditer(r"\s", text) if profile.tokens(text[: match.start()]) <= room]
    return text[: ends[-1]].rstrip() if ends else ""
