import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document as WordDocument

from hebrew.normalise import clean
from ingest.document import Document
from ingest.errors import Encrypted, TooExpanded, UnreadableFile
from ingest.readers import xml
from ingest.readers.docx.reader import read_docx
from ingest.readers.list_numbers import write_number
from tests.word_file import W, paragraph, relations, word_file

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def text_of(document: Document) -> str:
    return document.pages[0].text


def test_body_keeps_its_order_and_rows_stay_on_one_line(tmp_path: Path) -> None:
    """Paragraphs and tables come in the order of the body, a table row as one line with its cells in reading order."""
    word = WordDocument()
    word.add_paragraph("לפני הטבלה")
    table = word.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, [["שירות", "", "אגרה"], ["רישום", "חצי\nשנה", "120 ש״ח"]], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    word.add_paragraph("אחרי הטבלה")
    word.save(str(tmp_path / "א.docx"))
    document = read_docx(tmp_path / "א.docx")
    assert text_of(document) == "לפני הטבלה\n\nשירות |  | אגרה\nרישום | חצי שנה | 120 ש״ח\n\nאחרי הטבלה"


def test_headers_and_footers_are_not_in_the_text(tmp_path: Path) -> None:
    """What repeats on every page is apart from the body and is not read."""
    word = WordDocument()
    word.sections[0].header.paragraphs[0].text = "עמוד מתוך"
    word.sections[0].footer.paragraphs[0].text = "המועצה האזורית"
    word.add_paragraph("גוף המסמך")
    word.save(str(tmp_path / "א.docx"))
    assert text_of(read_docx(tmp_path / "א.docx")) == "גוף המסמך"


def test_headings_come_from_built_in_hebrew_and_outline_styles(tmp_path: Path) -> None:
    """A heading is known by its style's name in English or Hebrew, by inheritance, or by its outline level."""
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="a"><w:name w:val="כותרת 2"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="סעיף"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="רמה"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
        '<w:style w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style>'
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in [("פרק", "1"), ("חלק", "a"), ("תת חלק", "b"), ("רמה רביעית", "c"), ("רגיל", "loop")]
    )
    body += paragraph("ישיר", '<w:outlineLvl w:val="0"/>') + paragraph("גוף", '<w:outlineLvl w:val="9"/>')
    document = read_docx(word_file(tmp_path, body, styles=styles))
    found = [(each.level, each.text) for each in document.headings]
    assert found == [(1, "פרק"), (2, "חלק"), (2, "תת חלק"), (4, "רמה רביעית"), (1, "ישיר")]
    for heading in document.headings:
        assert text_of(document)[heading.start :].startswith(heading.text)


def test_title_is_the_title_paragraph_then_the_property_then_the_first_heading(tmp_path: Path) -> None:
    """What people see as the title wins over what a template left in the properties."""
    styles = (
        '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    )
    heading = paragraph("פרק א", '<w:pStyle w:val="1"/>')
    titled = paragraph("נוהל חופשות", '<w:pStyle w:val="t"/>') + heading
    assert read_docx(word_file(tmp_path, titled, "תבנית", styles=styles)).title == "נוהל חופשות"
    assert read_docx(word_file(tmp_path, heading, "מכרז", styles=styles)).title == "מכרז"
    assert read_docx(word_file(tmp_path, heading, styles=styles)).title == "פרק א"


def test_a_footnote_follows_its_paragraph(tmp_path: Path) -> None:
    """The text of a note stands on its own line right after the paragraph that refers to it; separators do not."""
    reference = '<w:p><w:r><w:t>הזכאות נקבעת מראש</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    footnotes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>-----</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("ראו סעיף 7 לחוק")}</w:footnote>'
    )
    document = read_docx(word_file(tmp_path, reference + paragraph("המשך"), footnotes=footnotes))
    assert text_of(document) == "הזכאות נקבעת מראש\n\n* ראו סעיף 7 לחוק\n\nהמשך"


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    """A text box comes after its paragraph, although the file holds it twice for old versions of Word."""
    box = f"<w:txbxContent>{paragraph('בתוך תיבה')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>סביב</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(read_docx(word_file(tmp_path, body))) == "סביב\n\nבתוך תיבה"


def test_deleted_and_hidden_text_is_not_read_and_inserted_text_is(tmp_path: Path) -> None:
    """Under tracked changes the text is what it would be after accepting all; hidden runs stay hidden."""
    body = (
        "<w:p><w:r><w:t>המועד </w:t></w:r><w:del><w:r><w:delText>הישן</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>החדש</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>נסתר</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> גלוי</w:t></w:r></w:p>'
        f"<w:sdt><w:sdtContent>{paragraph('בפקד תוכן')}</w:sdtContent></w:sdt>"
    )
    assert text_of(read_docx(word_file(tmp_path, body))) == "המועד החדש גלוי\n\nבפקד תוכן"


def test_contents_are_left_out(tmp_path: Path) -> None:
    """The table of contents only repeats the headings with page numbers."""
    styles = '<w:style w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("פרק א 3", '<w:pStyle w:val="T1"/>') + paragraph("גוף")
    assert text_of(read_docx(word_file(tmp_path, body, styles=styles))) == "גוף"


def test_a_table_that_lays_out_a_page_is_not_data(tmp_path: Path) -> None:
    """A single cell, or a row that holds another table, is a frame: what is inside keeps its paragraphs."""
    inner = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>".format(paragraph("א"), paragraph("ב"))
    frame = f"<w:tbl><w:tr><w:tc>{paragraph('מעל')}{inner}</w:tc><w:tc>{paragraph('ליד')}</w:tc></w:tr></w:tbl>"
    single = f"<w:tbl><w:tr><w:tc>{paragraph('ראשונה')}{paragraph('שנייה')}</w:tc></w:tr></w:tbl>"
    assert text_of(read_docx(word_file(tmp_path, frame + single))) == "מעל\n\nא | ב\n\nליד\n\nראשונה\n\nשנייה"


def test_numbers_of_lists_are_written_out(tmp_path: Path) -> None:
    """Automatic numbers, which the file does not store as text, are counted as Word counts them."""
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="hebrew1"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="5"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (0, 0)]
    body = "".join(
        paragraph("סעיף", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        for number, level in items
    )
    lines = text_of(read_docx(word_file(tmp_path, body, numbering=numbering))).split("\n")
    marks = ["1.", "1.א)", "1.ב)", "\u2022", "2.", "2.א)", "7.", "8."]
    assert lines == [*(f"{mark} סעיף" for mark in marks), "", "סעיף"]


def test_levels_that_go_on_legal_numbers_and_linked_lists(tmp_path: Path) -> None:
    """Clauses are counted through all chapters, letters are written as digits, lists are defined by a style."""
    levels = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="hebrew1"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlRestart w:val="0"/><w:lvlText w:val="%2."/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2.%3"/></w:lvl>'
    )
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>'
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="s"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="s"/>{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="6"/>{own}</w:lvlOverride></w:num>'
    )
    body = "".join(
        paragraph("סעיף", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        for number, level in [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0)]
    )
    lines = text_of(read_docx(word_file(tmp_path, body, numbering=numbering))).split("\n")
    assert [line.removesuffix(" סעיף") for line in lines] == ["א.", "1.", "2.", "1.2.1", "ב.", "3.", "(3)"]


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (15, "hebrew1", "טו"), (16, "hebrew1", "טז"), (27, "hebrew1", "כז"), (115, "hebrew1", "קטו"),
        (500, "hebrew1", "תק"), (11, "hebrew2", "כ"), (22, "hebrew2", "ת"), (23, "hebrew2", "אא"),
        (28, "lowerLetter", "bb"), (3, "upperLetter", "C"),
        (1994, "upperRoman", "MCMXCIV"), (4, "lowerRoman", "iv"), (12, "decimalZero", "12"), (5, "none", ""),
        (10**9, "lowerRoman", "1000000000"),
    ],
)  # fmt: skip
def test_number_styles(number: int, style: str, written: str) -> None:
    """Numbers are written as Word writes them; a huge one does not become a huge text."""
    assert write_number(number, style) == written


def test_the_strict_edition_of_the_format_is_read_too(tmp_path: Path) -> None:
    """Files saved as "Strict Open XML" differ only in their namespaces."""
    assert text_of(read_docx(word_file(tmp_path, paragraph("שלום"), namespace=STRICT))) == "שלום"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes in the zip's directory are added up before anything is unpacked."""
    path = word_file(tmp_path, paragraph("א" * 100_000))
    assert path.stat().st_size < 5000
    monkeypatch.setattr(xml, "LARGEST_XML", 100_000)
    with pytest.raises(TooExpanded):
        read_docx(path)


def test_short_bold_lines_are_headings_where_none_is_marked(tmp_path: Path) -> None:
    """Bold lines without a full stop are headings, numbered or not; emphasis, bullets and bold texts are not."""
    bold, hebrew_bold = "<w:b/>", "<w:bCs/>"
    long = paragraph("הוועדה תדון בבקשה בתוך שלושים יום. " * 3)
    body = (
        paragraph("תנאי זכאות", run=hebrew_bold) + long + paragraph("מועדים", run=bold) + long
        + paragraph("שימו לב: יש להגיש בזמן.", run=bold) + long
        + "".join(paragraph(f"שורה בשיר {letter}", run=bold) + "<w:p/>" for letter in "אבג") + long * 4
    )  # fmt: skip
    document = read_docx(word_file(tmp_path, body))
    assert [(each.level, each.text) for each in document.headings] == [(1, "תנאי זכאות"), (1, "מועדים")]
    marked = body + paragraph("פרק", '<w:outlineLvl w:val="0"/>')
    assert [each.text for each in read_docx(word_file(tmp_path, marked)).headings] == ["פרק"]


def test_a_text_all_in_bold_has_no_bold_headings(tmp_path: Path) -> None:
    """Where most paragraphs are bold, bold says nothing."""
    lines = "".join(paragraph(f"שורה {number}", run="<w:b/>") for number in range(4)) + paragraph("רגילה")
    assert read_docx(word_file(tmp_path, lines)).headings == ()


def test_formulas_are_written_on_one_line(tmp_path: Path) -> None:
    """Fractions, powers, roots and sums of Office Math keep their meaning as text."""
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"

    def run(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    formula = (
        f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('2')}</m:den></m:f>{run('=')}"
        f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
        f"<m:rad><m:radPr/><m:deg/><m:e>{run('y')}</m:e></m:rad>"
        f'<m:nary><m:naryPr><m:chr m:val="\u2211"/></m:naryPr><m:sub>{run("i=1")}</m:sub><m:sup>{run("n")}</m:sup>'
        f"<m:e>{run('k')}</m:e></m:nary><m:d><m:dPr/><m:e>{run('z')}</m:e></m:d>"
    )
    body = f'<w:p><w:r><w:t>הממוצע הוא</w:t></w:r><m:oMath xmlns:m="{math}">{formula}</m:oMath></w:p>'
    assert text_of(read_docx(word_file(tmp_path, body))) == "הממוצע הוא (a+b)/2=x^2\u221ay\u2211_(i=1)^n k(z)"


def test_fields_hyphens_comments_and_endnotes(tmp_path: Path) -> None:
    """Results of fields are text and their codes are not; hyphens that only Word knows are right; so are endnotes."""
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>אתר</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE"><w:r><w:t> 1.1.2026</w:t></w:r>'
        "</w:fldSimple><w:hyperlink><w:r><w:t> קישור</w:t></w:r></w:hyperlink>"
        '<w:r><w:t xml:space="preserve"> תל</w:t><w:noBreakHyphen/><w:t>אביב מס</w:t><w:softHyphen/><w:t>מך</w:t></w:r>'
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        '<w:r><w:endnoteReference w:id="3"/></w:r></w:p>'
    )
    endnotes = f'<w:endnote w:id="3">{paragraph("הערת סיום")}</w:endnote>'
    comments = f'<w:comment w:id="1">{paragraph("הערת עורך")}</w:comment>'
    document = read_docx(word_file(tmp_path, body, endnotes=endnotes, comments=comments))
    assert text_of(document) == "אתר 1.1.2026 קישור תל-אביב מסמך\n\n* הערת סיום"


def test_entities_that_the_file_defines_are_text(tmp_path: Path) -> None:
    """A harmless entity loses no text; one that points at a file is refused."""
    path = tmp_path / "ישות.docx"
    for entity, expected in (
        ('<!ENTITY name "המועצה">', "לפי המועצה"),
        ('<!ENTITY name SYSTEM "file:///etc/hosts">', None),
    ):
        text = paragraph("לפי &name;")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("_rels/.rels", relations("officeDocument"))
            document = f'<!DOCTYPE d [{entity}]><w:document xmlns:w="{W}"><w:body>{text}</w:body></w:document>'
            archive.writestr("word/document.xml", document)
        if expected:
            assert text_of(read_docx(path)) == expected
        else:
            with pytest.raises(UnreadableFile):
                read_docx(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A "billion laughs" document ends as unreadable, or without the laughs."""
    path = tmp_path / "צחוק.docx"
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    laugh = "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>"
    body = f'<!DOCTYPE d [<!ENTITY l0 "ha">{entities}]><w:document xmlns:w="{W}">{laugh}</w:document>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations("officeDocument"))
        archive.writestr("word/document.xml", body)
    with suppress(UnreadableFile):
        assert "haha" not in text_of(read_docx(path))


@pytest.mark.parametrize("damage", ["cut", "xml", "missing", "flipped"])
def test_damaged_files_are_unreadable(tmp_path: Path, damage: str) -> None:
    """A cut zip, broken XML, a missing main part and flipped bytes all give the same kind of error."""
    path = word_file(tmp_path, paragraph("שלום " * 500))
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:400])
    elif damage == "flipped":
        data = bytearray(path.read_bytes())
        start = data.index(b"word/document.xml") + 60
        data[start : start + 40] = bytes(40)
        path.write_bytes(data)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("_rels/.rels", relations("officeDocument"))
            if damage == "xml":
                archive.writestr("word/document.xml", "<w:document><unclosed>")
    with pytest.raises(UnreadableFile):
        read_docx(path)


def test_a_zip_with_a_password_is_encrypted(tmp_path: Path) -> None:
    """A part with the encryption flag is reported as such, not as damage."""
    path = word_file(tmp_path, paragraph("שלום"))
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 1)
    path.write_bytes(data)
    with pytest.raises(Encrypted):
        read_docx(path)


@pytest.mark.data
def test_real_files_keep_every_paragraph(data_folder: Path) -> None:
    """Against python-docx: every paragraph of the real files is in the text, in order."""
    files = sorted((data_folder / "documents" / "docx").glob("*.docx"))
    assert files
    for path in files:
        text = " ".join(text_of(read_docx(path)).split())
        word = WordDocument(str(path))
        position = 0
        for each in word.paragraphs:
            wanted = " ".join(clean(each.text).split())
            position = text.find(wanted, position)
            assert position >= 0, (path.name, wanted)
