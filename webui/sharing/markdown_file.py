"""A paper as Markdown (CommonMark 0.31 with tables of GitHub), in UTF-8.

Text of people and documents is escaped, so that it says what it said. A line whose first letter would turn it the wrong
way in an editor begins with a mark of its direction.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from hebrew.bidi import Direction
from webui.sharing.paper import LTR_MARK, RTL_MARK, Block, Grid, Kind, Paper, Run

HEADINGS: dict[Kind, str] = {"title": "# ", "question": "## ", "heading": "### "}
INDENT = "    "

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~&]|!(?=\[)")
_OPENING = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=](?=\s|[-+=]|$)|\d{1,9}(?=[.)]))")
_NUMBER_SIGN = re.compile(r"^(\s*\d{1,9})([.)])")


def markdown_file(paper: Paper) -> bytes:
    """The bytes of the file."""
    text = ""
    after = None
    for block in paper.blocks:
        joined = isinstance(block, Block) and block.kind == "item" and after == "item"
        text += ("\n" if joined else "\n\n") if text else ""
        text += _table(block) if isinstance(block, Grid) else _block(block)
        after = block.kind if isinstance(block, Block) else None
    return (text + "\n").encode("utf-8")


def _block(block: Block) -> str:
    if block.kind == "code":
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.text)), default=0))
        return f"{fence}\n{block.text}\n{fence}"
    lines = [_directed(line, block.direction) for line in _lines(block.runs)]
    first, rest = HEADINGS.get(block.kind, ""), ""
    if block.kind in HEADINGS:
        return first + " ".join(lines)
    if block.kind == "item":
        sign = block.sign.replace("\u2022", "-")
        first = INDENT * block.depth + (f"{sign} " if sign else INDENT)
        rest = INDENT * block.depth + INDENT
    elif block.kind == "quote":
        first = rest = "> "
    elif block.sign:
        first = _escaped(block.sign) + " "
    return "\\\n".join((first if number == 0 else rest) + line for number, line in enumerate(lines))


def _table(grid: Grid) -> str:
    rows = ["| " + " | ".join(" ".join(_lines(cell)) for cell in row) + " |" for row in grid.rows]
    return "\n".join([*rows[:1], "|" + " --- |" * max(map(len, grid.rows), default=1), *rows[1:]])


def _lines(runs: Sequence[Run]) -> list[str]:
    """The words with what makes them bold, line by line."""
    lines = [""]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append("")
            lines[-1] += _styled(text, run)
    return [line.strip() for line in lines]


def _styled(text: str, run: Run) -> str:
    if run.code and text.strip():
        fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
        pad = " " if text[0] == "`" or text[-1] == "`" else ""
        return f"{fence}{pad}{text}{pad}{fence}"
    words = text.strip()
    if not run.bold or not words:
        return _escaped(text)
    start = text.index(words)
    return f"{text[:start]}**{_escaped(words)}**{text[start + len(words) :]}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda found: "\\" + found[0], text)


def _directed(line: str, direction: Direction) -> str:
    """A line that is not taken for a heading or a list, and begins in its direction."""
    line = _NUMBER_SIGN.sub(r"\1\\\2", line) if _NUMBER_SIGN.match(line) else _OPENING.sub(r"\1\\\2", line)
    first = next(_strong(line), "")
    mark = {"rtl": RTL_MARK, "ltr": LTR_MARK}[direction]
    return line if first == direction else mark + line


def _strong(line: str) -> Iterator[str]:
    kinds = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    return (kinds[kind] for kind in map(unicodedata.bidirectional, line) if kind in kinds)
