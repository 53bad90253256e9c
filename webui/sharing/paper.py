"""What an exported file says, whatever its format: blocks of text with their directions, and tables.

Text on paper has no markup that keeps a phone number in one piece, so left-to-right marks stand around what the
bidirectional algorithm (UAX 9) would turn around in a right-to-left line. What else would turn text around is left out.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from hebrew.bidi import Direction

LTR_MARK, RTL_MARK = "\u200e", "\u200f"

_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Embeddings, overrides and isolates: they end only where a line does, and would reach into what stands beside."""

_ENDS_OF_LINES = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NO_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters and what is no character: neither XML 1.0 nor a font has them."""

_TURNED = re.compile(
    r"(?<![\w+])\+\d[\d-]*\d"  # phone numbers with the code of a country
    r"|(?<![\w.,:/+-])\d[\d.,]*(?:\u2013\d[\d.,]*\d|\u2013\d)%?"  # ranges
    r"|(?<![\w.,:/+-])0\d{1,2} \d{3} ?\d{4}(?!\d)"  # phone numbers with spaces
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:\+\+|\#)"  # C++, C#
)

Kind = Literal["title", "lead", "question", "heading", "paragraph", "item", "quote", "code", "note", "source"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. A line of a block ends where its text has an end of line."""

    text: str
    bold: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `sign` stands before it (a bullet, a number), `depth` is how far in it stands, from 0."""

    kind: Kind
    runs: tuple[Run, ...]
    direction: Direction = "rtl"
    sign: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its first row the heading; each row has the same number of cells, a cell one line of runs."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    direction: Direction = "rtl"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole file: its title, which is also its first block, and what follows."""

    title: str
    blocks: tuple[Block | Grid, ...]


def legible(text: str) -> str:
    """The text with characters alone that every format can hold; what is no character becomes U+FFFD."""
    lines = _ENDS_OF_LINES.sub("\n", text).translate(_OVERRIDES).replace("\t", "    ")
    return _NO_CHARACTERS.sub("\ufffd", lines)


def set_apart(text: str) -> str:
    """The text of a right-to-left line with left-to-right marks around what would be turned around in it."""
    return _TURNED.sub(lambda found: f"{LTR_MARK}{found[0]}{LTR_MARK}", text)


def unmarked(text: str) -> str:
    """The text without characters that nobody sees, such as marks of direction; ends of lines stay."""
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) != "Cf")
