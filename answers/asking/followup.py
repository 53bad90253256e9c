"""What to search for when a question leans on the one before it. Knows no index and no model."""

from collections.abc import Sequence

from answers.answer import Turn
from hebrew.lexicon import frequency
from hebrew.terms import asked_words
from hebrew.tokens import points_back, written_words

_FEW = 2
_COMMON = 3500
"""A word in so many of 350,000 paragraphs (one in a hundred) says little of what a question is about."""


def search_text(question: str, turns: Sequence[Turn]) -> str:
    """The question; one that leans on the question before it is searched together with that.

    It leans when it has two telling words or fewer and either goes on ("and ..."), points back (he, there, of them), or
    is no more than two words.
    """
    previous = next((turn.text for turn in reversed(turns) if turn.role == "user"), "")
    telling = {word.token for word in asked_words(question) if frequency(word.token) < _COMMON}
    leans = len(written_words(question)) <= _FEW or points_back(question)
    return f"{previous} {question}" if previous and leans and len(telling) <= _FEW else question
