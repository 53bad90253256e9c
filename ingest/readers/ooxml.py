"""The parts of an Office Open XML file and how they name each other (ECMA-376 part 2: packages and relationships).

Knows nothing of sheets, slides or texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipFile

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.readers.archive import pieces_of, read_member
from ingest.readers.xml import Element, parse_xml

LARGEST_XML = 64 << 20
"""Bytes of a part whose tree is built at once; it takes about four times as much memory."""

_INTEGER = re.compile("-?[0-9]{1,12}")
_TRUE = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part calls another part by: the kind of the relation, its id, and the name of the other part."""

    kind: str
    id: str
    part: str


class OoxmlPackage:
    """An Office file opened by `ingest.readers.archive`. Raises `UnreadableFile` or `TooExpanded`."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self.main = self.one_related("", "officeDocument")
        """The part that holds the document itself, the workbook or the presentation."""
        if self.main not in self._names:
            raise UnreadableFile("a zip without an Office document inside")

    def title(self) -> str:
        """The title in the properties of the file, often empty."""
        properties = self.parsed(self.one_related("", "core-properties"))
        return "" if properties is None else (properties.findtext("{*}title") or "")

    def parsed(self, part: str) -> Element | None:
        """The root of a part, None where there is no such part."""
        return parse_xml(read_member(self._archive, part, LARGEST_XML), part) if part in self._names else None

    def elements(self, part: str, *names: str) -> Iterator[Element]:
        """The elements of those names in a part, one after the other; each is gone when the next one comes."""
        if part not in self._names:
            return
        parser = etree.XMLPullParser(("end",), tag=[f"{{*}}{name}" for name in names], no_network=True, load_dtd=False)
        try:
            for piece in pieces_of(self._archive, self._archive.getinfo(part)):
                parser.feed(piece)
                for _, element in parser.read_events():
                    yield element
                    element.clear()
                    parent = element.getparent()
                    while parent is not None and element.getprevious() is not None:
                        del parent[0]
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(f"damaged XML in {part}: {error}") from error

    def related(self, part: str) -> list[Relation]:
        """The parts inside the file that a part names; `kind` is the last word of the relation's type."""
        folder = PurePosixPath(part).parent
        relations = self.parsed(str(folder / "_rels" / f"{PurePosixPath(part).name}.rels"))
        return [_relation(each, folder) for each in ([] if relations is None else relations) if _is_inside(each)]

    def one_related(self, part: str, kind: str) -> str:
        """The part that a part names by a relation of that kind, "" where there is none."""
        return next((relation.part for relation in self.related(part) if relation.kind == kind), "")


def name_of(element: Element) -> str:
    """The name of an element without its namespace, in which the editions of the format differ; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def relation_id(element: Element) -> str:
    """The id by which an element names another part."""
    return next((value for key, value in element.items() if key.endswith("}id")), "")


def integer(text: str | None, otherwise: int = 0) -> int:
    """A number in an attribute; `otherwise` where there is none, or one that no Office program would write."""
    return int(text) if text and _INTEGER.fullmatch(text) else otherwise


def is_true(text: str | None, otherwise: bool = False) -> bool:
    """A truth value in an attribute."""
    return otherwise if text is None else text in _TRUE


def _is_inside(relation: Element) -> bool:
    return name_of(relation) == "Relationship" and relation.get("TargetMode") != "External"


def _relation(element: Element, folder: PurePosixPath) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(kind, element.get("Id", ""), _joined(folder, element.get("Target", "")))


def _joined(folder: PurePosixPath, target: str) -> str:
    """The name of a part that is named from inside a folder."""
    names: list[str] = []
    for name in (folder / target).parts:  # an absolute target takes the place of the folder
        if name == "..":
            del names[-1:]
        elif name != "/":
            names.append(name)
    return "/".join(names)
