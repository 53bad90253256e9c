"""The text of a paragraph in a Word file. Knows nothing of styles, lists or tables."""

from ingest.readers.docx.math import formula
from ingest.readers.docx.package import is_on, name_of
from ingest.readers.xml import Element

NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
"""What refers to a note, and the part of the package where it stands."""

_LEFT_OUT = {"del", "moveFrom", "pPr", "rPr", "sectPr", "instrText", "delText", "rt", "Fallback"}
_AS_TEXT = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def text_of(element: Element, apart: list[Element]) -> str:
    """The text inside an element, results of fields included. Text boxes and references to notes go into `apart`."""
    name = name_of(element)
    if name == "t":
        return element.text or ""
    if name in _AS_TEXT:
        return _AS_TEXT[name]
    if name == "oMath":
        return f" {formula(element)} "
    if name == "txbxContent" or name in NOTES:
        apart.append(element)
        return ""
    if name in _LEFT_OUT or (name == "r" and is_on(element.find("{*}rPr/{*}vanish"))):
        return ""
    return "".join(text_of(child, apart) for child in element)
