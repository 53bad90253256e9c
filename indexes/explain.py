"""Why a passage was found: which of its words stand for which word of the question, and in which form.

The same foldings as the index, one word at a time and in the order of certainty. Pure; knows no index and no scores.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from hebrew.folding import stem, strip_prefix, strip_suffix
from hebrew.terms import Kind, Term
from hebrew.tokens import QUESTION_WORDS, written_words
from indexes.chunk import Chunk

Form = Literal["same", "prefix", "ending", "spelling", "acronym", "number", "glossary", "part"]
"""How a word of a passage is what was asked for, the surest first: the very word; the word with other prefix letters,
with another ending, in another spelling; what an acronym, a number or an entry of the glossary stands for; a word that
has most of its letters in common."""

_FORMS: tuple[Form, ...] = ("same", "prefix", "ending", "spelling", "acronym", "number", "glossary", "part")
_PIECE = re.compile("[^\\s\u05be]+")
_AROUND_WORDS = "\"'.,:;!?()[]{}<>/\\|*-\u2010\u2013\u2014\u2026\u05f3\u05f4\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_GRAM = 4
_MOST_LETTERS = 0.5
"""Share of the four-letter pieces of a word of the question that a word needs to have a part in common with it."""


@dataclass(frozen=True, slots=True)
class Match:
    """Characters `start` to `end` of `chunk.text`, or of `chunk.head` for `where` "head", and what they answer to.

    `text` is what stands there, `asked` the word of the question as it was typed, `how` the form in which it was found.
    """

    where: Literal["head", "text"]
    start: int
    end: int
    text: str
    asked: str
    how: Form


def explain(question: str, terms: Sequence[Term], chunk: Chunk) -> tuple[Match, ...]:
    """The words of title, headings and text that match, in their order, each once by its surest form.

    Words that only share a part with a word of the question are told of where that word is not found otherwise.
    """
    asked = typed_words(question)
    matches = [*_matches("head", chunk.head, terms, asked), *_matches("text", chunk.text, terms, asked)]
    found = {match.asked for match in matches if match.how != "part"}
    return tuple(match for match in matches if match.how != "part" or match.asked not in found)


@dataclass(frozen=True, slots=True)
class Group:
    """All that was found of a word of the question in one form: what stands in the passage, each once."""

    asked: str
    how: Form
    found: tuple[str, ...]


def grouped(matches: Sequence[Match]) -> tuple[Group, ...]:
    """The matches by the word they answer to and its form, the surest form of each word first."""
    groups: dict[tuple[str, Form], dict[str, None]] = {}
    for match in matches:
        groups.setdefault((match.asked, match.how), {})[match.text] = None
    order = {asked: at for at, (asked, _) in reversed(list(enumerate(groups)))}
    keys = sorted(groups, key=lambda key: (order[key[0]], _FORMS.index(key[1])))
    return tuple(Group(asked, how, tuple(groups[asked, how])) for asked, how in keys)


def typed_words(question: str) -> tuple[str, ...]:
    """The words of a question as they were typed; `Term.word` is a number in this list."""
    every = [(piece.strip(_AROUND_WORDS), forms[0]) for piece in question.split() for forms in written_words(piece)]
    return tuple(piece for piece, form in every if form not in QUESTION_WORDS) or tuple(piece for piece, _ in every)


def _matches(where: Literal["head", "text"], text: str, terms: Sequence[Term], asked: Sequence[str]) -> Iterator[Match]:
    known: dict[str, tuple[Form, Term] | None] = {}
    by_stem: dict[str, list[Term]] = {}
    for term in terms:
        by_stem.setdefault(stem(term.token), []).append(term)
    for piece in _PIECE.finditer(text):
        word = piece[0].strip(_AROUND_WORDS)
        if word not in known:
            known[word] = _surest(word, terms, by_stem)
        if found := known[word]:
            form, term = found
            start = piece.start() + piece[0].index(word)
            yield Match(where, start, start + len(word), word, asked[term.word], form)


def _surest(word: str, terms: Sequence[Term], by_stem: Mapping[str, Sequence[Term]]) -> tuple[Form, Term] | None:
    """The term for which a written word stands with the greatest certainty, and how."""
    forms = [(form, at > 0) for written in written_words(word) for at, form in enumerate(written)]
    alike = [
        (_form(token, is_digits, term), term) for token, is_digits in forms for term in by_stem.get(stem(token), ())
    ]
    if not alike:
        alike = [
            ("part", term)
            for token, _ in forms
            for term in terms
            if term.kind == "word" and _share_letters(term, token)
        ]
    return min(alike, key=lambda each: _FORMS.index(each[0]), default=None)


def _form(token: str, is_other_form: bool, term: Term) -> Form:
    special: Mapping[Kind, Form] = {"acronym": "acronym", "number": "number", "glossary": "glossary"}
    if term.kind in special:
        return special[term.kind]
    if token == term.token:
        return "number" if is_other_form else "same"
    word, other = strip_prefix(token), strip_prefix(term.token)
    if word == other:
        return "prefix"
    return "ending" if strip_suffix(word) == strip_suffix(other) else "spelling"


def _share_letters(term: Term, token: str) -> bool:
    asked, found = _grams(term.token), _grams(token)
    return len(asked) > 1 and len(asked & found) >= _MOST_LETTERS * len(asked)


def _grams(token: str) -> frozenset[str]:
    bounded = f"_{token}_"
    return frozenset(bounded[at : at + _GRAM] for at in range(max(1, len(bounded) - _GRAM + 1)))
