"""A right-to-left Word document from a small part of HTML: headings, paragraphs, lists, tables, `<aside>` footnotes.

Owns what Word needs for Hebrew (`w:bidi`, `w:rtl`, `w:bidiVisual`) and the footnotes part, which python-docx does not
write. Knows nothing of what the documents say.
"""

import re
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import html as lxml_html
from lxml.html import HtmlElement

FONT = "David"
LATIN = re.compile(r"([A-Za-z][A-Za-z0-9 .@\-]*[A-Za-z0-9.]|[A-Za-z])")
STYLES = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "p": "Normal", "li": "List Bullet"}
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
BEGINNING = datetime(2026, 1, 1)  # the file format knows no time zones


def write_docx(source: str, target: Path) -> None:
    """Writes the Word document described by `source`; the same source always gives the same bytes."""
    tree = lxml_html.document_fromstring(source)
    document = docx.Document()
    _prepare(document, tree.findtext(".//title") or "")
    footnotes: list[str] = []
    for element in tree.iterfind("body/*"):
        _write(document, element, footnotes)
    if footnotes:
        _attach(document, footnotes)
    document.save(str(target))
    _fix_times(target)


def _prepare(document: Document, title: str) -> None:
    """Page size and direction, fonts that Hebrew uses, and the properties of the file."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "המועצה האזורית נחל שקמים", ""
    properties.created = properties.modified = BEGINNING
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")
    for name in STYLES.values():
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for attribute in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(attribute), FONT)


def _write(document: Document, element: HtmlElement, footnotes: list[str]) -> None:
    """Writes one block at the end of the document, or into its header or footer."""
    match element.tag:
        case "table":
            _write_table(document, element, footnotes)
        case "ul":
            for item in element:
                _fill(document.add_paragraph(style=STYLES["li"]), item, footnotes)
        case "header":
            _fill(document.sections[0].header.paragraphs[0], element, footnotes)
        case "footer":
            _fill(document.sections[0].footer.paragraphs[0], element, footnotes)
        case "h1" | "h2" | "h3" | "p":
            _fill(document.add_paragraph(style=STYLES[element.tag]), element, footnotes)


def _write_table(document: Document, element: HtmlElement, footnotes: list[str]) -> None:
    rows = element.findall(".//tr")
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table._tbl.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), "w:tblW", "w:jc", "w:tblLook")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, content in zip(row.cells, cells, strict=True):
            _fill(cell.paragraphs[0], content, footnotes)
            for run in cell.paragraphs[0].runs if content.tag == "th" else ():
                run.font.bold = run.font.cs_bold = True
    document.add_paragraph()


def _fill(paragraph: Paragraph, element: HtmlElement, footnotes: list[str]) -> None:
    """Writes the text of `element`; an `<aside>` inside becomes a footnote and leaves a mark."""
    paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), "w:jc")
    _add_text(paragraph, element.text)
    for child in element:
        if child.tag == "aside":
            footnotes.append(child.text_content())
            mark = _right_to_left(paragraph.add_run())
            mark.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(footnotes)))
            mark._r.append(reference)
        _add_text(paragraph, child.tail)


def _add_text(paragraph: Paragraph, text: str | None) -> None:
    """Adds runs as Word itself splits them: Hebrew and digits right to left, Latin words apart."""
    for part in LATIN.split((text or "").replace("\n", " ")):
        if part and LATIN.fullmatch(part):
            paragraph.add_run(part)
        elif part:
            _right_to_left(paragraph.add_run(part))


def _right_to_left(run: Run) -> Run:
    run.font.rtl = True
    return run


def _attach(document: Document, footnotes: list[str]) -> None:
    """Adds the footnotes part; ids -1 and 0 are the separators that Word expects."""
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:bidi/></w:pPr>'
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(footnotes, 1)
    )
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    xml = f"<w:footnotes {nsdecls('w')}>{separators}{notes}</w:footnotes>"
    parse_xml(xml)  # a broken part would only be noticed by Word
    blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}'.encode()
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _fix_times(target: Path) -> None:
    """Packs the file again with one fixed time for all its parts."""
    with ZipFile(target) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(ZipInfo(name, BEGINNING.timetuple()[:6]), content, ZIP_DEFLATED)
