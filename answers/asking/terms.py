"""Official words for colloquial ones, asked of the model when the question's own words find little.

They become pairs of a glossary for one search, so that they stand beside the words of the question and never replace
them. Knows no index.
"""

import json
import re
from collections.abc import Sequence

from answers.asking.short import lines_of, said
from answers.serving.model import Model
from answers.writing import Capacity
from hebrew.folding import stem
from hebrew.lexicon import frequency
from hebrew.terms import Pair, asked_words
from hebrew.tokens import question_tokens
from indexes.chunk import Hit

_MOST_TOKENS = 160
_SECONDS = 8.0
_MOST_TERMS = 8
_MOST_WORDS = 4
_LONGEST = 60
"""Characters."""
_SIGNS = re.compile(r"\s*(?:=>|->|=|:|\u2190|\u2192|\t| [-\u2013\u2014] )\s*")
"""What stands between a word and its term."""
_BETWEEN = re.compile(r"\s*[,;/|]\s*|\s+\u05d0\u05d5\s+")
"""What stands between two terms: a comma, or the Hebrew for "or"."""
_WRAPPING = " \t\"'`*[]{}()\u201c\u201d.?!\u05f4"


async def official_terms(question: str, model: Model, capacity: Capacity) -> tuple[Pair, ...]:
    """Pairs of words of the question and other words for them; none where the model is no help, or not in time."""
    return terms_in(await said("official_terms", model, capacity, _MOST_TOKENS, _SECONDS, question=question), question)


def terms_in(written: str, question: str) -> tuple[Pair, ...]:
    """The pairs in what a model wrote: lines of `word = term, term`, or the same as JSON.

    A term without a word, or with one that the question does not have, goes with the rarest word of the question.
    """
    asked = [word.token for word in asked_words(question)]
    known = {stem(token) for token in asked}
    rarest = min(asked, key=frequency, default="")
    pairs: dict[Pair, None] = {}
    for line in _lines(written):
        *words, terms = _SIGNS.split(line, maxsplit=1)
        word = (words[0] if words else "").strip(_WRAPPING)
        in_question = [token for token in question_tokens(word) if stem(token) in known] if word else []
        for term in _BETWEEN.split(terms):
            meant = term.strip(_WRAPPING)
            new = [token for token in question_tokens(meant) if stem(token) not in known]
            if new and len(meant) <= _LONGEST and len(meant.split()) <= _MOST_WORDS:
                pairs[(word if in_question and len(word.split()) == len(in_question) else rarest), meant] = None
    return tuple(pairs)[:_MOST_TERMS] if rarest else ()


def _lines(written: str) -> list[str]:
    """What was written as lines of `word = terms`, also where it is an object of JSON."""
    try:
        parsed = json.loads(written[written.index("{") : written.rindex("}") + 1])
    except ValueError:
        return lines_of(written)
    terms = {word: meant if isinstance(meant, list) else [meant] for word, meant in parsed.items()}
    return [f"{word} = {term}" for word, meant in terms.items() for term in meant]


def used(pairs: Sequence[Pair], hits: Sequence[Hit]) -> tuple[str, ...]:
    """The terms of which every word stands in one of the hits."""
    there = [{stem(token) for token in question_tokens(hit.chunk.searchable)} for hit in hits]
    terms = {term: [stem(token) for token in question_tokens(term)] for _, term in pairs}
    return tuple(term for term, stems in terms.items() if any(each.issuperset(stems) for each in there))
