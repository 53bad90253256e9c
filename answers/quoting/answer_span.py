"""Where in a quoted sentence the answer itself stands, when a number, a date, a person or a place is asked for.

Every few words in a row are a candidate; a linear score over what they are and what stands around them chooses one,
and only one that is clearly better than all others is taken. Which feature counts how much is in `weights.json`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from answers.answer import Stretch
from answers.quoting.asked import Asked, forms
from answers.quoting.weights import Features, score
from hebrew.folding import strip_prefix
from hebrew.kinds import Kind, Sign, is_price, signs
from hebrew.lexicon import frequency
from hebrew.tokens import tokens

SHOWN: frozenset[Kind] = frozenset(("date", "number", "person", "place"))
"""The kinds of answers that are one piece of a sentence."""

_SURE = 0.7
"""How likely it must be that the sentence answers, and that the answer is the chosen candidate or overlaps it."""
_LONGEST = 5
_PIECE = re.compile(r"[^\s\u05be]+")
_AROUND = "\"'.,:;!?()[]{}|*-\u2013\u2014\u05f3\u05f4\u201c\u201d"
_GERESH = ("'", "\u05f3")
"""The mark behind a letter that counts belongs to it."""
_BREAKS = frozenset(".,:;!?()[]|\u2013\u2014")
_CELL_BREAK = " |"
_CURRENCY = 6
"""Characters behind a number in which its currency may stand."""
_COMMON = 10_000
"""Paragraphs of 350,000 from which a word is one that begins or ends no name."""
_FAR = 8
_OF_WORD: tuple[Sign, ...] = (
    "year", "digits", "month", "number_word", "measure", "time", "place", "title", "foreign", "rare", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Word:
    """A written word: where it stands without the marks around it, its token, and what it is."""

    start: int
    end: int
    token: str
    is_asked: bool
    is_common: bool
    signs: frozenset[Sign]
    breaks: bool
    """Whether a mark behind it ends what goes together."""


def answer_span(asked: Asked, text: str, probability: float, weights: Mapping[str, float]) -> Stretch | None:
    """Characters from the first to the last, exclusive, of the answer in a sentence that holds it with `probability`.

    None where that is not sure enough, or something else is asked for than what one piece of a sentence can be.
    """
    if asked.kind not in SHOWN:
        return None
    scored = [(score(weights, features), place) for place, features in spans(asked, text)]
    if not scored:
        return None
    best, chosen = max(scored)
    likely = [(exp(each - best), place) for each, place in scored]
    overlapping = sum(share for share, (start, end) in likely if start < chosen[1] and chosen[0] < end)
    if asked.price and not is_price(text[chosen[0] : chosen[1] + _CURRENCY]):
        return None
    return chosen if probability * overlapping >= _SURE * sum(share for share, _ in likely) else None


def spans(asked: Asked, text: str) -> Iterator[tuple[Stretch, Features]]:
    """The candidates in a text, each with its features."""
    words = list(_words(asked, text))
    distances = _distances([word.is_asked for word in words])
    for first, word in enumerate(words):
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first and words[last - 1].breaks:
                break
            found = _features(words, first, last, distances)
            yield (word.start, words[last].end), {f"{asked.kind}: {name}": value for name, value in found.items()}


def _words(asked: Asked, text: str) -> Iterator[_Word]:
    for match in _PIECE.finditer(text):
        bare = match[0].strip(_AROUND)
        token = next(iter(tokens(match[0])), "")
        if not bare or not token:
            continue
        start = match.start() + match[0].index(bare)
        end = start + len(bare)
        if len(bare) == 1 and text[end : end + 1] in _GERESH:
            end += 1
        found = signs(bare, [token], asked.said)
        yield _Word(
            start, end, token, not forms(token).isdisjoint(asked.said_stems),
            frequency(token) >= _COMMON, frozenset(sign for sign, share in found.items() if share),
            not _BREAKS.isdisjoint(match[0][match[0].index(bare) + len(bare) :])
            or text.startswith(_CELL_BREAK, match.end()),
        )  # fmt: skip


def _distances(is_asked: Sequence[bool]) -> list[int]:
    """How many words from each one the nearest word of the question is."""
    there = [at for at, each in enumerate(is_asked) if each]
    return [min((abs(at - other) for other in there), default=_FAR) for at in range(len(is_asked))]


def _features(words: Sequence[_Word], first: int, last: int, distances: Sequence[int]) -> Features:
    inside = words[first : last + 1]
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    found = {
        f"{len(inside)} words": 1.0,
        "asked": sum(word.is_asked for word in inside) / len(inside),
        "common first": float(inside[0].is_common),
        "common last": float(inside[-1].is_common),
        "distance": log(1 + min(distances[first], distances[last], _FAR)),
        "asked before": float(before is not None and before.is_asked),
        "asked after": float(after is not None and after.is_asked),
        "after break": float(before is None or before.breaks),
        "before break": float(after is None or inside[-1].breaks),
        f"letter {inside[0].token[0]}": float(_is_prefixed(inside[0].token)),
        "place": first / len(words),
    }
    for sign in _OF_WORD:
        count = sum(sign in word.signs for word in inside)
        found |= {
            sign: count / len(inside),
            f"any {sign}": float(count > 0),
            f"first {sign}": float(sign in inside[0].signs),
        }
        found |= {f"last {sign}": float(sign in inside[-1].signs)}
        found |= {f"{sign} before": float(before is not None and sign in before.signs)}
        found |= {f"{sign} after": float(after is not None and sign in after.signs and not inside[-1].breaks)}
    return {name: value for name, value in found.items() if value}


def _is_prefixed(token: str) -> bool:
    """Whether the word may begin with a prefix letter: a part of it is a word."""
    return strip_prefix(token) != token
