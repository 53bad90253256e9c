"""The answer that nothing was found, with the nearest passages offered as what they are. Asks no model."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answers.answer import Answer
from answers.asking.language import Language, phrase
from answers.prompt import words
from answers.quoting.quoted import quoted_answer
from indexes.chunk import Hit

_MARK = re.compile(r"\s*\[\d+\]")


def refused(question: str, hits: Sequence[Hit], language: Language, written: str = "") -> Answer:
    """A finished refusal that quotes the sentences nearest to the question; where there are none, one sentence.

    What a model has `written`, when it refused itself, stays above them.
    """
    *_, nearest = quoted_answer(question, hits)
    quotes = nearest.text.removeprefix(words("perhaps")).strip() if nearest.citations else ""
    if written:
        said = f"{written}\n\n{phrase('nearest', language)}" if quotes else written
    else:
        said = phrase("perhaps" if quotes else "refusal", language)
    return Answer(f"{said}\n\n{quotes}".strip(), nearest.citations, finished=True, refusal=True)


def refuses(answer: Answer, language: Language) -> bool:
    """Whether a model ended with the sentence that it was told to write where the sources have no answer."""
    told = any(answer.text.startswith(phrase("refusal", each).rstrip(".")) for each in ("he", language))
    return told and answer.finished and not answer.problem


def offered(refusal: Answer, question: str, hits: Sequence[Hit], language: Language) -> Answer:
    """The refusal of a model with the nearest passages under it. A mark in a refusal is left out: it says nothing."""
    offer = refused(question, hits, language, _MARK.sub("", refusal.text))
    return replace(refusal, text=offer.text, citations=offer.citations, doubts=(), verified=None, refusal=True)
