"""The text of an office file as plain truth to measure readers against, taken straight from its XML.

Independent of the readers of `ingest`, on purpose. Knows ODT, ODP, DOCX and PPTX.
"""

import re
import zipfile
from pathlib import Path

from lxml import etree

_NOT_SHOWN = {
    "annotation", "tracked-changes", "notes", "forms", "title", "desc", "ruby-text", "list-level-style-number",
    "del", "instrText", "Fallback", "fldSimple", "page-number", "font-face-decls", "automatic-styles",
}  # fmt: skip
_APART = {
    "note-body", "frame", "text-box", "custom-shape", "rect", "ellipse", "connector", "path", "line", "polygon",
    "txbxContent",
}  # fmt: skip
"""What a page shows beside the text that it stands in."""
_ENDS = {"p", "h", "line-break", "br", "cr", "tr", "table-row"}
_BLANKS = {"s", "tab", "note-citation", "footnoteReference"}
_INSIDE = {"p", "h", "span", "a", "note-citation", "ruby-base", "bookmark-ref", "t"}
"""Elements whose own text is shown; what the others hold is markup or a number that the office program computes."""
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def office_flows(path: Path) -> list[str]:
    """The text in flows, each of which is read in one go: the body first, then every note and every text box."""
    flows: list[list[str]] = [[]]
    with zipfile.ZipFile(path) as package:
        for name in _parts(package.namelist()):
            _walk(etree.fromstring(package.read(name)), flows[0], flows)
    return ["".join(flow) for flow in flows if "".join(flow).strip()]


def _parts(names: list[str]) -> list[str]:
    if "content.xml" in names:
        return ["content.xml"]
    slides = sorted((int(match[1]), match[0]) for match in map(_SLIDE.fullmatch, names) if match)
    return [name for _, name in slides] or [
        name for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml") if name in names
    ]


def _walk(element: etree._Element, flow: list[str], flows: list[list[str]]) -> None:
    name = etree.QName(element).localname
    if name in _APART:
        flow = []
        flows.append(flow)
    if name in _BLANKS:
        flow.append(" ")
    if name in _INSIDE:
        flow.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname not in _NOT_SHOWN:
            _walk(child, flow, flows)
        if name in _INSIDE - {"t"}:
            flow.append(child.tail or "")
    if name in _ENDS:
        flow.append("\n")
    elif name in _BLANKS:
        flow.append(" ")
