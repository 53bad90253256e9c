"""What a document says, in its own words, for when no model can say it: a sentence from each of its sections.

Knows no question and no model.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from answers.asking.quotations import Quotations
from answers.citing.evidence import stems, wanted_in
from hebrew.sentences import sentences
from hebrew.tokens import tokens
from indexes.chunk import Chunk

_MOST_QUOTES = 10
_FEWEST_WORDS = 5
"""A shorter sentence is a heading, or says little alone."""
_LONGEST_SENTENCE = 400
_CELL_BREAK = " | "
_WORD = re.compile(r"[^\W\d_]{2,}")


def outline(chunks: Sequence[Chunk], quotations: Quotations) -> str:
    """One line for each section, its heading and the sentence that says most of what the document is about.

    At most ten lines, spread over the document. Sections that hold no sentence are left out.
    """
    about = _about(chunks)
    lines = []
    for heading, section in groupby(chunks, key=lambda chunk: chunk.heading_path):
        best = max(_candidates(list(section)), key=lambda one: _worth(one, about), default=None)
        if best:
            lines.append((heading[-1] if heading and heading[-1] != best[0].title else "", best))
    step = max(1.0, len(lines) / _MOST_QUOTES)
    chosen = [lines[int(at * step)] for at in range(min(_MOST_QUOTES, len(lines)))]
    if len(chosen) == 1:  # a document without headings is one section
        chosen = [("", one) for one in _central(chunks, about)]
    return "\n".join(f"- {f'{heading}: ' if heading else ''}{quotations.quote(*span)}" for heading, span in chosen)


_Span = tuple[Chunk, int, int]


def _candidates(chunks: Sequence[Chunk]) -> Iterator[_Span]:
    for chunk in chunks:
        for start, end in sentences(chunk.text):
            text = chunk.text[start:end].strip()
            is_prose = _CELL_BREAK not in text and len(text) <= _LONGEST_SENTENCE
            if is_prose and len(_WORD.findall(text)) >= _FEWEST_WORDS and text not in chunk.heading_path:
                yield chunk, start, end


def _central(chunks: Sequence[Chunk], about: Counter[str]) -> list[_Span]:
    """The sentences that say most, in the order of the document."""
    found = list(_candidates(chunks))
    best = sorted(range(len(found)), key=lambda at: -_worth(found[at], about))[: _MOST_QUOTES // 2]
    return [found[at] for at in sorted(best)]


def _about(chunks: Sequence[Chunk]) -> Counter[str]:
    """How often the words of the document stand in it, by stem."""
    return Counter(stem for chunk in chunks for stem in stems(chunk.text))


def _worth(span: _Span, about: Counter[str]) -> float:
    """How much of what the document keeps saying stands in a sentence: weights of its repeated words, per word."""
    chunk, start, end = span
    words = tokens(chunk.text[start:end])
    weights = wanted_in(words)
    said = sum(weight for forms, weight in weights.items() if max((about[form] for form in forms), default=0) > 1)
    return said / len(weights) ** 0.5 if weights else 0.0
