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

from hebrew.bidi import Direction, direction_of
from webui.screen.stretches import Pen, Stretch, signed, unsigned

_STRANGE = ["image", "link", "autolink", "reference", "html_block", "html_inline", "lheading", "code"]
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(_STRANGE)
_BLOCKS = {"paragraph_open", "heading_open", "list_item_open", "blockquote_open", "td_open", "th_open", "table_open"}
_LISTS = {"bullet_list_open", "ordered_list_open"}
_BREAKS = {"softbreak", "hardbreak"}
_DOUBTFUL = ('<span class="doubt">', "</span>")
_BOLD = ("<strong>", "</strong>")

_MARK = re.compile(r"\[(\d{1,3})\]")
_NUMBER = re.compile(
    r"(?<![\w.,:/+-])(?:"
    r"\d[\d.,]*[ \u00a0]?\u20aa"  # amounts in shekels, whose sign stands at the left of the number
    r"|\+?\d+(?:[-/:.,\u2013]\d+)+%?"  # dates, times, amounts, phone numbers, ranges
    r"|\+\d{6,}"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail addresses
    r"|[A-Za-z][A-Za-z0-9]*(?:\+\+|\#)"  # C++, C#
    r")"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the mark of a citation leads: an address of this server, and what a screen reader says."""

    address: str
    label: str


def answer_html(text: str, marks: Mapping[int, Mark], doubts: Sequence[Stretch] = ()) -> str:
    """Markdown as one line of HTML. A mark without an entry in `marks` stays as text: it points nowhere.

    `doubts` are stretches of the Markdown; they and what is remarked of them are marked in what it becomes.
    """
    tokens = parsed(signed(text, doubts))
    _set_directions(tokens)
    pen = Pen(_DOUBTFUL, doubts, lambda words: _marked(words, marks))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"  # the page has its own first and second level
        elif token.type == "fence":
            pen.draw(token.content)
            pen.rest()
            token.content, token.info = unsigned(token.content), unsigned(token.info)
        elif token.children:
            token.children = list(_drawn(token.children, pen))
    # One line, because a blank line would end the block of HTML and let Gradio's Markdown begin again.
    rendered = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return rendered.strip().replace("\n", "&#10;")


def parsed(text: str) -> list[Token]:
    """Markdown as it is read in answers, where images, links and HTML stay the letters that they are."""
    return _MARKDOWN.parse(text)


def _drawn(children: Sequence[Token], pen: Pen) -> Iterator[Token]:
    for child in children:
        if child.type == "text":
            yield _html(pen.draw(child.content))
        elif child.type == "code_inline":
            yield _html(f"<code>{pen.draw(child.content, html.escape)}</code>")
        else:
            if child.type in _BREAKS:
                yield _html(pen.rest())
            yield child
    yield _html(pen.rest())


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


def direction(text: str) -> Direction:
    """The direction of a block; one without letters follows the page."""
    return direction_of(text) if any(map(str.isalpha, text)) else "rtl"


def plain_html(text: str, marks: Mapping[int, Mark] | None = None, bold: Sequence[Stretch] = ()) -> str:
    """Text that is no Markdown, word for word: a paragraph with its direction for each line."""
    pen = Pen(_BOLD, bold, lambda words: _marked(words, marks or {}))
    lines = [line for line in signed(text, bold).splitlines() if line.strip()]
    return "".join(f'<p dir="{direction(unsigned(line))}">{pen.draw(line)}</p>' for line in lines)


def mark_html(number: int, mark: Mark) -> str:
    """The number of a citation as a link."""
    return (
        f'<a class="cite" dir="ltr" href="{html.escape(mark.address)}" title="{html.escape(mark.label)}">{number}</a>'
    )


def isolated(text: str) -> str:
    """Text as HTML, with numbers, phone numbers and addresses kept in one piece and in their own direction."""
    pieces, end = [], 0
    for found in _NUMBER.finditer(text):
        side = "rtl" if "\u20aa" in found[0] else "ltr"
        pieces += [html.escape(text[end : found.start()]), f'<bdi dir="{side}">{html.escape(found[0])}</bdi>']
        end = found.end()
    return "".join([*pieces, html.escape(text[end:])])


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
        if token.type in _BLOCKS or token.type in _LISTS:
            token.attrSet("dir", direction(_text_inside(tokens, position)))
        elif token.type in ("fence", "code_block"):
            token.attrSet("dir", "ltr")


def _text_inside(tokens: Sequence[Token], opening: int) -> str:
    """The words of a block without its code, which says nothing of the language around it."""
    words = []
    for place in range(opening + 1, len(tokens)):  # a slice would be a copy of the rest for every block
        token = tokens[place]
        if token.level == tokens[opening].level and token.nesting == -1:
            break
        words += [child.content for child in token.children or () if child.type == "text"]
    return _MARK.sub("", unsigned(" ".join(words)))
