"""Word files for tests, written element by element, so that what no library writes can be in them."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def part(name: str, content: str) -> str:
    """A part of a Word file."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMESPACES}>{content}</w:{name}>'


def relations(*kinds: str) -> str:
    """The relations of a part, by their kinds."""
    targets = {"officeDocument": "word/document.xml", "core-properties": "docProps/core.xml"}
    rows = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{targets.get(kind, kind + ".xml")}"/>'
        for kind in kinds
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def word_file(folder: Path, body: str, title: str = "", namespace: str = W, **parts: str) -> Path:
    """A Word file with exactly that inside; `parts` are the contents of `styles`, `numbering`, `footnotes`."""
    path = folder / "מסמך.docx"
    core = f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></p>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations("officeDocument", "core-properties"))
        archive.writestr("word/_rels/document.xml.rels", relations(*parts))
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>").replace(W, namespace))
        archive.writestr("docProps/core.xml", core)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", part(name, content).replace(W, namespace))
    return path


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: str, properties: str = "") -> str:
    """A table of rows that `row` has written."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells that `cell` has written, or of texts."""
    written = (each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(written)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """A cell with a text, or with paragraphs and tables."""
    inside = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
