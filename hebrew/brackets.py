"""Brackets that face the wrong way in text taken from a PDF.

One bracket glyph serves both sides in a right-to-left font, so a PDF's map from glyphs to characters may name either
one, and no rule of the bidirectional algorithm can tell. What can be told is which ones pair up.
"""

import re
from collections.abc import Sequence

from hebrew.letters import is_hebrew

_KINDS = (("(", ")"), ("[", "]"), ("{", "}"))
_TOLD_KINDS = 2
"""How many of the first kinds a reader may know by their shapes."""
_TURNED = str.maketrans("()[]{}", ")(][}{")
_LONGEST_SPAN = 160
"""Characters between the brackets of a pair that is put right; farther apart they are strangers."""

_MARK = "[א-ת]{1,2}|[0-9]{1,3}|[a-zA-Z]|[ivx]{1,4}"
_MARK_BEFORE = re.compile(rf"(?:^|[\s.,;:])(?:{_MARK})$")
_MARK_AROUND = re.compile(rf"(?:^|(?<=\s))(?:(?:{_MARK})[()]|[()](?:{_MARK}))(?=\s|$)")
_TURNED_MARK = re.compile(rf"\s*(?:{_MARK})(\()(?=\s|$)")
_INWARD_PAIR = re.compile(r"\((?=[^()\n]*[א-ת][^()\n]*\))")
_OUTWARD_PAIR = re.compile(r"\)(?=[^()\n]*[א-ת][^()\n]*\()")
_OUTWARD_ANGLES = re.compile(">([א-ת][^<>]{0,80})<")


def mostly_outward(lines: Sequence[str]) -> bool:
    """Whether brackets around Hebrew face outwards, `)so(`, in most lines given in screen order."""
    text = "\n".join(lines)
    return len(_OUTWARD_PAIR.findall(text)) > len(_INWARD_PAIR.findall(text))


def balance_brackets(lines: Sequence[str], outward: bool = False, told: bool = False) -> list[str]:
    """Lines in reading order with brackets facing inwards; each line keeps its length.

    Two brackets of a line that have no partner become a pair. One that is left alone, because its partner stands in
    another line of Hebrew, is turned when brackets are `outward` on the screen. `א)` and `1)` need no partner. Round
    and square brackets that were `told` by their shapes stay.
    """
    balanced: list[str] = []
    for line in lines if told else map(_turn_list_mark, lines):
        characters = list(line)
        for opening, closing in _KINDS[_TOLD_KINDS if told else 0 :]:
            unpaired = [each for each in _unpaired(line, opening, closing) if not _follows_mark(line, each, closing)]
            partners, alone = _partners(unpaired)
            for first, second in partners:
                characters[first], characters[second] = opening, closing
            for position in alone if outward and any(map(is_hebrew, line)) else ():
                characters[position] = characters[position].translate(_TURNED)
        balanced.append(_OUTWARD_ANGLES.sub(r"<\1>", "".join(characters)))
    return balanced


def pair_on_screen(line: str, told: bool = False) -> str:
    """A line in screen order in which neighbouring brackets without partners face each other.

    `)so(`, `(so(` and `)so)` become `(so)`: the bidirectional algorithm treats pairs as one. Brackets of list marks are
    left alone, and so are round and square ones that were `told` by their shapes.
    """
    marks = {each for match in _MARK_AROUND.finditer(line) for each in range(match.start(), match.end())}
    characters = list(line)
    for opening, closing in _KINDS[_TOLD_KINDS if told else 0 :]:
        unpaired = [position for position in _unpaired(line, opening, closing) if position not in marks]
        for first, second in _partners(unpaired)[0]:
            characters[first], characters[second] = opening, closing
    return "".join(characters)


def _turn_list_mark(line: str) -> str:
    """`1( text` as `1) text`."""
    match = _TURNED_MARK.match(line)
    if match is None or match.start(1) not in _unpaired(line, "(", ")"):
        return line
    return f"{line[: match.start(1)]}){line[match.end(1) :]}"


def _follows_mark(line: str, position: int, closing: str) -> bool:
    return line[position] == closing and _MARK_BEFORE.search(line[:position]) is not None


def _unpaired(line: str, opening: str, closing: str) -> list[int]:
    """Where brackets of one kind stand that have no partner."""
    if opening not in line and closing not in line:
        return []
    waiting: list[int] = []
    unpaired: list[int] = []
    for position, character in enumerate(line):
        if character == opening:
            waiting.append(position)
        elif character == closing and waiting:
            waiting.pop()
        elif character == closing:
            unpaired.append(position)
    return sorted(unpaired + waiting)


def _partners(positions: list[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """Neighbours close enough to be a pair, and those left over."""
    partners: list[tuple[int, int]] = []
    rest: list[int] = []
    index = 0
    while index < len(positions):
        following = positions[index + 1 : index + 2]
        if following and following[0] - positions[index] <= _LONGEST_SPAN:
            partners.append((positions[index], following[0]))
            index += 2
        else:
            rest.append(positions[index])
            index += 1
    return partners, rest
