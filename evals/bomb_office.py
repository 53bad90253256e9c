"""Office files that become huge when they are read, made anew each time. Knows nothing of how they are read."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO

HELLO = "\u05e9\u05dc\u05d5\u05dd"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'


def _package(main: str, parts: dict[str, Iterator[bytes] | str]) -> bytes:
    """An Office file whose main part is `main`."""
    buffer = BytesIO()
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    heads = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>',
    }
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**heads, **parts}.items():
            with file.open(name, "w", force_zip64=True) as member:
                for piece in [content.encode()] if isinstance(content, str) else content:
                    member.write(piece)
    return buffer.getvalue()


def _repeated(head: str, piece: str, megabytes: int, tail: str) -> Iterator[bytes]:
    yield head.encode()
    block = piece.encode() * ((1 << 20) // len(piece.encode()))
    yield from (block for _ in range(megabytes))
    yield tail.encode()


def _word(megabytes: int, piece: str) -> bytes:
    head = f'<w:document xmlns:w="{_WORD}"><w:body>'
    return _package(
        "word/document.xml", {"word/document.xml": _repeated(head, piece, megabytes, "</w:body></w:document>")}
    )


def word_that_repeats() -> bytes:
    """300 MB of one paragraph."""
    return _word(300, f"<w:p><w:r><w:t>{HELLO}</w:t></w:r></w:p>")


def word_that_packs_badly() -> bytes:
    """300 MB again, but packed only ten to one, as real text is."""
    noise = random.Random(0).randbytes(100_000).hex()  # noqa: S311  # the same bomb each time
    return _word(300, f"<w:p><w:r><w:t>{noise}{HELLO * 100_000}</w:t></w:r></w:p>")


def _workbook(strings: Iterator[bytes], sheet: str, sheets: int = 1) -> bytes:
    listed = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="r1"/>' for number in range(1, sheets + 1))
    names = f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
    related = "".join(
        f'<Relationship Id="{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, kind, target in (("r1", "worksheet", "sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml"))
    )
    parts: dict[str, Iterator[bytes] | str] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType='
        '"application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "xl/workbook.xml": names,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "xl/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings,
    }
    return _package("xl/workbook.xml", parts)


def _sheet(rows: str) -> str:
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>'


def shared_strings() -> bytes:
    """A table of strings of 250 MB, one of them used."""
    strings = _repeated(f'<sst xmlns="{_SHEET}">', f"<si><t>{HELLO}</t></si>", 250, "</sst>")
    return _workbook(strings, _sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))


def one_string_everywhere() -> bytes:
    """One string of 30,000 letters in each of 20,000 cells: 600 million letters out of 1 MB."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    return _workbook(iter([f'<sst xmlns="{_SHEET}"><si><t>{HELLO * 7_500}</t></si></sst>'.encode()]), _sheet(rows))


def far_cell() -> bytes:
    """A sheet of two cells, the second at the far end of all cells there can be."""
    cells = ((1, "A"), (1048576, "XFD"))
    rows = "".join(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>' for row, column in cells)
    return _workbook(iter([f'<sst xmlns="{_SHEET}"/>'.encode()]), _sheet(rows))


def laughs() -> str:
    """Entities of entities: a billion times "lol"."""
    lines = [f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10)]
    return '<!DOCTYPE x [<!ENTITY l0 "lol">' + "".join(lines) + "]>"


def billion_laughs() -> bytes:
    """A Word file with a billion "lol" in its text."""
    body = (
        f'{laughs()}<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    )
    return _package("word/document.xml", {"word/document.xml": body})


def wide_grid() -> bytes:
    """A Word table whose one cell spans two billion columns."""
    span = '<w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
    cells = f"<w:tc>{span}<w:p><w:r><w:t>{HELLO}</w:t></w:r></w:p></w:tc>" * 2
    body = f'<w:document xmlns:w="{_WORD}"><w:body><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>'
    return _package("word/document.xml", {"word/document.xml": body})


def same_sheet() -> bytes:
    """5,000 sheets that are all the same 1 MB."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 30_001))
    return _workbook(iter([f'<sst xmlns="{_SHEET}"/>'.encode()]), _sheet(rows), sheets=5000)


def repeated_rows() -> bytes:
    """A row of a thousand cells, a million times over, said in one word."""
    cell = f'<table:table-cell table:number-columns-repeated="1000">{_TEXT_P}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return _open_document("spreadsheet", f'<table:table table:name="1">{row}</table:table>')


def many_blanks() -> bytes:
    """Two billion blanks, said in one word."""
    return _open_document("text", f'<text:p>{HELLO}<text:s text:c="2000000000"/>{HELLO}</text:p>')


_TEXT_P = f"<text:p>{HELLO}</text:p>"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def _open_document(kind: str, body: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{_OPEN}{name}:1.0"' for name in ("office", "text", "table"))
    inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        file.writestr("content.xml", f"<office:document-content {names}>{inside}</office:document-content>")
    return buffer.getvalue()


def same_chapter() -> bytes:
    """A book that names the same chapter of 1 MB ten thousand times."""
    opf = '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type='
    chapters = '<itemref idref="a"/>' * 10_000
    opf += f'"application/xhtml+xml"/></manifest><spine>{chapters}</spine></package>'
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/epub+zip")
        container = '<rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        file.writestr("META-INF/container.xml", f'<container xmlns="{_OPEN}container">{container}</container>')
        file.writestr("a.opf", opf)
        file.writestr("a.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><p>{HELLO * 100_000}</p></html>')
    return buffer.getvalue()
