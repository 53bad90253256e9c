"""Searching one's own conversations for words: in their titles, in the questions and in the answers, on every branch.

The database picks what may fit, by patterns in which a letter that is written in several ways may be any; then the
words are looked for as people read them. Knows nothing of pages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import sqlalchemy as sa

from hebrew.letters import FINALS, PREFIXES, fold_finals
from webui.conversations import CONVERSATION_COLUMNS, Conversation, conversation_of, conversations, owned_by
from webui.turn import turns

MOST_WORDS = 8
MOST_LETTERS = 400
"""Of what is looked for: databases refuse patterns of many thousands."""

MOST_FOUND = 50
BEFORE, AFTER = 30, 110
"""Characters of a text that are shown around the first word that was looked for."""

_QUOTES, _APOSTROPHES, _DASHES = "\u05f4\u201c\u201d\u201e", "\u05f3\u2018\u2019", "\u05be\u2010\u2011\u2013\u2014"
_SAME = FINALS | {
    **dict.fromkeys(map(ord, _QUOTES), '"'),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    **dict.fromkeys(map(ord, _DASHES), "-"),
}
"""Signs that mean the same, one for one: places in a text stay what they are."""

_VARYING = frozenset("".join(map(chr, (*_SAME, *FINALS.values()))) + "\"'-")
_MARKS = re.compile(r"\[\d+\]|[*#|`>]|\s+")
_ENDS = ".,:;?!()[]\"'-"
_MORE = "\u2026"
_PREFIX = "|".join(sorted(map(fold_finals, PREFIXES), key=len, reverse=True))


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation in which all the words are, and where. The turn is "" where only the title has them."""

    conversation: Conversation
    title: tuple[Piece, ...]
    turn_id: str
    snippet: tuple[Piece, ...]


def find(engine: sa.Engine, account_id: str, looked_for: str) -> list[Found]:
    """The account's conversations that have every word of `looked_for`, the one last spoken in first, at most 50.

    A word is found at the beginning of words, with or without prefix letters, in any of its spellings of quotes, dashes
    and final letters. Nothing is found without words.
    """
    words = words_of(looked_for)
    if not words:
        return []
    patterns = [_pattern(word) for word in words]
    has_all = [sa.or_(_like(conversations.c.title, each), _said(each)) for each in patterns]
    wanted = sa.select(*CONVERSATION_COLUMNS).where(owned_by(account_id), *has_all)
    with engine.connect() as connection:
        newest = wanted.order_by(conversations.c.updated_at.desc(), conversations.c.id).limit(MOST_FOUND)
        candidates = [conversation_of(row) for row in connection.execute(newest).mappings()]
        said = (
            sa.select(turns.c.conversation_id, turns.c.id, turns.c.text)
            .where(turns.c.conversation_id.in_([one.id for one in candidates]))
            .where(sa.or_(*(_like(turns.c.text, each) for each in patterns)))
            .order_by(turns.c.conversation_id, turns.c.ordinal)
        )
        rows = connection.execute(said).all()
    texts = {of: [(row.id, _plain(row.text)) for row in some] for of, some in groupby(rows, lambda row: row[0])}
    found = (_found(one, texts.get(one.id, []), [_expression(word) for word in words]) for one in candidates)
    return [one for one in found if one is not None]


def words_of(looked_for: str) -> list[str]:
    """The words to look for, without the punctuation around them, in the spelling that is compared."""
    words = (word.strip(_ENDS) for word in _same(looked_for[:MOST_LETTERS]).split())
    return list(dict.fromkeys(filter(None, words)))[:MOST_WORDS]


def _found(
    conversation: Conversation, said: Iterable[tuple[str, str]], words: Sequence[re.Pattern[str]]
) -> Found | None:
    title = _plain(conversation.title)
    missing = {word for word in words if not word.search(_same(title))}
    best = ("", "", 0)
    for turn_id, text in said:
        here = [word for word in words if word.search(_same(text))]
        missing.difference_update(here)
        if len(here) > best[2] and not text.startswith(title.rstrip(_MORE)):
            best = (turn_id, text, len(here))
    if missing:
        return None
    return Found(conversation, _marked(title, words), best[0], _marked(_around(best[1], words), words))


def _around(text: str, words: Sequence[re.Pattern[str]]) -> str:
    """What stands around the first of the words, cut between words."""
    places = [found.start() for word in words if (found := word.search(_same(text)))]
    if not places:
        return ""
    start, end = max(0, min(places) - BEFORE), min(places) + AFTER
    if start:
        start = text.find(" ", start) + 1
    cut = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:]
    return (_MORE if start else "") + cut + (_MORE if end < len(text) else "")


def _marked(text: str, words: Sequence[re.Pattern[str]]) -> tuple[Piece, ...]:
    same, pieces, end = _same(text), list[Piece](), 0
    for start, stop in sorted(found.span() for word in words for found in word.finditer(same)):
        if start >= end:
            pieces += [Piece(text[end:start], False), Piece(text[start:stop], True)]
            end = stop
    return tuple(piece for piece in (*pieces, Piece(text[end:], False)) if piece.text)


def _expression(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_PREFIX})??{re.escape(word)}[\w\"'-]*(?<![\"'-])")


def _same(text: str) -> str:
    """The text with one sign for those that mean the same; as long as it was."""
    same = text.translate(_SAME)
    lower = same.lower()
    return lower if len(lower) == len(same) else same


def _plain(text: str) -> str:
    """An answer without the marks of its citations and of Markdown, on one line."""
    return " ".join(_MARKS.sub(" ", text).split())


def _pattern(word: str) -> str:
    r"""A pattern for LIKE, in which `\` stands before a sign that means itself."""
    letters = ("_" if one in _VARYING else f"\\{one}" if one in "%_\\" else one for one in word)
    return f"%{''.join(letters)}%"


def _like(column: sa.ColumnElement[str], pattern: str) -> sa.ColumnElement[bool]:
    return column.ilike(pattern, escape="\\")


def _said(pattern: str) -> sa.ColumnElement[bool]:
    here = turns.c.conversation_id == conversations.c.id
    return sa.exists().where(here, _like(turns.c.text, pattern)).correlate(conversations)
