"""How many of a question's words stand in the passage that answers it. Few is where searching by words is weak."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from evals.questions import Passage, Question
from hebrew.folding import stem
from hebrew.tokens import question_tokens, tokens

FIFTH = 0.2


def overlap(question: str, text: str) -> float:
    """The share of the distinct stems of the question, question words left out, that the text has: 0 to 1."""
    asked = {stem(token) for token in question_tokens(question)}
    return len(asked & {stem(token) for token in tokens(text)}) / len(asked) if asked else 0.0


def least_overlapping(questions: Sequence[Question], passages: Sequence[Passage]) -> npt.NDArray[np.bool_]:
    """Which questions are the fifth with the least `overlap` with the text of their passage, the title left aside.

    Of several right passages the nearest counts. Equal questions stay in their order. None are where the questions are
    not judged by the ids of passages.
    """
    texts: Mapping[str, str] = {passage.id: passage.text for passage in passages}
    chosen = np.zeros(len(questions), np.bool_)
    if all(question.gains for question in questions):
        shares = [max(overlap(each.text, texts[id_]) for id_ in each.gains) for each in questions]
        chosen[np.argsort(shares, kind="stable")[: round(FIFTH * len(questions))]] = True
    return chosen
