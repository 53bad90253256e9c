"""Markdown files: what they say, without their marks. Headings, lists and tables are what the marks make of them.

Standard: CommonMark 0.31 (https://spec.commonmark.org) with the tables of GitHub.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.document import Document
from ingest.readers.draft import Draft
from ingest.readers.html.reader import write_html
from ingest.readers.list_numbers import BULLET
from ingest.readers.text import text_of

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE | re.IGNORECASE)
"""The properties of a file that many programs put before its text, as YAML."""


def read_markdown(path: Path) -> Document:
    """A Markdown file as one page. Raises `UnreadableFile`."""
    text = text_of(path)
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[0]) if front else None
    draft = Draft()
    _Walk(draft).through(MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text))
    return draft.document(title[1] if title else "")


class _Walk:
    """One pass through the tokens of a text."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._counts: list[int | None] = []
        self._mark = ""

    def through(self, tokens: Sequence[Token]) -> None:
        """Writes everything into the draft."""
        level = 0
        waiting = iter(tokens)
        for token in waiting:
            match token.type:
                case "heading_open":
                    level = int(token.tag[1])
                case "heading_close":
                    level = 0
                case "bullet_list_open":
                    self._counts.append(None)
                case "ordered_list_open":
                    self._counts.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self._counts.pop()
                case "list_item_open":
                    self._mark = self._next_mark()
                case "inline":
                    self._write(_plain(token), level)
                case "table_open":
                    self._table(waiting)
                case _:
                    self._block(token)

    def _block(self, token: Token) -> None:
        if token.type in {"fence", "code_block"}:
            self._write(token.content, 0)
        elif token.type == "html_block" and not token.content.startswith("<!--"):
            write_html(token.content, self._draft)

    def _next_mark(self) -> str:
        number = self._counts[-1]
        if number is None:
            return BULLET
        self._counts[-1] = number + 1
        return f"{number}."

    def _write(self, text: str, level: int) -> None:
        if level:
            self._draft.heading(level, f"{self._mark} {text}")
        elif self._counts:
            self._draft.line(f"{self._mark} {text}")
        else:
            self._draft.paragraph(text)
        self._mark = ""

    def _table(self, tokens: Iterator[Token]) -> None:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_plain(token))
            elif token.type == "table_close":
                break
        self._draft.table(rows)


def _plain(inline: Token) -> str:
    """The text of a line without its marks. The address of a link or picture is left out, unless it is the text."""
    pieces = []
    for token in inline.children or ():
        if token.type == "image":
            pieces.append(_plain(token))
        elif token.type in {"text", "code_inline", "text_special"}:
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces)
