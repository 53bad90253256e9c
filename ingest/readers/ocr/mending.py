"""Hebrew words as they were probably printed: what tesseract is known to mistake, set right where the lexicon is sure.

Knows nothing of pictures.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from hebrew.lexicon import frequency
from hebrew.tokens import tokens
from ingest.readers.ocr.tesseract import Seen

_FINAL_SAMEKH = re.compile(r"([א-ת][א-ת\"']*)ס(?=[^א-ת\"']*$)")
_FINAL_MEM = re.compile(r"[א-ת]ם(?=[^א-ת\"']*$)")
_MUCH_MORE, _MORE = 20, 3
"""How much more common a word with final mem must be to be what the page says, in a font that tesseract tells apart and
in one that it does not."""
_TOO_MANY = 0.5
"""Words in samekh for each in final mem that one page of Hebrew in a hundred has; beyond, tesseract cannot tell them
apart in the font of the page (docs/log.md)."""
_DOUBLE_YOD = re.compile("(?<![א-ת])([א-ת]{1,4})יי([א-ת])(?![א-ת])")


def mended(words: Sequence[Seen]) -> list[Seen]:
    """The words of a page, in their order."""
    samekhs = sum(_FINAL_SAMEKH.search(word.text) is not None for word in words)
    mems = sum(_FINAL_MEM.search(word.text) is not None for word in words)
    blind = samekhs > _TOO_MANY * (mems + 1)
    return [replace(word, text=_with_gershayim(_with_mem(word.text, blind))) for word in words]


def _with_mem(word: str, blind: bool) -> str:
    """The word with a final mem for its samekh; `blind` says that the page has too many of these."""
    match = _FINAL_SAMEKH.search(word)
    if match is None:
        return word
    mem, samekh = (sum(map(frequency, tokens(match[1] + letter))) for letter in "םס")
    is_mem = mem > (_MORE if blind else _MUCH_MORE) * samekh or (blind and not samekh)
    return f"{word[: match.end() - 1]}ם{word[match.end() :]}" if is_mem else word


def _with_gershayim(word: str) -> str:
    """The word as an acronym: two quotes become one sign, two yods if the other letters are much more common."""
    word = word.replace("''", '"')
    match = _DOUBLE_YOD.search(word)
    if match is None:
        return word
    plain, acronym = (sum(map(frequency, tokens(text))) for text in (match[0], match[1] + match[2]))
    if acronym <= _MUCH_MORE * plain:
        return word
    return f'{word[: match.end(1)]}"{word[match.start(2) :]}'
