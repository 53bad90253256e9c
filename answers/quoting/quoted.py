"""Answers without a model: the sentences of the hits that are likeliest to answer the question, word for word.

Knows no server. Where the hits hardly hold an answer, it says that nothing was found, and shows what comes nearest.
"""

from collections.abc import Iterator, Sequence

from answers.answer import Answer, Citation, Stretch
from answers.citing.citations import cite, on_page
from answers.confidence import QUOTED_REFUSAL, confidence
from answers.prompt import words
from answers.quoting.answer_span import answer_span
from answers.quoting.asked import Asked, understood
from answers.quoting.choice import chosen
from answers.quoting.layout import header_of, laid_out, place_of
from answers.quoting.scoring import Candidate, candidates, covered
from answers.quoting.weights import Weights, shipped
from indexes.chunk import Hit

_LEAST_COVERED = 0.49
"""The share of a literal question, by weight, that the passage has to say."""


def quoted_answer(question: str, hits: Sequence[Hit], weights: Weights | None = None) -> Iterator[Answer]:
    """Streams an answer made of quotations, each with its mark.

    A refusal when the hits do not deal with the question; where they have words of it, it shows what comes nearest.
    `weights` are others than the shipped ones.
    """
    weights = weights or shipped()
    asked = understood(question)
    sure = confidence(question, hits)
    ranked = candidates(asked, hits, weights.sentences)
    near = [each for each in ranked if any(each.sentence.found)]
    is_about_another = asked.literal and covered(asked, ranked) < _LEAST_COVERED
    refusal = sure < QUOTED_REFUSAL or not near or is_about_another
    if not near:
        yield Answer(words("refusal"), mode="quoted", finished=True, refusal=True, confidence=sure)
        return
    text, citations, header = words("perhaps") if refusal else "", list[Citation](), ""
    bold: tuple[Stretch, ...] = ()
    for quote in chosen(near if refusal else ranked):
        span, said = on_page(quote.hit.chunk, quote.start, quote.end)
        citations.append(cite(len(citations) + 1, quote.hit.chunk, span, said))
        above, header = header, header_of(quote)
        text += "\n\n" if text else ""
        start = len(text)
        text += laid_out(said, "" if header == above else header)
        if len(citations) == 1 and not refusal:
            bold = _bold(asked, ranked[0], weights, text, start)
        text += f" [{len(citations)}]"
        yield Answer(text, tuple(citations), mode="quoted", refusal=refusal, bold=bold, confidence=sure)
    yield Answer(text, tuple(citations), mode="quoted", finished=True, refusal=refusal, bold=bold, confidence=sure)


def _bold(asked: Asked, best: Candidate, weights: Weights, text: str, start: int) -> tuple[Stretch, ...]:
    """Where the answer itself stands in the text, whose first sentence is the best one."""
    said = best.sentence.text
    span = answer_span(asked, said, best.probability, weights.spans)
    place = place_of(said[slice(*span)], text, start + len(laid_out(said[: span[0]]))) if span else None
    return (place,) if place else ()
