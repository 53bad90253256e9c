"""PowerPoint files (PPTX): each slide is a page. Hidden slides keep their number and are not read.

Knows what the elements of a slide mean, not in which order they are read. Section numbers are those of ECMA-376 part 1.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.document import Document
from ingest.readers.archive import open_package
from ingest.readers.draft import Draft
from ingest.readers.list_numbers import BULLET, write_number
from ingest.readers.ooxml import OoxmlPackage, integer, is_true, name_of, relation_id
from ingest.readers.slides.layout import Layout, layout_of, placeholder_of
from ingest.readers.slides.slide import Block, Box, Slide, listed, write_slide
from ingest.readers.xml import Element

_TITLES = {"title", "ctrTitle"}
_RUNNING = {"dt", "ftr", "hdr", "sldNum"}
_LEFT_OUT = {"Fallback", "instrText", "extLst"}
_MOST_NESTED = 50
_NUMBERS = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman",
    "hebrew": "hebrew1",
}  # fmt: skip
_SIGNS = {"Period": ("", "."), "ParenR": ("", ")"), "ParenBoth": ("(", ")"), "Minus": ("", "-")}


def read_pptx(path: Path) -> Document:
    """The slides of a presentation as pages, called by the title of the first one: properties hold old or default ones.

    Raises `UnreadableFile`, `Encrypted` or `TooExpanded`.
    """
    with open_package(path) as archive:
        package = OoxmlPackage(archive)
        parts = {relation.id: relation.part for relation in package.related(package.main)}
        presentation = package.parsed(package.main)
        named = [] if presentation is None else presentation.iterfind("{*}sldIdLst/{*}sldId")
        layouts: dict[str, Layout] = {}
        draft = Draft()
        # Each part once: that a slide stands there twice is a trick to make a small file endless.
        for part in dict.fromkeys(parts.get(relation_id(each), "") for each in named):
            layout = package.one_related(part, "slideLayout")
            if layout not in layouts:
                layouts[layout] = layout_of(package, layout)
            write_slide(draft, _slide(package, part, layouts[layout]))
        return draft.document("")


def _slide(package: OoxmlPackage, part: str, layout: Layout) -> Slide:
    root = package.parsed(part)
    if root is None or not is_true(root.get("show"), otherwise=True):
        return Slide()
    title, blocks = "", list[Block]()
    for shape in _shapes(root.find("{*}cSld/{*}spTree")):
        kind = placeholder_of(shape).kind
        if kind in _RUNNING:
            continue
        if kind in _TITLES and not title:
            title = " ".join(" ".join(_texts(shape)).split())
        else:
            blocks += _block(shape, layout, package, part, _MOST_NESTED)
    notes = package.parsed(package.one_related(part, "notesSlide"))
    spoken = [] if notes is None else _shapes(notes.find("{*}cSld/{*}spTree"))
    said = [text for shape in spoken if placeholder_of(shape).kind == "body" for text in _texts(shape)]
    has_pictures = next(root.iter("{*}blip"), None) is not None
    return Slide(title, tuple(blocks), tuple(said), has_pictures)


def _shapes(tree: Element | None) -> Iterator[Element]:
    """The shapes of a slide or a group. Where there are several versions of one (part 3, 7.5), the first is newest."""
    for child in () if tree is None else tree:
        if name_of(child) == "AlternateContent":
            yield from _shapes(child.find("{*}Choice"))
        elif name_of(child) in {"sp", "grpSp", "graphicFrame", "pic", "cxnSp"}:
            hidden = child.find("./*/{*}cNvPr")
            if hidden is None or not is_true(hidden.get("hidden")):
                yield child


def _block(shape: Element, layout: Layout, package: OoxmlPackage, part: str, nested: int) -> Iterator[Block]:
    """What a shape says, nothing for one without text."""
    box = layout.box(shape)
    if name_of(shape) == "grpSp":
        inside = _shapes(shape) if nested else ()
        group = tuple(block for each in inside for block in _block(each, layout, package, part, nested - 1))
        if group:
            yield Block(box, group=group)
        return
    table = shape.find("{*}graphic/{*}graphicData/{*}tbl")
    if table is not None:
        yield _table(table, box)
        return
    lines = tuple(_drawn(shape, package, part) if name_of(shape) == "graphicFrame" else _listed(shape, layout))
    if lines:
        yield Block(box, lines)


def _listed(shape: Element, layout: Layout) -> Iterator[str]:
    """The paragraphs of a shape, those of lists with their marks."""
    numbers: dict[int, int] = {}
    for paragraph in shape.iterfind("{*}txBody/{*}p"):
        text = _text(paragraph)
        if not text.strip():
            continue
        level, mark = layout.mark(shape, paragraph)
        numbers = {each: last for each, last in numbers.items() if each < level or (mark is not None and each == level)}
        if mark is None:
            yield text
        elif name_of(mark) == "buAutoNum":
            numbers[level] = numbers[level] + 1 if level in numbers else integer(mark.get("startAt"), 1)
            yield listed(_number(numbers[level], mark.get("type", "")), text)
        else:
            yield listed(BULLET, text)


def _number(number: int, scheme: str) -> str:
    """A number in the style that its scheme names (20.1.10.61), such as `alphaLcParenR` for a letter and a bracket."""
    style = next((style for beginning, style in _NUMBERS.items() if scheme.startswith(beginning)), "decimal")
    before, after = next((signs for end, signs in _SIGNS.items() if scheme.endswith(end)), ("", ""))
    return f"{before}{write_number(number, style)}{after}"


def _drawn(shape: Element, package: OoxmlPackage, part: str) -> Iterator[str]:
    """The texts of a drawing that keeps them in a part of its own (SmartArt, 21.4)."""
    names = shape.find("{*}graphic/{*}graphicData/{*}relIds")
    if names is None:
        return
    wanted = {value for key, value in names.items() if key.endswith("}dm")}
    data = next((relation.part for relation in package.related(part) if relation.id in wanted), "")
    root = package.parsed(data)
    for point in () if root is None else root.iterfind("{*}ptLst/{*}pt"):
        yield from filter(None, (_text(paragraph).strip() for paragraph in point.iter("{*}p")))


def _table(table: Element, box: Box) -> Block:
    """A cell that reaches over rows stands in each of them."""
    rows: list[list[str]] = []
    for row in table.iterfind("{*}tr"):
        cells = [" ".join(_texts(cell)) for cell in row.iterfind("{*}tc")]
        for column, cell in enumerate(row.iterfind("{*}tc")):
            if rows and column < len(rows[-1]) and is_true(cell.get("vMerge")):
                cells[column] = rows[-1][column]
        rows.append(cells)
    properties = table.find("{*}tblPr")
    has_header = properties is not None and is_true(properties.get("firstRow"))
    from_left = properties is None or not is_true(properties.get("rtl"))
    return Block(box, rows=tuple(map(tuple, rows)), header_rows=int(has_header), from_left=from_left)


def _texts(element: Element) -> list[str]:
    texts = (_text(paragraph) for paragraph in element.iterfind("{*}txBody/{*}p"))
    return [text for text in texts if text.strip()]


def _text(element: Element, nested: int = _MOST_NESTED) -> str:
    """The text of a paragraph, formulas and fields included."""
    pieces: list[str] = []
    for child in element:
        name = name_of(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "br":
            pieces.append("\n")
        elif name not in _LEFT_OUT and nested:
            pieces.append(_text(child, nested - 1))
    return "".join(pieces)
