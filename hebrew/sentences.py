"""Where sentences end in Hebrew text.

Works on the characters as they stand; knows nothing of pages or chunks. Hebrew has no capital letters, so a full stop
is believed unless it belongs to an initial, an abbreviation or a list mark. A full stop without a blank after it (3.5,
1.1.2020, an address on the web) never ends a sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from hebrew.letters import PREFIXES

# A terminator, the quotes, brackets and footnote marks that close with it, and the blanks up to the next sentence.
_TERMINATOR = re.compile(r"(?<![.!?\u2026])([.!?\u2026]++)((?:[\"'\u05f4\u201d\u2019\u00bb)\]]|\[\d{1,3}\])*)(?:\s+|$)")

# One letter, or letters with full stops between them and perhaps a prefix before: initials, ת.ז., לת.ד. A letter with a
# geresh alone is the end of a name (class ב', God as ה'), and a letter after what letters count is its number.
_LETTER = r"[^\W\d_]"
_INITIALS = re.compile(
    rf"(?:^|[^\w.\"'\u05f3\u05f4])(?:[ובכלמשה]{{0,2}}(?:{_LETTER}['\u05f3]?\.)+{_LETTER}['\u05f3]?|{_LETTER})$"
)
_COUNTED = "סעיף|פסקה|נספח|תוספת|פרק|חלק|סימן|עמוד|קטע|שלב|לוח|טבלה|קבוצה|חלופה|אפשרות|מסלול|כיתה|מחלקה|שאלה|נושא|מצב"
_COUNTING = re.compile(rf"\S\s+[ובכלמשה]{{0,2}}(?:{_COUNTED})\s+[א-ת]$")
_ABBREVIATION_LIST = "וכו וגו רח שד גב פרופ אינג dr mr mrs ms prof st vs inc ltd co corp vol eds jr sr dept approx etc"
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
_BEFORE_NUMBERS = frozenset({"עמ", "מס", "טל", "סע", "no", "p", "pp", "fig", "sec", "art", "tel"})
"""Abbreviations when a number follows; otherwise some of them are words."""
_LAST_WORD = re.compile(r"[^\W\d_]+$")

_LETTER_NUMBER = "י[א-ט]|ט[וז]|כ[א-ט]|[א-ת]"
_ITEM_NUMBER = rf"\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*[א-ת]?|{_LETTER_NUMBER}|[A-Za-z])"
_LIST_MARK = re.compile(rf"(?:^|[:;,.!?]\s)\s*{_ITEM_NUMBER}$")
_BULLETS = "-\u2013\u2014*\u2022\u25aa\u25cf\u25e6\u00b7\uf0b7"
_ITEM = re.compile(rf"[ \t]*(?:[{_BULLETS}]\s|{_ITEM_NUMBER}[.)]\s|#+\s)")
_DASH = re.compile(r"[ \t]*[-\u2013\u2014]\s")
_CELL_BREAK = " | "
_GAP = re.compile(r"[ \t]{2,}")
_BLANK = re.compile(r"\s*")
_FEW_CELLS = 4
_REACH = 40
"""Characters before a full stop that are looked at: more than the longest initial, abbreviation or list mark."""

_ROOM = 0.8
"""A line that with the next word would fill less than this share of its paragraph's width was ended on purpose."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Character spans (start, end) of the sentences, in order; each keeps the blanks after it.

    The spans tile the text: together they are the whole text, with nothing lost or doubled. An empty text has none.
    """
    starts = sorted({0, *_after_terminators(text), *_after_lines(text)} - {len(text)})
    return list(zip(starts, [*starts[1:], len(text)], strict=True)) if text else []


def begins_item(line: str) -> bool:
    """Whether a line begins an item of a list: with a bullet, a dash, a number or a letter that counts."""
    return bool(_ITEM.match(line))


def _after_terminators(text: str) -> Iterator[int]:
    for match in _TERMINATOR.finditer(text):
        mark, closing = match.groups()
        if "\n" in match.group() or match.end() == len(text):
            pass
        elif text.startswith(_CELL_BREAK.lstrip(), match.end()):
            continue  # the cell ends there, the row goes on
        elif closing and mark != ".":
            continue  # a question inside a quotation or brackets: the sentence goes on
        if mark != "." or closing or not _belongs_to_word(text, match.start(), match.end()):
            yield match.end()


def _belongs_to_word(text: str, stop: int, following: int) -> bool:
    before = text[max(0, stop - _REACH) : stop].rpartition("\n")[2]
    if last := _LAST_WORD.search(before):
        word = last.group().lower()
        abbreviations = (
            _ABBREVIATIONS | _BEFORE_NUMBERS if text[following : following + 1].isdigit() else _ABBREVIATIONS
        )
        if word in abbreviations or (word[0] in PREFIXES and word[1:] in abbreviations):
            return True
    is_initial = _INITIALS.search(before) and not _COUNTING.search(before)
    return bool(is_initial or _LIST_MARK.search(before))


def _after_lines(text: str) -> Iterator[int]:
    for paragraph in re.finditer(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text):
        lines = paragraph.group().split("\n")
        width = max(map(len, lines))
        position = paragraph.start()
        for line, following in pairwise(lines):
            position += len(line) + 1
            if _ends_line(line.rstrip(), following, width):
                yield _past_blanks(text, position)
        yield _past_blanks(text, paragraph.end())


def _ends_line(line: str, following: str, width: int) -> bool:
    if line.endswith(":") or (_is_row(line) and _is_row(following)):
        return True
    if _ITEM.match(following) and not (_DASH.match(following) and _goes_on(line)):
        return True
    next_word = following.split(maxsplit=1)[0]
    return not line.endswith((",", ";")) and len(line) + 1 + len(next_word) < _ROOM * width


def _is_row(line: str) -> bool:
    """Whether the line is a row of a table. A line that was stretched has gaps too, but between all of its words."""
    if _CELL_BREAK in line:
        return True
    cells = _GAP.split(line.strip())
    return 1 < len(cells) <= _FEW_CELLS or (len(cells) > 1 and any(" " in cell for cell in cells))


def _goes_on(line: str) -> bool:
    """Whether a dash under the line may be one of its own sentence: a list has one before the line too, or a stop."""
    return not (_DASH.match(line) or line.endswith((".", ";", ",", "!", "?")))


def _past_blanks(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position
