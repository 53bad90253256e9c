"""The text of an answer as HTML that is safe to show: our own tags and nothing else.

A model and the documents it read are strangers. Markdown gives paragraphs, lists, tables, emphasis and code; raw HTML,
images and links stay the letters they are. Each block carries its own direction, numbers are isolated, and a mark such
as `[2]` becomes a link where a citation of that number exists. Knows nothing of conversations or of Gradio.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from webui.screen.isolation import direction, isolated
from webui.screen.math_html import math_html, math_rule
from webui.screen.stretches import Pen, Stretch, signed, unsigned
from webui.texts import talk_texts

_STRANGE = ["image", "link", "autolink", "reference", "html_block", "html_inline", "lheading", "code"]
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(_STRANGE)
_MARKDOWN.inline.ruler.before("escape", "math", math_rule)
_LISTS = {"bullet_list_open", "ordered_list_open"}
_BLOCKS = _LISTS | {
    *("paragraph_open", "heading_open", "list_item_open", "blockquote_open", "td_open", "th_open", "table_open"),
}
"""What carries its direction, where it has letters. Numbers alone stand as what is around them does."""
_BREAKS = {"softbreak", "hardbreak"}
_DOUBTFUL = ('<span class="doubt">', "</span>")
_BOLD = ("<strong>", "</strong>")

_MARK = re.compile(r"\[(\d{1,3})\]")

MOST_OF_QUOTE = 400
"""Characters of a quotation that are shown beside a mark. The whole stands on its page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the mark of a citation leads: an address of this server, and what a screen reader says."""

    address: str
    label: str


def lines(*blocks: str) -> str:
    """Blocks of HTML, each on a line of its own with an empty one between.

    So Gradio takes each for a piece by itself, and while an answer grows, it puts only the pieces that changed into the
    page anew (seen with Gradio 6.31): what stands above can be read, marked and pressed meanwhile.
    """
    return "\n\n".join(filter(None, blocks))


def answer_html(text: str, marks: Mapping[int, Mark], doubts: Sequence[Stretch] = (), growing: bool = False) -> str:
    """Markdown as lines of HTML, one for each block. A mark without an entry in `marks` stays as text.

    `doubts` are stretches of the Markdown; they and what is remarked of them are marked in what it becomes. While an
    answer is `growing`, items of a list are lists of their own, or all would be drawn anew with every word.
    """
    tokens = parsed(signed(text, doubts))
    _set_directions(tokens)
    pen = Pen(_DOUBTFUL, doubts, lambda words: _marked(words, marks))
    for place, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"  # the page has its own first and second level
        elif token.type == "fence":
            pen.draw(token.content)
            pen.rest()
            tokens[place] = _html(_code(unsigned(token.content), unsigned(token.info)), token.level)
        elif token.children:
            token.children = list(_drawn(token.children, pen))
    return lines(*_blocks(tokens, growing))


def _blocks(tokens: Sequence[Token], growing: bool) -> Iterator[str]:
    """The blocks of the first level, each on one line: a blank one would let Gradio's Markdown begin in the middle."""
    start = 0
    for place, token in enumerate(tokens, start=1):
        if token.level == 0 and token.nesting <= 0:
            if growing and tokens[start].type in _LISTS:
                yield from _items(tokens[start:place])
            elif tokens[start].type == "table_open":
                yield _framed(_line(tokens[start:place]))
            else:
                yield _line(tokens[start:place])
            start = place


def _line(tokens: Sequence[Token]) -> str:
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})).strip().replace("\n", "&#10;")


def _items(tokens: Sequence[Token]) -> Iterator[str]:
    """Each item of a list as a list."""
    opening, closing = tokens[0], tokens[-1]
    first, number = 1, int(opening.attrGet("start") or 1)
    for place, token in enumerate(tokens):
        if token.type == "list_item_close" and token.level == 1:
            part = Token(opening.type, opening.tag, 1, attrs={**opening.attrs, "class": "part"}, block=True)
            if opening.type == "ordered_list_open":
                part.attrSet("start", str(number))
            yield _line([part, *tokens[first : place + 1], closing])
            first, number = place + 1, number + 1


def _framed(table: str) -> str:
    """A table in a frame that is moved, also by keyboard, where a page is narrower than it."""
    return f'<div class="wide" role="group" tabindex="0" aria-label="{talk_texts.TABLE}">{table}</div>'


def _code(content: str, language: str) -> str:
    """Code, left to right, with its language and a button that copies it."""
    words = language.split()
    name = f"<span>{html.escape(words[0])}</span>" if words else ""
    return (
        f'<div class="code"><div class="head" dir="ltr">{name}'
        f'<button type="button" data-act="copy-code" aria-label="{talk_texts.COPY_CODE}"></button>'
        f'</div><pre dir="ltr" tabindex="0"><code>{html.escape(content)}</code></pre></div>'
    )


def parsed(text: str) -> list[Token]:
    """Markdown as it is read in answers, where images, links and HTML stay the letters that they are."""
    return _MARKDOWN.parse(text)


def _drawn(children: Sequence[Token], pen: Pen) -> Iterator[Token]:
    for child in children:
        if child.type == "text":
            yield _html(pen.draw(child.content))
        elif child.type == "code_inline":
            yield _html(f"<code>{pen.draw(child.content, html.escape)}</code>")
        elif child.type == "math":
            yield _html(math_html(unsigned(child.content)))
        else:
            if child.type in _BREAKS:
                yield _html(pen.rest())
            yield child
    yield _html(pen.rest())


def _html(content: str, level: int = 0) -> Token:
    return Token("html_inline", "", 0, content=content, level=level)


def plain_html(text: str, marks: Mapping[int, Mark] | None = None, bold: Sequence[Stretch] = ()) -> str:
    """Text that is no Markdown, word for word: a paragraph with its direction for each line."""
    pen = Pen(_BOLD, bold, lambda words: _marked(words, marks or {}))
    written = [line for line in signed(text, bold).splitlines() if line.strip()]
    return "".join(f'<p dir="{direction(unsigned(line))}">{pen.draw(line)}</p>' for line in written)


def mark_html(number: int, mark: Mark, quote: str = "") -> str:
    """The number of a citation as a link; `quote` is what a script shows of it."""
    carried = f' data-quote="{html.escape(" ".join(quote.split())[:MOST_OF_QUOTE])}"' if quote else ""
    label = html.escape(mark.label)
    return f'<a class="cite" dir="ltr" href="{html.escape(mark.address)}" title="{label}"{carried}>{number}</a>'


def _marked(text: str, marks: Mapping[int, Mark]) -> str:
    pieces, end = [], 0
    for found in _MARK.finditer(text):
        mark = marks.get(int(found[1]))
        if mark is not None:
            pieces += [isolated(text[end : found.start()].rstrip()), mark_html(int(found[1]), mark)]
            end = found.end()
    return "".join([*pieces, isolated(text[end:])])


def _set_directions(tokens: Sequence[Token]) -> None:
    for position, token in enumerate(tokens):
        if token.type in _BLOCKS and any(map(str.isalpha, inside := _text_inside(tokens, position))):
            token.attrSet("dir", direction(inside))


def _text_inside(tokens: Sequence[Token], opening: int) -> str:
    """The words of a block without its code, which says nothing of the language around it."""
    words = []
    for place in range(opening + 1, len(tokens)):  # a slice would be a copy of the rest for every block
        token = tokens[place]
        if token.level == tokens[opening].level and token.nesting == -1:
            break
        words += [child.content for child in token.children or () if child.type == "text"]
    return _MARK.sub("", unsigned(" ".join(words)))
