"""Two cleanings of text: `clean`, which people read, and `normalise`, which is compared in searching.

Knows nothing of words. Neither function keeps character positions: offsets are counted in what they return.
"""

import re
import unicodedata
from functools import lru_cache

# Soft hyphen, combining grapheme joiner, Arabic letter mark, zero-width characters, direction marks, embeddings,
# isolates, word joiner and invisible operators, byte-order mark, interlinear annotation.
_INVISIBLE = [
    0x00AD, 0x034F, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
    *range(0xFFF9, 0xFFFC),
]  # fmt: skip
_CONTROLS = [*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]
_BLANKS = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_LINE_ENDS = [0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029]

_READABLE: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE + _CONTROLS),
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_LINE_ENDS, "\n"),
}

_QUOTES: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(map(ord, "\u05f4\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036"), '"'),
    **dict.fromkeys(map(ord, "\u05f3\u2018\u2019\u201a\u201b\u2032\u2035`\u00b4"), "'"),
}

# Hebrew letters that carry points (U+FB1D to U+FB4F) and Latin ligatures (U+FB00 to U+FB06), as PDF fonts write them.
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb1d-\ufb4f]+")


def clean(text: str) -> str:
    r"""The text as people read it: no invisible or control characters, one kind of blank, `\n` for every line end.

    Presentation forms become the letters they show, with their points after them; niqqud, quotes and case stay.
    """
    text = text.replace("\r\n", "\n").translate(_READABLE)
    return _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKD", match.group()), text)


# What is more than Hebrew letters and ASCII. Compiled once, as most of a text is neither touched nor looked at again.
_UNUSUAL = re.compile("[^\n -~\u05d0-\u05ea]+")
_CACHED_RUNS = 1 << 14


def normalise(text: str) -> str:
    """The text as it is searched: no niqqud, cantillation or accents, only `"` and `'` as quotes, in lower case."""
    return _UNUSUAL.sub(_simplified, text).replace("''", '"').lower()


def _simplified(unusual: re.Match[str]) -> str:
    return _simple(unusual.group())


@lru_cache(_CACHED_RUNS)
def _simple(run: str) -> str:
    decomposed = unicodedata.normalize("NFKD", run.translate(_QUOTES))
    return "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
