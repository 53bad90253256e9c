"""The XML inside office files, read so that it can neither reach out of its file nor grow. Knows no format."""

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from ingest.errors import TooExpanded, UnreadableFile
from ingest.readers.archive import open_package, read_member

LARGEST_XML = 100 << 20
"""Bytes of all XML that is unpacked from one file; its tree takes about four times as much memory."""

Element = etree._Element  # the only name that lxml has for the type of its elements


def xml_parts(path: Path, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The members of a zip whose names are wanted. Raises `TooExpanded`, `Encrypted` or `UnreadableFile`."""
    with open_package(path) as archive:
        wanted = [info for info in archive.infolist() if is_wanted(info.filename)]
        expanded = sum(info.file_size for info in wanted)
        if expanded > LARGEST_XML:
            raise TooExpanded(f"the file unpacks into {expanded >> 20} MB of XML, {LARGEST_XML >> 20} are allowed")
        return {info.filename: read_member(archive, info) for info in wanted}


def parse_xml(content: bytes, name: str) -> Element:
    """The root of an XML file; `name` is for messages.

    Entities that the file itself defines are text like any other; files and addresses outside are never opened, and
    libxml2 refuses texts that its entities would blow up. Raises `UnreadableFile`.
    """
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(f"damaged XML in {name}: {error}") from error
