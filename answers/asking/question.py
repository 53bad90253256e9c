"""A question as it is meant: cleaned, not empty, not too long, and in Hebrew where it was typed on English keys."""

from dataclasses import replace

from answers.answer import Turn
from answers.errors import EmptyQuestion, TooLong
from hebrew.keyboard import retyped
from hebrew.normalise import clean

LONGEST_QUESTION = 4000
"""Characters."""


def checked(question: str) -> str:
    """The question as it is meant. Raises `EmptyQuestion` and `TooLong`."""
    asked = clean(question).strip()
    if not asked:
        raise EmptyQuestion("the question is empty")
    if len(asked) > LONGEST_QUESTION:
        raise TooLong(f"the question has {len(asked)} characters; at most {LONGEST_QUESTION}")
    return retyped(asked) or asked


def as_meant(turn: Turn) -> Turn:
    """An earlier turn, as it was meant."""
    return replace(turn, text=retyped(turn.text) or turn.text) if turn.role == "user" else turn
