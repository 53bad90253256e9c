"""What to search for when a question leans on the one before it. Knows no index and no model."""

from collections.abc import Sequence

from answers.answer import Turn
from hebrew.lexicon import frequency
from hebrew.tokens import question_tokens

_FEW = 2
_COMMON = 3500
"""A word in so many of 350,000 paragraphs (one in a hundred) says little of what a question is about."""


def search_text(question: str, turns: Sequence[Turn]) -> str:
    """The question; one with two telling words or fewer is searched together with the question before it."""
    previous = next((turn.text for turn in reversed(turns) if turn.role == "user"), "")
    telling = {word for word in question_tokens(question) if frequency(word) < _COMMON}
    return f"{previous} {question}" if previous and len(telling) <= _FEW else question
