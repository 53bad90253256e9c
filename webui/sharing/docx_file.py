"""A paper as a Word document (ECMA-376), right to left. The only place of the web that imports python-docx.

Word lays text out by what is written beside it, not by the letters alone: paragraphs are `w:bidi`, tables
`w:bidiVisual`, Hebrew runs `w:rtl` with the fonts and sizes of complex scripts, and Latin words runs of their own.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from hebrew.bidi import Direction
from webui.sharing.paper import Block, Grid, Kind, Paper, Run

FONT, CODE_FONT = "Arial", "Courier New"
SIZES: dict[Kind, float] = {"title": 18, "question": 12, "heading": 11, "lead": 9, "note": 9.5, "code": 9.5}
SIZE = 11.0
QUIET = RGBColor(0x58, 0x63, 0x6A)
ACCENT = RGBColor(0x0F, 0x5F, 0x66)
COLOURS: dict[Kind, RGBColor] = {"title": ACCENT, "question": ACCENT, "heading": QUIET, "lead": QUIET, "note": QUIET}
STYLES: dict[Kind, str] = {"title": "Title", "question": "Heading 1", "heading": "Heading 2"}
BOLD: tuple[Kind, ...] = ("title", "question", "heading")
STEP = 0.75
"""Centimetres: how much deeper a list stands in another, and how far its signs stand from its text."""

_LATIN = re.compile(
    "\u200e[^\u200e]*\u200e"  # what was set apart
    "|[A-Za-z\u00c0-\u024f\u0370-\u052f](?:[^\u0590-\u08ff\ufb1d-\ufdff\n]*[A-Za-z0-9\u00c0-\u024f\u0370-\u052f])?"
)


def docx_file(paper: Paper) -> bytes:
    """The bytes of the document."""
    document = docx.Document()
    _prepare(document, paper)
    for block in paper.blocks:
        if isinstance(block, Grid):
            _write_table(document, block)
        else:
            _write(document.add_paragraph(style=STYLES.get(block.kind)), block)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = paper.title[:255], "", "", "he-IL"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:bidi"), "he-IL")
    for name in ("Normal", *STYLES.values()):
        style = document.styles[name]
        _set_font(style.element.get_or_add_rPr(), FONT)
        for border in style.element.iter(qn("w:pBdr")):
            border.clear()


def _set_font(properties: BaseOxmlElement, font: str) -> None:
    """Sets the font of all scripts in place of that of the theme, which would win and knows no Hebrew."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


def _write(paragraph: Paragraph, block: Block) -> None:
    form = paragraph.paragraph_format
    form.space_after, form.space_before = Pt(6), Pt(14 if block.kind == "question" else 0)
    form.keep_with_next = block.kind in ("question", "heading", "source")
    _set_direction(paragraph, block.direction)
    indent = block.depth * STEP + (STEP if block.kind in ("item", "source", "quote") else 0)
    if indent:
        form.left_indent = Cm(indent)  # of a right-to-left paragraph: the side where it begins
    if block.sign:
        form.first_line_indent = Cm(-STEP)
        _add_run(paragraph, Run(f"{block.sign}\t", block.kind == "source"), block)
    for run in block.runs:
        _add_run(paragraph, run, block)


def _set_direction(paragraph: Paragraph, direction: Direction) -> None:
    if direction == "rtl":
        after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *after)


def _add_run(paragraph: Paragraph, run: Run, block: Block) -> None:
    size = Pt(SIZES.get(block.kind, SIZE))
    for text, is_latin in _pieces(run, block.direction):
        written = paragraph.add_run(text)
        font, properties = written.font, written._r.get_or_add_rPr()
        if run.code or block.kind == "code":
            _set_font(properties, CODE_FONT)
        if run.bold or block.kind in BOLD:
            font.bold = font.cs_bold = True
        if colour := COLOURS.get(block.kind):
            font.color.rgb = colour
        font.size = size
        complex_size = OxmlElement("w:szCs")
        complex_size.set(qn("w:val"), str(round(size.pt * 2)))
        properties.sz.addnext(complex_size)
        if not is_latin:
            font.rtl = True


def _pieces(run: Run, direction: Direction) -> Iterator[tuple[str, bool]]:
    """The text of a run cut where Latin words begin and end, and whether each piece is of those."""
    if run.code or direction == "ltr":
        yield from _hebrew_apart(run.text)
        return
    at = 0
    for found in _LATIN.finditer(run.text):
        if found.start() > at:
            yield run.text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(run.text):
        yield run.text[at:], False


def _hebrew_apart(text: str) -> Iterator[tuple[str, bool]]:
    for piece in re.split("([\u0590-\u05ff\ufb1d-\ufb4f]+(?:[ \u05be\"'][\u0590-\u05ff\ufb1d-\ufb4f]+)*)", text):
        if piece:
            yield piece, not "\u0590" <= piece[0] <= "\ufb4f"


def _write_table(document: Document, grid: Grid) -> None:
    columns = max((len(row) for row in grid.rows), default=0)
    if not columns:
        return
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    if grid.direction == "rtl":
        table.table_direction = WD_TABLE_DIRECTION.RTL
    for number, row in enumerate(grid.rows):
        cells = table.add_row().cells
        for cell, runs in zip(cells, row, strict=False):
            words = tuple(Run(run.text, run.bold or number == 0, run.code) for run in runs)
            _write(cell.paragraphs[0], Block("paragraph", words, grid.direction))
    document.add_paragraph()
