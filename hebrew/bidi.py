"""From the order on the screen back to the order of reading: an inverse of the Unicode bidirectional algorithm.

Works on one line at a time, on text alone; knows nothing of where characters stand on a page. Rule names (W4, N0, L2)
are those of Unicode Standard Annex 9, "Unicode Bidirectional Algorithm". Its implicit rules are nearly their own
inverse: a line resolved as if its screen order were its reading order gets the levels it was displayed with.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from hebrew.letters import count_hebrew

_MIRRORED = dict(
    zip("()[]{}<>\u00ab\u00bb\u2039\u203a\u2264\u2265", ")(][}{><\u00bb\u00ab\u203a\u2039\u2265\u2264", strict=True)
)
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_NUMBER_SIGNS = {"ES", "CS", "ET"}

_FOREIGN_NAME = re.compile(
    r"(?<![\w.])(?:(?![A-Z]+ )[A-Za-z][\w&'-]*(?: [\w&'-]+)+(?<=[A-Za-z])|Ltd|Inc|Corp|Co)\.(?=[()\[\] ]|$)"
)
"""Several Latin words and a full stop that touches them on the right: the end of a name, as in "Ltd.", that was set
apart from the Hebrew around it. By the rules alone the full stop would come before the first word."""

_ONLY_HEBREW = re.compile(r"""[א-ת\s.,:;!?"'()\[\]\-\u05be\u05f3\u05f4\u2013]*""")
"""Hebrew letters and signs that have no direction of their own: such a line has one level. Most lines are like that."""

_HEBREW_SHARE = 0.2
"""A text with at least this share of Hebrew among its letters is Hebrew with foreign words, not the other way round."""

_WORD = re.compile("[א-ת]{2,}")
_FINALS = frozenset("םןץףך")
_COMMON_WORDS = """
    של את על לא הוא היא עם זה כי גם או אל אם כל הם בין היה הייתה אשר יש אך עד אין לאחר מן כדי בשנת ידי היו זו רק אלה
    ביותר אחד ולא שלא מאוד לפי לפני יותר אחרי כאשר כמו
"""
_COMMON = frozenset(_COMMON_WORDS.split())

Direction = Literal["rtl", "ltr"]


def direction_of(text: str) -> Direction:
    """The direction a text is read in: `rtl` when at least a fifth of its letters are Hebrew, else `ltr`."""
    hebrew = count_hebrew(text)
    return "rtl" if hebrew and hebrew >= _HEBREW_SHARE * sum(map(str.isalpha, text)) else "ltr"


def reads_reversed(text: str) -> bool:
    """Whether the Hebrew of a text is written backwards, letter by letter. Ask for a paragraph or more, not for a line.

    Counts words that end in a final letter or are common, against those that begin with a final letter or are common
    when turned round.
    """
    score = 0
    for word in _WORD.findall(text):
        score += (word[-1] in _FINALS) - (word[0] in _FINALS)
        score += (word in _COMMON) - (word[::-1] in _COMMON)
    return score < 0


def visual_to_logical(line: str, base_rtl: bool = True) -> str:
    """The characters of one line, given as they stand on the screen from left to right, in reading order."""
    clusters: list[str] = []
    for character in line:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return "".join(glyph for _, glyph in logical_glyphs(clusters, base_rtl))


def logical_glyphs(glyphs: Sequence[str], base_rtl: bool = True) -> list[tuple[int, str]]:
    """Glyphs of one line, given as on the screen from left to right, in reading order.

    Each glyph is a letter with its points, or whatever else stays together. Returns pairs of the glyph's index in
    `glyphs` and its text, which differs only for a bracket that was mirrored on the screen.
    """
    levels = _levels([glyph[0] for glyph in glyphs], base_rtl)
    order = list(range(len(glyphs)))
    for level in (2, 1):  # L2, the highest level first
        _reverse_runs(order, [levels[index] >= level for index in order])
    return [(index, _mirrored(glyphs[index]) if levels[index] % 2 else glyphs[index]) for index in order]


def _mirrored(glyph: str) -> str:
    return _MIRRORED[glyph[0]] + glyph[1:] if glyph[0] in _MIRRORED else glyph


def _reverse_runs(order: list[int], inside: list[bool]) -> None:
    start = 0
    while start < len(order):
        end = start + 1
        if inside[start]:
            while end < len(order) and inside[end]:
                end += 1
            order[start:end] = reversed(order[start:end])
        start = end


def _levels(characters: Sequence[str], base_rtl: bool) -> list[int]:
    if base_rtl and _ONLY_HEBREW.fullmatch("".join(characters)):
        return [1] * len(characters)
    base = "R" if base_rtl else "L"
    classes = [_class_of(character) for character in characters]
    if base_rtl:
        for name in _FOREIGN_NAME.finditer("".join(characters)):
            classes[name.end() - 1] = "L"
    _resolve_numbers(classes, base)
    for opening, closing in sorted(_bracket_pairs(characters, classes)):
        _resolve_pair(classes, opening, closing, base)
    _resolve_neutrals(classes, base)
    if base_rtl:
        return [1 if kind == "R" else 2 for kind in classes]
    return [{"R": 1, "EN": 2}.get(kind, 0) for kind in classes]


@lru_cache(maxsize=4096)
def _class_of(character: str) -> str:
    kind = unicodedata.bidirectional(character)
    if kind in {"L", "EN", "ES", "CS", "ET"}:
        return kind
    return {"R": "R", "AL": "R", "AN": "EN"}.get(kind, "ON")


def _resolve_numbers(classes: list[str], base: str) -> None:
    """W4 to W7: signs inside and around numbers join them, other signs are neutral, a number after Latin is Latin."""
    for index in range(1, len(classes) - 1):
        if classes[index] in {"ES", "CS"} and classes[index - 1] == classes[index + 1] == "EN":
            classes[index] = "EN"
    for start, end in _runs(classes, {"ET"}):
        if "EN" in (*classes[start - 1 : start], *classes[end : end + 1]):
            classes[start:end] = ["EN"] * (end - start)
    strong = base
    for index, kind in enumerate(classes):
        if kind in _NUMBER_SIGNS:
            classes[index] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            classes[index] = "L"


def _bracket_pairs(characters: Sequence[str], classes: list[str]) -> Iterator[tuple[int, int]]:
    """BD16: positions of brackets that belong together."""
    waiting: list[int] = []
    for index, character in enumerate(characters):
        if classes[index] != "ON":
            continue
        if character in _OPENING:
            waiting.append(index)
        elif character in _CLOSING:
            for depth in range(len(waiting) - 1, -1, -1):
                if characters[waiting[depth]] == _CLOSING[character]:
                    yield waiting[depth], index
                    del waiting[depth:]
                    break


def _resolve_pair(classes: list[str], opening: int, closing: int, base: str) -> None:
    """N0: a pair of brackets takes the direction of what it holds, of what stands before it, or of the line."""
    inside = {_strong(kind) for kind in classes[opening + 1 : closing]} - {"ON"}
    if not inside:
        return
    kind = base
    if base not in inside:
        before = next((_strong(each) for each in reversed(classes[:opening]) if each != "ON"), base)
        kind = before if before != base else base
    classes[opening] = classes[closing] = kind


def _resolve_neutrals(classes: list[str], base: str) -> None:
    """N1 and N2: neutrals between two of a kind are of that kind, all others follow the line."""
    for start, end in _runs(classes, {"ON"}):
        before = _strong(classes[start - 1]) if start else base
        after = _strong(classes[end]) if end < len(classes) else base
        classes[start:end] = [before if before == after else base] * (end - start)


def _strong(kind: str) -> str:
    return "R" if kind == "EN" else kind


def _runs(classes: list[str], kinds: set[str]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(classes):
        end = start + 1
        if classes[start] in kinds:
            while end < len(classes) and classes[end] in kinds:
                end += 1
            yield start, end
        start = end
