"""The Markdown of an answer as blocks of a paper: paragraphs, headings, lists, tables, code. Knows no file format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from hebrew.bidi import Direction
from webui.screen.answer_html import parsed
from webui.screen.isolation import direction
from webui.sharing.paper import Block, Grid, Kind, Run, legible, set_apart

BULLET = "\u2022"


def markdown_blocks(text: str) -> list[Block | Grid]:
    """What Markdown says, in order; its marks become the looks of the blocks."""
    walk = _Walk()
    for token in parsed(legible(text)):
        walk.step(token)
    return walk.blocks


@dataclass(slots=True)
class _Walk:
    """One pass through the tokens: how deep it stands in lists, and what has to be said before the next paragraph."""

    blocks: list[Block | Grid] = field(default_factory=list)
    kind: Kind = "paragraph"
    depth: int = 0
    quotes: int = 0
    ordered: list[bool] = field(default_factory=list)
    sign: str = ""
    rows: list[list[tuple[Run, ...]]] = field(default_factory=list)
    in_table: bool = False

    def step(self, token: Token) -> None:
        """Takes in the next token."""
        name = token.type
        if name in ("bullet_list_open", "ordered_list_open"):
            self.ordered.append(name == "ordered_list_open")
        elif name in ("bullet_list_close", "ordered_list_close"):
            self.ordered.pop()
        elif name == "list_item_open":
            self.sign = f"{token.info}{token.markup}" if self.ordered[-1] else BULLET
        elif name == "list_item_close":
            if self.sign:  # an item that says nothing
                self._add("item", ())
        elif name in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting
        elif name in ("heading_open", "heading_close"):
            self.kind = "heading" if token.nesting == 1 else "paragraph"
        elif name in ("fence", "code_block"):
            self._add("code", (Run(token.content.rstrip("\n"), code=True),), "ltr")
        else:
            self._step_in_text(token)

    def _step_in_text(self, token: Token) -> None:
        if token.type == "table_open":
            self.in_table, self.rows = True, []
        elif token.type == "tr_open":
            self.rows.append([])
        elif token.type == "table_close":
            self.in_table = False
            words = " ".join(run.text for row in self.rows for cell in row for run in cell)
            self.blocks.append(Grid(tuple(tuple(row) for row in self.rows), direction(words)))
        elif token.type == "inline":
            runs = runs_of(token.children or ())
            if self.in_table:
                self.rows[-1].append(runs)
            else:
                self._add(self._kind(), runs)

    def _kind(self) -> Kind:
        if self.ordered:
            return "item"
        return "quote" if self.quotes else self.kind

    def _add(self, kind: Kind, runs: tuple[Run, ...], side: Direction | None = None) -> None:
        side = side or direction("".join(run.text for run in runs if not run.code))
        self.blocks.append(Block(kind, runs, side, self.sign, max(0, len(self.ordered) - 1)))
        self.sign = ""


def runs_of(children: Sequence[Token]) -> tuple[Run, ...]:
    """The words of a paragraph; strong ones and those with emphasis are bold."""
    runs = list(_runs(children))
    side = direction("".join(run.text for run in runs if not run.code))
    if side == "ltr":
        return tuple(runs)
    return tuple(run if run.code else Run(set_apart(run.text), run.bold) for run in runs)


def _runs(children: Sequence[Token]) -> Iterator[Run]:
    bold = 0
    for child in children:
        if child.type in ("strong_open", "strong_close", "em_open", "em_close"):
            bold += child.nesting
        elif child.type in ("softbreak", "hardbreak"):
            yield Run("\n")
        elif child.content:
            yield Run(child.content, bold > 0, child.type == "code_inline")
