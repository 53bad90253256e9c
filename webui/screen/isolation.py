"""Pieces of a text that the bidirectional algorithm (UAX 9) would turn around or that a line would tear, set apart.

A phone number, an amount, a sum, an address, `C++`: each becomes an element with a direction of its own, together with
the Latin words beside it, which read on into it. What the algorithm shows as it should be stays as it is. Knows nothing
of Markdown and of pages.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from hebrew.bidi import Direction, direction_of
from webui.texts import language

_RIGHT = "\u05d0-\u07ff\ufb1d-\ufdff"
_BEGINS = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][-.,:/+@&=_%])"
_OPENS = r"(?<![^\s(\[\"'\u201c\u201e])"
_SIGN = r"(?:(?<![^\s(\[/\u2013])[-+\u2212\u00b1])"
"""A sign belongs to its number unless it stands behind a letter, where it is the hyphen of a prefix."""
_NUMBER = r"\d+(?:[.,]\d+)*+"
_JOINED = r"\d[A-Za-z0-9]*+(?:,\d+)*+%?(?:[-._:/+\u2013]+[A-Za-z0-9]+(?:,\d+)*+%?)*+"
_UNIT = r"[ \u00a0]?(?:%|\u00b0 ?[CF]|[KMGTP]i?B|kWh?|W|[kcm]?m|k?g|m?l|[kMG]?Hz|dB|px|V|A|AM|PM|USD|EUR|NIS|ILS)"
_TERM = r"[(\[]{0,3}[-+\u2212]?(?:\d+(?:[.,/:]\d+)*+%?[a-z]?|[A-Za-z](?![A-Za-z]))(?:\^\d+)?[)\]]{0,3}+"
_SIGNS = r"[+*^=<>\u00d7\u00f7\u00b7\u2264\u2265\u2260\u2248\u2212]"
_SUM = rf"{_TERM}(?: ?{_SIGNS} ?{_TERM}| [-/] {_TERM}(?=[^{_RIGHT}\n]{{0,80}}=))++"
_MAIL = r"[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9])?@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_LINK = r"(?:https?://|ftp://|www\.)[^\s<>\"\u201c\u201d]{1,2000}"
_PATH = r"(?:[A-Za-z]:\\|\\\\|~?/(?=[\w.-]+/)|\.{1,2}/)[^\s<>\"\u201c\u201d]{1,2000}"

_ADDRESS = re.compile(rf"{_BEGINS}(?:{_LINK}|{_MAIL})|{_OPENS}{_PATH}")
_TORN = re.compile(
    "|".join(
        [
            rf"(?P<shekels>{_SIGN}?{_BEGINS}{_NUMBER}(?:[-\u2013]{_NUMBER})?)(?P<currency>[ \u00a0]?\u20aa)",
            # A sentence in other letters, in quotation marks or brackets: its end belongs to it.
            rf"(?<![{_RIGHT}\w])[\"\u201c\u201e(](?P<inside>[A-Za-z][^\"\u201c\u201d{_RIGHT}()\n]{{0,200}}[.!?\u2026])(?=[\"\u201d)])",
            rf"(?P<address>{_ADDRESS.pattern})",
            rf"(?P<sum>{_BEGINS}{_SUM})",
            r"\*\d{3,5}(?!\d)",  # the short numbers of Israeli companies
            r"(?:\+\d{1,3}[ -]?(?:\(0\))?\d{1,3}|\(0\d{1,2}\)|0\d{1,2})[ -]?(?:\d{7}|\d{3}[ -]\d{2}[ -]?\d{2})(?!\d)",
            rf"{_BEGINS}(?:1(?:[ -]\d{{3}}){{3}}\d?|\d{{4}}(?: \d{{4}}){{2,4}})(?!\d)",
            rf"{_BEGINS}\d{{1,3}}(?:[\u00a0\u202f]\d{{3}})++(?!\d)",
            rf"{_BEGINS}\d+(?:[:./]\d+)++ [-\u2013] \d+(?:[:./]\d+)++",  # from a time or a day to another one
            rf"(?P<joined>{_SIGN}?{_BEGINS}{_JOINED}(?:{_UNIT}(?![A-Za-z0-9]))?)",
            rf"{_BEGINS}[A-Za-z][A-Za-z0-9]*+(?:\+{{1,2}}|\#)(?![A-Za-z0-9+])",  # C++, C#, A+
            rf"{_OPENS}--?[A-Za-z][\w-]*+|(?<![^\s(\[\"'\u201c\u201e\u05be-])[.#@$][A-Za-z]\w*+",  # --help, .NET, #tag
            rf"{_BEGINS}(?:(?:Ltd|Inc|Corp|Co|etc|vs|No)\.(?=[ )])|(?:[A-Za-z]\.){{2,}})",
        ]
    )
)
_STANDS = re.compile(r"\d+(?:[.,]\d+)*+%?[A-Za-z0-9]*+")
"""Numbers that no algorithm and no end of a line harms."""
_BEFORE = re.compile(r"(?:(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9&'\u2019.+#-]*[ \u00a0])++$")
_AFTER = re.compile(r"(?:[ \u00a0](?:[A-Za-z]|\d[\d.,]*(?=[\s).,;:!?]|$))(?:[A-Za-z0-9&'\u2019.,/-]*[A-Za-z0-9])?)++")
_BESIDE = 120
"""Characters before a piece in which the Latin words that belong to it are looked for."""
_LATIN = re.compile("[A-Za-z]")
_OPENING = {")": "(", "]": "[", "}": "{"}
_CLOSING = {opening: closing for closing, opening in _OPENING.items()}
_ENDS = ".,;:!?'\u2019\u05f3\u05f4"
"""What ends a sentence or a quotation and no address."""
_SHORT = 24
"""Characters that stay on one line."""


class _Piece(NamedTuple):
    start: int
    end: int
    number: int = 0
    """Where the number of an amount in shekels ends; 0 for all else."""


def direction(text: str) -> Direction:
    """The direction of a block of text. Addresses do not count; a block without letters follows the page."""
    if not any(map(str.isalpha, text)):
        return language.direction()
    words = _ADDRESS.sub("", text)
    return direction_of(words) if any(map(str.isalpha, words)) else "ltr"


def isolated(text: str) -> str:
    """Text as HTML, escaped, for a block that has its direction: what would be turned around in it is set apart."""
    drawn, end = [], 0
    for piece in _pieces(text):
        drawn += [html.escape(text[end : piece.start]), _drawn(text, piece)]
        end = piece.end
    return "".join([*drawn, html.escape(text[end:])])


def isolated_name(name: object) -> Markup:
    """A name that people gave (to a file, a document, themselves), set apart from the sentence around it.

    Its direction follows from its letters and not, as that of a bare `bdi` would, from the first of them.
    """
    text = str(name)
    return Markup(f'<bdi dir="{direction(text)}">{isolated(text)}</bdi>')  # noqa: S704 - all of it is escaped above


def _pieces(text: str) -> Iterator[_Piece]:
    end = 0
    for found in _TORN.finditer(text):
        if found.start() < end or (found.lastgroup == "joined" and _STANDS.fullmatch(found[0])):
            continue
        if found.lastgroup == "currency":
            piece = _Piece(*found.span(), found.end("shekels"))
        elif found.lastgroup == "inside":
            piece = _Piece(*found.span("inside"))
        else:
            piece = _grown(text, *_trimmed(found), end)
        yield piece
        end = piece.end


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    """Where an address or a sum is, without what belongs to the sentence around it: a full stop, half a bracket."""
    start, end = found.span()
    if found.lastgroup not in ("address", "sum"):
        return start, end
    inside = found[0]
    while inside[0] in _CLOSING and inside.count(inside[0]) > inside.count(_CLOSING[inside[0]]):
        inside = inside[1:]
    start = end - len(inside)
    while inside[-1] in _ENDS or (
        inside[-1] in _OPENING and inside.count(inside[-1]) > inside.count(_OPENING[inside[-1]])
    ):
        inside = inside[:-1]
    return start, start + len(inside)


def _grown(text: str, start: int, end: int, after: int) -> _Piece:
    """With the Latin words beside it, which the algorithm would have joined to it."""
    if before := _BEFORE.search(text, max(after, start - _BESIDE), start):
        start = before.start()
    if _LATIN.search(text, start, end) and (behind := _AFTER.match(text, end)):
        end = behind.end()
    return _Piece(start, end)


def _drawn(text: str, piece: _Piece) -> str:
    inside = text[piece.start : piece.end]
    if piece.number:
        number, sign = text[piece.start : piece.number], text[piece.number : piece.end]
        return f'<bdi dir="rtl"><bdi dir="ltr">{number}</bdi>{sign}</bdi>'
    long = ' class="long"' if len(inside) > _SHORT else ""
    return f'<bdi dir="ltr"{long}>{html.escape(inside)}</bdi>'
