"""OpenDocument texts for tests, written element by element, so that what no library writes can be in them."""

import zipfile
from pathlib import Path

_NAMES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
    "fo": "xsl-fo-compatible", "meta": "meta",
}  # fmt: skip
NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _NAMES.items()
)
NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
    ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="\u05d0, \u05d9, \u05e7, ..."'
    ' style:num-suffix=")" text:display-levels="2"/><text:list-level-style-bullet text:level="3" text:bullet-char="-"/>'
    "</text:list-style>"
)
"""A list style: 1., 1.\u05d0), and bullets."""


def odt_file(
    folder: Path, body: str, automatic: str = "", styles: str = "", manifest: str = "", title: str = ""
) -> Path:
    """A text with that body, automatic styles, contents of `office:styles` and of the manifest."""
    path = folder / "\u05de\u05e1\u05de\u05da.odt"
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    meta = f'<office:meta><d:title xmlns:d="http://purl.org/dc/elements/1.1/">{title}</d:title></office:meta>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {NAMESPACES}>{content}</office:document-content>")
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {NAMESPACES}><office:styles>{styles}</office:styles></office:document-styles>",
        )
        archive.writestr("meta.xml", f"<office:document-meta {NAMESPACES}>{meta}</office:document-meta>")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
    return path


def paragraph(text: str, style: str = "") -> str:
    """A paragraph in a style."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def item(*contents: str, properties: str = "") -> str:
    """An item of a list."""
    return f"<text:list-item {properties}>{''.join(contents)}</text:list-item>"


def numbered(*items: str, properties: str = 'text:style-name="L"') -> str:
    """A list."""
    return f"<text:list {properties}>{''.join(items)}</text:list>"


def table(*rows: str, style: str = "", header: str = "") -> str:
    """A table, with a row that is repeated on every page before the others."""
    repeated = f"<table:table-header-rows>{header}</table:table-header-rows>" if header else ""
    return f'<table:table table:style-name="{style}">{repeated}{"".join(rows)}</table:table>'


def row(*cells: str) -> str:
    """A row of cells that `cell` has written, or of texts."""
    written = (each if each.startswith("<table:") else cell(each) for each in cells)
    return f"<table:table-row>{''.join(written)}</table:table-row>"


def cell(content: str, properties: str = "", style: str = "") -> str:
    """A cell with a text, or with paragraphs and tables."""
    inside = content if content.startswith("<t") else paragraph(content, style)
    return f"<table:table-cell {properties}>{inside}</table:table-cell>"
