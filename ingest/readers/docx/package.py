"""The parts of a Word file: XML documents in a zip. Knows how to find and open them, not what their elements mean."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from ingest.errors import UnreadableFile
from ingest.readers.xml import Element, parse_xml, xml_parts

_INTEGER = re.compile("[0-9]{1,6}")


class WordPackage:
    """The XML parts of a Word file, parsed when asked for. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""

    def __init__(self, path: Path) -> None:
        self._parts = xml_parts(path, _is_wanted)
        main = self._related("", "officeDocument")
        if main is None:
            raise UnreadableFile("a zip without a Word document inside")
        self._main = main

    def body(self) -> Element:
        """The root of the main part."""
        root = self._parsed(self._main)
        if root is None:
            raise UnreadableFile("the main part of the Word file is missing")
        return root

    def part(self, kind: str) -> Element | None:
        """The part that is related to the main one as `styles`, `numbering`, `footnotes` or `endnotes`."""
        name = self._related(self._main, kind)
        return None if name is None else self._parsed(name)

    def title(self) -> str:
        """The title in the properties of the file, often empty."""
        name = self._related("", "core-properties")
        properties = None if name is None else self._parsed(name)
        title = None if properties is None else properties.find("{*}title")
        return "" if title is None else (title.text or "")

    def _related(self, part: str, kind: str) -> str | None:
        folder = PurePosixPath(part).parent
        relations = self._parsed(str(folder / "_rels" / f"{PurePosixPath(part).name}.rels"))
        for relation in () if relations is None else relations:
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else str(folder / target)
        return None

    def _parsed(self, name: str) -> Element | None:
        content = self._parts.get(name)
        return None if content is None else parse_xml(content, name)


def name_of(element: Element) -> str:
    """The name of an element without its namespace, in which the editions of the format differ; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its name without namespace, "" when the element or the attribute is not there."""
    attributes: Mapping[str, str] = {} if element is None else dict(element.attrib)
    return next((value for key, value in attributes.items() if key.rpartition("}")[2] == name), "")


def integer(text: str, otherwise: int) -> int:
    """A number in an attribute; `otherwise` where there is none, or one that no Word would write."""
    return int(text) if _INTEGER.fullmatch(text) else otherwise


def is_on(switch: Element | None) -> bool:
    """Whether a property that is either on or off is there and on (ECMA-376, part 1, 17.17.4)."""
    return switch is not None and attribute(switch, "val") not in {"0", "false", "off"}


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in element if name_of(child) == name)


def _is_wanted(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and not name.startswith(("word/theme", "customXml"))
