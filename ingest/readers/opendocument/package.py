"""OpenDocument packages (ODT, ODP, ODS): the XML inside, names of elements, and the text of a paragraph.

Section numbers are those of OASIS OpenDocument 1.3, part 3. Knows nothing of lists, tables or where text goes.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ingest.errors import Encrypted, UnreadableFile
from ingest.readers.xml import Element, parse_xml, xml_parts

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_QUALIFIED = re.compile(r"\{urn:oasis:names:tc:opendocument:xmlns:([a-z0-9-]+):1\.0\}(.+)")
_SEGMENTS = {"draw": "drawing", "number": "datastyle", "svg": "svg-compatible", "fo": "xsl-fo-compatible"}
_PREFIXES = {segment: prefix for prefix, segment in _SEGMENTS.items()}

_PARTS = {"content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"}
_MOST_BLANKS = 1000
_LEFT_OUT = {
    "office:annotation", "office:annotation-end", "office:event-listeners", "text:ruby-text", "text:tracked-changes",
    "text:note-citation", "svg:title", "svg:desc", "draw:glue-point", "presentation:notes",
}  # fmt: skip
"""Comments, deleted text, readings above words, and descriptions of pictures."""
_AS_TEXT = {"text:tab": "\t", "text:line-break": "\n"}
_APART = {"text:note", "draw:text-box", "draw:custom-shape", "draw:frame", "draw:g", "draw:a"}
"""What a paragraph only anchors."""


class OdfPackage:
    """An OpenDocument file. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""

    def __init__(self, path: Path) -> None:
        self._parts = xml_parts(path, _PARTS.__contains__)
        if b"encryption-data" in self._parts.get("META-INF/manifest.xml", b""):
            raise Encrypted("the OpenDocument file is locked with a password")
        if "content.xml" not in self._parts:
            raise UnreadableFile("an OpenDocument file without contents")
        self.content = parse_xml(self._parts["content.xml"], "content.xml")
        """The root of `content.xml`."""
        styles = self._parts.get("styles.xml")
        self.styles = None if styles is None else parse_xml(styles, "styles.xml")
        """The root of `styles.xml`, with the styles that have names, headers and footers; None where there is none."""

    def body(self) -> Element:
        """`office:text`, `office:presentation` or `office:spreadsheet`."""
        body = next(iter(self.content.iterfind(f"{qualified('office:body')}/*")), None)
        if body is None:
            raise UnreadableFile("an OpenDocument file without contents")
        return body

    def title(self) -> str:
        """The title in the properties of the file, often empty."""
        meta = self._parts.get("meta.xml")
        title = None if meta is None else parse_xml(meta, "meta.xml").find(".//{http://purl.org/dc/elements/1.1/}title")
        return "" if title is None else (title.text or "")


@cache
def qualified(name: str) -> str:
    """`text:p` as lxml writes it, with its namespace."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACE.format(_SEGMENTS.get(prefix, prefix))}}}{local}"


def name_of(element: Element) -> str:
    """The name of an element with its usual prefix: `text:p`; "" for comments and for what is not OpenDocument."""
    match = _QUALIFIED.fullmatch(element.tag) if isinstance(element.tag, str) else None
    return f"{_PREFIXES.get(match[1], match[1])}:{match[2]}" if match else ""


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its name with the usual prefix, "" when the element or the attribute is not there."""
    return "" if element is None else element.get(qualified(name), "")


def count(element: Element, name: str) -> int:
    """How often something stands there (blanks, repeated cells and rows): the attribute as a number, else 1."""
    text = attribute(element, name)
    return max(1, int(text)) if re.fullmatch("[0-9]{1,7}", text) else 1


def text_of(element: Element, apart: list[Element], is_hidden: Callable[[Element], bool] = lambda _: False) -> str:
    """The text of a paragraph (6.1) without its hidden spans. Notes, frames and shapes in it are put into `apart`."""
    pieces = [_collapsed(element.text)]
    for child in element:
        name = name_of(child)
        if name == "text:s":
            pieces.append(" " * min(count(child, "text:c"), _MOST_BLANKS))
        elif name in _AS_TEXT:
            pieces.append(_AS_TEXT[name])
        elif name in _APART:
            apart.append(child)
        elif isinstance(child.tag, str) and name not in _LEFT_OUT and not (name == "text:span" and is_hidden(child)):
            pieces.append(text_of(child, apart, is_hidden))
        pieces.append(_collapsed(child.tail))
    return "".join(pieces)


def _collapsed(text: str | None) -> str:
    """White space in the XML is one blank (6.1.2)."""
    return re.sub("[ \t\r\n]+", " ", text or "")
