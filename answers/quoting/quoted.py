"""Answers without a model: the sentences of the hits that say most about the question, word for word.

Knows no server. When the hits hold too little of what was asked, it says that nothing was found instead.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from answers.answer import Answer, Citation
from answers.citing.citations import cite, on_page
from answers.citing.evidence import Wanted, found_in, stems, stood_for, wanted_in, weight_of
from answers.prompt import words
from hebrew.normalise import clean
from hebrew.sentences import begins_item, sentences
from hebrew.terms import asked_words
from indexes.chunk import Chunk, Hit

_MOST_QUOTES = 4
_ENOUGH = 0.45
"""The share of a question's weight that a passage must hold to be quoted (docs/log.md has the curve)."""
_LEAST_EVIDENCE = 3.0
"""The weight of a word that stands in one paragraph of twenty; question words weigh less."""
_PERHAPS = 0.6
"""A refusal shows the nearest sentences when they hold this share of what an answer would need."""
_GREATEST_WEIGHT = 40.0
"""A long question tells a story; so much weight of it, about six uncommon words, counts as all of it."""
_WORTH_QUOTING = 0.7
"""Further sentences are quoted when they score this share of the best one."""
_RANK_DISCOUNT = 0.25
"""A sentence of hit number n counts 1 / (1 + discount * n): the search has seen more than shared words."""
_SHORTEST_SENTENCE = 4
"""Fewer stems than this are a title, or a piece of a table: such a sentence is quoted with the one after it."""
_LEADS_ON = (":", "?")
_LONGEST_HEADING = 10
"""Words."""
_CELL_BREAK = " | "
_DOCUMENT_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    evidence: float
    rank: int
    chunk: Chunk
    start: int
    end: int


def quoted_answer(question: str, hits: Sequence[Hit]) -> Iterator[Answer]:
    """Streams an answer made of quotations, each with its mark.

    A refusal when the hits do not deal with the question; where they nearly do, the refusal shows what comes nearest.
    """
    wanted = wanted_in(word.token for word in asked_words(question))
    candidates = sorted(_candidates(wanted, hits), key=lambda candidate: -candidate.score)
    needed = max(_ENOUGH * min(sum(wanted.values()), _GREATEST_WEIGHT), _LEAST_EVIDENCE)
    evidence = max((candidate.evidence for candidate in candidates), default=0.0)
    refusal = evidence < needed
    if evidence < max(_PERHAPS * needed, _LEAST_EVIDENCE):
        yield Answer(words("refusal"), mode="quoted", finished=True, refusal=True)
        return
    text, citations = words("perhaps") if refusal else "", list[Citation]()
    header = ""
    for chosen in _chosen(candidates):
        span, quote = on_page(chosen.chunk, chosen.start, chosen.end)
        citations.append(cite(len(citations) + 1, chosen.chunk, span, quote))
        above, header = header, _header(chosen, quote)
        shown = _shown(quote, "" if header == above else header)
        text += ("\n\n" if text else "") + f"{shown} [{len(citations)}]"
        yield Answer(text, tuple(citations), mode="quoted", refusal=refusal)
    yield Answer(text, tuple(citations), mode="quoted", finished=True, refusal=refusal)


def _candidates(wanted: Wanted, hits: Sequence[Hit]) -> Iterator[_Candidate]:
    for rank, hit in enumerate(hits):
        chunk, starts = hit.chunk, (0, *hit.joined)
        abouts = [weight_of(wanted, _found(wanted, hit, stems(passage))) for passage in _passages(hit)]
        spans = sentences(chunk.text)
        for at, (start, end) in enumerate(spans):
            found = stems(chunk.text[start:end])
            says = weight_of(wanted, _found(wanted, hit, found))
            if not says:
                continue
            last = min(at + (len(found) < _SHORTEST_SENTENCE or _leads_on(chunk.text[start:end])), len(spans) - 1)
            evidence = (says + abouts[bisect_right(starts, start) - 1]) / 2
            yield _Candidate(evidence / (1 + _RANK_DISCOUNT * rank), evidence, rank, chunk, start, spans[last][1])


def _passages(hit: Hit) -> Iterator[str]:
    """The passages of a hit, each under its headings.

    Merged ones together hold words that have nothing to do with each other, as any long text does.
    """
    for start, end in pairwise((0, *hit.joined, len(hit.chunk.text))):
        yield replace(hit.chunk, text=hit.chunk.text[start:end]).searchable


def _found(wanted: Wanted, hit: Hit, stems_there: frozenset[str]) -> set[frozenset[str]]:
    """Which of the wanted words stand among those stems, themselves or what an acronym or a glossary has for them."""
    return found_in(wanted, stems_there | stood_for(hit.terms, stems_there))


def _header(candidate: _Candidate, quote: str) -> str:
    """What stands in the columns of a quoted row, if it is one of the table in whose middle the passage begins."""
    is_row = _CELL_BREAK in quote.split("\n", 1)[0] and "\n\n" not in candidate.chunk.text[: candidate.start]
    return candidate.chunk.table_header if is_row else ""


def _shown(quote: str, table_header: str) -> str:
    """A quote as it is read, under the header row if there is one: list items and rows on lines of their own."""
    text = table_header
    for line in filter(None, (" ".join(each.split()) for each in clean(quote).split("\n"))):
        text += ("\n" if begins_item(line) or _CELL_BREAK in line else " ") + line if text else line
    # A footnote mark of the document would pass for one of ours.
    return _DOCUMENT_MARK.sub(r"(\1)", text)


def _leads_on(sentence: str) -> bool:
    """Whether it says little without the next one: a colon, a question, or a heading over a blank line."""
    said = sentence.rstrip()
    over_blank_line = sentence.count("\n", len(said)) > 1
    is_heading = over_blank_line and len(said.split()) <= _LONGEST_HEADING and said.split("  ")[0] == said
    return said.endswith(_LEADS_ON) or (is_heading and not said.endswith((".", "!", ";", "|")))


def _chosen(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The best few, none twice, neighbours joined; in the order of the hits, and inside a hit in that of the text."""
    worth = [each for each in candidates[:_MOST_QUOTES] if each.score >= _WORTH_QUOTING * candidates[0].score]
    joined: list[_Candidate] = []
    for each in sorted(worth, key=lambda candidate: (candidate.rank, candidate.start)):
        last = joined[-1] if joined else None
        if last and last.chunk.id == each.chunk.id and each.start <= last.end:
            joined[-1] = _Candidate(
                last.score, last.evidence, last.rank, last.chunk, last.start, max(last.end, each.end)
            )
        elif not any(_text(each) in _text(other) for other in joined):
            joined.append(each)
    return joined


def _text(candidate: _Candidate) -> str:
    return " ".join(candidate.chunk.text[candidate.start : candidate.end].split())
