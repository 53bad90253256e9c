"""What the cells of an Excel file refer to: its sheets by name, its texts, its number formats.

Knows no cells. Section numbers are those of ECMA-376 part 1.
"""

from dataclasses import dataclass

from ingest.errors import TooExpanded, UnreadableFile, UnsupportedFormat
from ingest.limits import LARGEST_TEXT
from ingest.readers.ooxml import OoxmlPackage, integer, is_true, name_of, relation_id
from ingest.readers.xml import Element

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
}  # fmt: skip
"""Formats that a file only names by number (18.8.30). 14 and 22 follow the country: this is how they look in Israel."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the names and parts of the sheets that people see, and what their cells refer to by number."""

    sheets: tuple[tuple[str, str], ...]
    strings: list[str]
    formats: list[str]
    from_1904: bool


def book_of(package: OoxmlPackage) -> Book:
    """The workbook of a package. Hidden sheets are not what the file shows, and are left out."""
    if package.main.endswith(".bin"):
        raise UnsupportedFormat("a binary workbook (XLSB); saved as XLSX it can be read")
    root = package.parsed(package.main)
    if root is None:
        raise UnreadableFile("a file without a workbook inside")
    parts = {relation.id: relation.part for relation in package.related(package.main) if relation.kind == "worksheet"}
    named = {
        parts[relation_id(sheet)]: sheet.get("name", "")
        for sheet in root.iterfind("{*}sheets/{*}sheet")
        if relation_id(sheet) in parts and sheet.get("state", "visible") == "visible"
    }
    sheets = tuple((name, part) for part, name in named.items())  # each part once, however often it is named
    properties = root.find("{*}workbookPr")
    from_1904 = properties is not None and is_true(properties.get("date1904"))
    return Book(sheets, _strings(package), _formats(package), from_1904)


def text_of(string: Element) -> str:
    """The text of a shared or inline string, without the readings above it that Japanese has (18.4.6)."""
    return "".join(each.text or "" for each in string.iter("{*}t") if not _is_reading(each))


def _strings(package: OoxmlPackage) -> list[str]:
    strings, room = list[str](), LARGEST_TEXT
    for string in package.elements(package.one_related(package.main, "sharedStrings"), "si"):
        strings.append(text_of(string))
        room -= len(strings[-1])
        if room < 0:
            raise TooExpanded(f"the texts of the workbook have more than {LARGEST_TEXT} characters")
    return strings


def _is_reading(text: Element) -> bool:
    parent = text.getparent()
    return parent is not None and name_of(parent) == "rPh"


def _formats(package: OoxmlPackage) -> list[str]:
    """The number format of each cell style."""
    root = package.parsed(package.one_related(package.main, "styles"))
    if root is None:
        return []
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iterfind("{*}numFmts/{*}numFmt")}
    named = [style.get("numFmtId", "0") for style in root.iterfind("{*}cellXfs/{*}xf")]
    return [codes.get(number, _BUILT_IN.get(integer(number), "General")) for number in named]
