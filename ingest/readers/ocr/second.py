"""The second reading of a page: numbers and Latin words, which the Hebrew data of tesseract garbles and is sure of.

Only these, and what the Hebrew data left over, are shown to its English data, in their places on an empty page.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PIL import Image

from hebrew.letters import PREFIXES
from indexes.page import Box
from ingest.quality import quality
from ingest.readers.line import union
from ingest.readers.ocr.sheet import has_ink, without_words
from ingest.readers.ocr.tesseract import Layout, Seen, see

_LAYOUT: Layout = "11"
_DOUBTFUL = 85.0
_GUESSED = 20.0
"""Below that a word is a guess, even where it is one: of a number it may make a short word of the lexicon."""
_BELIEVED = 40.0
_BELIEVED_ABOUT_LETTERS = 80.0
"""From where a Latin word is believed in place of one that is all Hebrew letters, which may be one nobody knows."""
_CERTAIN = 80.0
"""From where something is believed in a place where the Hebrew data saw nothing."""
_MARGIN = 0.25
"""What is shown around words, in heights of the line."""
_COVERED = 0.6
"""How much of the width of a word others must fill to stand in its place."""
_NEAR = 2.0
"""Heights of the line between two words up to which they are shown as one piece."""

_HEBREW = re.compile("[א-ת]")
_OTHER = re.compile(r"[\dA-Za-z]")
_LATIN = re.compile("[A-Za-z].*[A-Za-z]")
_NUMBER = re.compile(r"\d(?:[\d.,:/-]*\d)?")
_ALL_NUMBER = re.compile(r"[(\u20aa$]*\d[\d.,:/-]*[)%\u20aa$]*")
_PREFIX = re.compile("[^א-ת]?([א-ת]{1,4})-")
_DASH_AND_PREFIX = re.compile(r"-[^-]{0,2}$")
_AROUND = re.compile(r"[^.,:;()%\u20aa$]")
_MIXED = re.compile(r"\d[א-ת]|[א-ת]\d")
_STOPS = ".,:;!?"
_QUOTES = str.maketrans("\u201c\u201d\u201e", '"""')


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The words of a page, those that the Hebrew data garbles as English data sees them, where it is to be believed.

    `found` are numbers and Latin words where there were none: tesseract passes over columns of numbers.
    """

    words: list[Seen]
    found: list[Seen]


def read_again(tesseract: str, picture: Image.Image, words: Sequence[Seen], dpi: float) -> SecondReading:
    """Shows the English data what the Hebrew data garbled or left over."""
    pieces = list(_pieces(words))
    garbled = [piece for piece in pieces if _is_garbled(piece[0])]
    others = [word.box for piece in pieces for word in piece if not _is_garbled(piece[0])]
    sheet = without_words(picture, others, map(_with_margin, garbled))
    if not has_ink(sheet):
        return SecondReading(list(words), [])
    seen = see(tesseract, sheet, "eng", _LAYOUT, dpi)
    return SecondReading(
        [word for piece in pieces for word in (_better(piece, seen) if _is_garbled(piece[0]) else piece)],
        [each for each in seen if _is_certain(each) and not any(_same_place(each.box, word.box) for word in words)],
    )


def _is_certain(word: Seen) -> bool:
    return word.confidence >= _CERTAIN and (_ALL_NUMBER.fullmatch(word.text) or _LATIN.search(word.text)) is not None


def _is_garbled(word: Seen) -> bool:
    """Whether the Hebrew data may be the wrong one for this word."""
    if word.confidence < _GUESSED:
        return True
    if _OTHER.search(word.text):
        return not _says_something(word)
    known = _HEBREW.search(word.text) is not None and quality(word.text) == 1
    return word.confidence < _DOUBTFUL and not known and not any(map(unicodedata.combining, word.text))


def _says_something(word: Seen) -> bool:
    """Whether a word with digits is Hebrew for the rest of it, as "2016-now" is; letters among digits are no Hebrew."""
    letters = "".join(_HEBREW.findall(word.text))
    return len(letters) > 1 and letters not in PREFIXES and not _MIXED.search(word.text) and quality(word.text) == 1


def _pieces(words: Sequence[Seen]) -> Iterator[list[Seen]]:
    """The words in pieces: garbled ones that stand beside each other, and each of the others alone."""
    if not words:
        return
    piece = [words[0]]
    for last, word in pairwise(words):
        beside = last.line == word.line and _gap(last.box, word.box) < _NEAR * (last.box[3] - last.box[1])
        if not (beside and _is_garbled(last) and _is_garbled(word)) or _PREFIX.match(word.text):
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _with_margin(piece: Sequence[Seen]) -> Box:
    left, top, right, bottom = union([word.box for word in piece])
    margin = _MARGIN * (bottom - top)
    return left - margin, top - margin, right + margin, bottom + margin


def _better(piece: Sequence[Seen], seen: Sequence[Seen]) -> list[Seen]:
    """A garbled piece with the Latin words and the numbers that stand in it."""
    there = [each for each in seen if _same_place(union([word.box for word in piece]), each.box)]
    if not any(_is_latin(piece, word, there) for word in piece):
        return [_with_number(word, [each for each in there if _same_place(word.box, each.box)]) for word in piece]
    replaced = [word for word in piece if _gives_way(word, there)]
    kept = [word for word in piece if word not in replaced]
    latin = [each for each in there if not any(_same_place(word.box, each.box) for word in kept)]
    return _in_order(piece, latin, kept)


def _is_latin(piece: Sequence[Seen], word: Seen, there: Sequence[Seen]) -> bool:
    """Whether a word in the place of this one is to be believed."""
    needed = _BELIEVED_ABOUT_LETTERS if _may_be_hebrew(word) else _BELIEVED
    if not _MIXED.search(word.text):
        needed = max(needed, word.confidence)
    same = [each for each in there if _same_place(word.box, each.box)]
    latin = any(each.confidence >= needed and _LATIN.search(_own(piece, each)) for each in same)
    return latin and _share_covered(word, same) > _COVERED


def _gives_way(word: Seen, there: Sequence[Seen]) -> bool:
    """Whether a word among Latin ones is one of them."""
    same = [each for each in there if _same_place(word.box, each.box)]
    surer = not _may_be_hebrew(word) or any(each.confidence > word.confidence for each in same)
    return surer and _share_covered(word, same) > _COVERED


def _may_be_hebrew(word: Seen) -> bool:
    """Whether it is all letters: a word or name that the lexicon does not have, perhaps."""
    return not _OTHER.search(word.text)


def _share_covered(word: Seen, there: Sequence[Seen]) -> float:
    """How much of the width of a word is covered by others."""
    left, _, right, _ = word.box
    covered = sum(max(0.0, min(right, each.box[2]) - max(left, each.box[0])) for each in there)
    return covered / (right - left)


def _own(piece: Sequence[Seen], latin: Seen) -> str:
    """A word of the piece without what the English data makes of the Hebrew prefix at its right end."""
    first = max(piece, key=lambda word: word.box[2])
    prefix = _PREFIX.match(first.text)
    if prefix and prefix[1] in PREFIXES and _same_place(first.box, latin.box):
        return _DASH_AND_PREFIX.sub("", latin.text)
    return latin.text


def _in_order(piece: Sequence[Seen], latin: Sequence[Seen], kept: Sequence[Seen]) -> list[Seen]:
    """Latin words in place of a piece, from left to right, after the Hebrew prefix that stands on their right.

    A stop on their left ends them: it belongs to the Hebrew around them.
    """
    first = max(piece, key=lambda word: word.box[2])
    ordered = sorted([*latin, *kept], key=lambda each: each.box[0])
    texts = [(_own(piece, each) if each in latin else each.text).translate(_QUOTES) for each in ordered]
    stop = texts[0][: len(texts[0]) - len(texts[0].lstrip(_STOPS))]
    texts[0] = texts[0][len(stop) :]
    texts[-1] += stop or _missing_stop(piece, texts[-1])
    prefix = _PREFIX.match(first.text)
    if prefix and prefix[1] in PREFIXES and first not in kept:
        texts[0] = prefix[0] + texts[0]
    return [
        replace(each, text=text, line=first.line, is_latin=True)
        for each, text in zip(ordered, texts, strict=True)
        if text
    ]


def _missing_stop(piece: Sequence[Seen], text: str) -> str:
    """The full stop or comma that the Hebrew data saw on the left of a piece, if the text ends without one."""
    last = min(piece, key=lambda word: word.box[0]).text[-1]
    return last if last in ".," and text[-1:] not in _STOPS else ""


def _with_number(word: Seen, there: Sequence[Seen]) -> Seen:
    """The word with its number as the English data has it, if it is surer or saw more of it."""
    mine = _NUMBER.search(word.text)
    if mine is None or len(there) != 1 or there[0].confidence < _BELIEVED:
        return word
    numbers = _NUMBER.findall(_own([word], there[0]))
    if len(numbers) != 1 or (len(numbers[0]) <= len(mine[0]) and there[0].confidence <= word.confidence):
        return word
    before, after = word.text[: mine.start()], word.text[mine.end() :]
    if len(numbers[0]) > len(mine[0]) + 1:
        after = _AROUND.sub("", after)
    return replace(word, text=before + numbers[0] + after)


def _same_place(first: Box, second: Box) -> bool:
    """Whether the smaller box lies half or more in the other."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return width > 0 and height > 0 and width * height > smaller / 2


def _gap(first: Box, second: Box) -> float:
    return max(first[0], second[0]) - min(first[2], second[2])
