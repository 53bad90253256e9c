"""The parts of a Word file: XML documents in a zip. Knows how to find and open them, not what their elements mean."""

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from ingest.errors import Encrypted, TooExpanded, UnreadableFile

LARGEST_XML = 100 << 20
"""Bytes of all XML that is unpacked from one file; its tree takes about four times as much memory."""

_INTEGER = re.compile("[0-9]{1,6}")

Element = etree._Element  # the only name that lxml has for the type of its elements


class WordPackage:
    """The XML parts of a Word file, parsed when asked for. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""

    def __init__(self, path: Path) -> None:
        try:
            with ZipFile(path) as archive:
                self._parts = _unpack(archive)
        except (BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise UnreadableFile(f"not a Word file, or a damaged one: {error}") from error
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
        if content is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(f"damaged XML in {name}: {error}") from error


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


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in element if name_of(child) == name)


def _unpack(archive: ZipFile) -> dict[str, bytes]:
    wanted = [info for info in archive.infolist() if info.filename.endswith((".xml", ".rels"))]
    wanted = [info for info in wanted if not info.filename.startswith(("word/theme", "customXml"))]
    expanded = sum(info.file_size for info in wanted)
    if expanded > LARGEST_XML:
        raise TooExpanded(f"the file unpacks into {expanded >> 20} MB of XML, {LARGEST_XML >> 20} are allowed")
    if any(info.flag_bits & 1 for info in wanted):
        raise Encrypted("the zip is locked with a password")
    return {info.filename: archive.read(info) for info in wanted}
