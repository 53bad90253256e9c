"""Questions whose answering passages are known, and the pool of passages they are asked over.

Knows no file formats (`question_files.py`, `pool_files.py`) and no indexes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Self

from hebrew.normalise import normalise
from hebrew.tokens import tokens

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_MOST = 0.75
"""The share of the words of a piece of text that a passage must hold to be the one it is from. Not all of them: the
passage may end in its middle."""
_RIGHT = "the right one"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the pool, with the title of the text it is from, and the name of its file if it has one."""

    id: str
    title: str
    text: str
    filename: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What answers a question: a passage of the document of that name, with most of the words of the text.

    The name is a title or file name. Either may be empty.
    """

    document: str
    text: str

    def is_right(self, found: Passage) -> bool:
        """Whether this passage is of the document and holds most of the words of the text."""
        return self.is_of(found) and self._holds_words(found.text)

    def is_of(self, found: Passage) -> bool:
        """Whether the passage is of the document."""
        return not self.document or saying(self.document) in names_of(found)

    def _holds_words(self, text: str) -> bool:
        words = set(tokens(self.text))
        return len(words & set(tokens(text))) >= _MOST * len(words)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what answers it.

    `gains` says of passages by id how much finding them is worth (BEIR: the judged score; else 1). Where there is
    something `wanted`, what is found is judged by it and `gains` is empty: the first passage that is right is enough.
    Questions of the same `group` (those about one paragraph) are no independent observations. `answers` are the words
    of the passages that answer it, where they are known, one of which is enough.
    """

    text: str
    gains: Mapping[str, float] = field(default_factory=dict)
    group: str = ""
    wanted: Wanted | None = None
    answers: tuple[str, ...] = ()

    @property
    def relevant(self) -> frozenset[str]:
        """The ids of the passages that answer it."""
        return frozenset(self.gains)

    def judged(self, found: Sequence[Passage]) -> tuple[list[str], Mapping[str, float]]:
        """The ids of what was found, in order, and what each id is worth: what the measures need."""
        if self.wanted is None:
            return [passage.id for passage in found], self.gains
        first = next((place for place, passage in enumerate(found) if self.wanted.is_right(passage)), None)
        return [_RIGHT if place == first else passage.id for place, passage in enumerate(found)], {_RIGHT: 1.0}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions over passages. Every id that a question knows is the id of a passage.

    `unanswerable` are questions that no passage answers, though the one whose id they know deals with their subject.
    """

    questions: tuple[Question, ...]
    passages: tuple[Passage, ...]
    unanswerable: tuple[Question, ...] = ()

    def answers(self) -> list[Passage]:
        """For each question what answers it: the passage that is worth most, or what was wanted as if it were one."""
        by_id = {passage.id: passage for passage in self.passages}
        return [
            Passage("", each.wanted.document, each.wanted.text)
            if each.wanted
            else by_id[max(each.gains, key=lambda id_: each.gains[id_])]
            for each in self.questions
        ]

    def with_pool(self, pool: Iterable[Passage]) -> Self:
        """The same questions over more passages, which answer none of them.

        A passage of the pool that says the same as one that is there already is left out, so that it cannot be counted
        as a wrong answer; "the same" leaves aside title, punctuation, niqqud and the space between words. Ids that are
        taken are changed.
        """
        passages = list(self.passages)
        taken = {passage.id for passage in passages}
        said = {saying(passage.text) for passage in passages}
        for passage in pool:
            what = saying(passage.text)
            if what and what not in said:
                said.add(what)
                free = passage.id
                while free in taken:
                    free += "+"
                taken.add(free)
                passages.append(replace(passage, id=free))
        return replace(self, passages=tuple(passages))


def saying(text: str) -> str:
    """The letters and digits of a text: what it says, however it is set."""
    return _BETWEEN_WORDS.sub("", normalise(text))


def names_of(passage: Passage) -> set[str]:
    """How the document of a passage may be called, as `saying`s: id, title, file name with and without the ending."""
    names = (passage.id, passage.title, passage.filename, PurePath(passage.filename).stem)
    return {saying(name) for name in names if name}
