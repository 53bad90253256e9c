"""Reading whole PDFs: a small one made for this project (`tests/fixtures/letter.html`) and what is made of it here."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from ingest.document import Document
from ingest.errors import Encrypted, NoText, UnreadableFile
from ingest.readers.draft import CELL_BREAK
from ingest.readers.ocr import find_tesseract
from ingest.readers.pdf import read_pdf

LETTER = Path(__file__).parents[2] / "fixtures" / "letter.pdf"


def read(path: Path, images: Path | None = None) -> Document:
    return read_pdf(path, images, lambda done, total: None)


@pytest.fixture(scope="module")
def letter() -> Document:
    return read(LETTER)


def test_numbers_brackets_and_english_stand_where_they_belong(letter: Document) -> None:
    """The text is in reading order, with every number beside its words."""
    text = " ".join(letter.pages[0].text.split())
    assert "עד 15/03/2024 בשעה 14:30 (שעון ישראל) לטלפון 03-1234567." in text
    assert "המערכת GPT-4 (מודל שפה) מוזכרת בסעיף 12(ב) של התקנון, בשיעור 15.5% מן השכר." in text


def test_rows_of_a_table_stay_rows(letter: Document) -> None:
    """Cells are read from right to left, with a bar between them."""
    lines = letter.pages[0].text.split("\n")
    assert "שירות | מחיר | הערה" in lines
    assert "ארנונה | 1,250.50 | לשנה" in lines


def test_columns_are_read_one_after_the_other(letter: Document) -> None:
    """The right column comes first, the left one after it."""
    text = letter.pages[1].text
    assert (
        text.index("הטור הימני")
        < text.index("מאז נסללה דרך חדשה.")
        < text.index("הטור השמאלי")
        < text.index("סוף דבר.")
    )


def test_running_footers_are_left_out(letter: Document) -> None:
    """What stands at the foot of every page is no part of its text."""
    assert all("עמק הלבנה" not in page.text for page in letter.pages)


def test_words_tile_the_text_and_lie_on_the_page(letter: Document) -> None:
    """Words are what stands between blanks and bars, in order; each box lies within the page."""
    for page in letter.pages:
        assert [page.text[word.start : word.end] for word in page.words] == page.text.replace(CELL_BREAK, " ").split()
        for left, top, right, bottom in (word.box for word in page.words):
            assert 0 <= left < right <= page.width
            assert 0 <= top < bottom <= page.height


def test_title_and_headings(letter: Document) -> None:
    """The title is that of the file; headings are the lines in large letters, at the place where they stand."""
    assert letter.title == "נוהל חופשה ללא תשלום"
    assert [(heading.page, heading.level, heading.text) for heading in letter.headings] == [
        (1, 1, "נוהל חופשה ללא תשלום"), (1, 2, "לוח תעריפים"), (2, 2, "חלוקה לשני טורים"), (3, 2, "סוף המסמך")
    ]  # fmt: skip
    for heading in letter.headings:
        assert letter.pages[heading.page - 1].text.startswith(heading.text, heading.start)


def test_pages_are_reported_and_drawn(tmp_path: Path) -> None:
    """Each page is reported when done, and a picture of it is written."""
    done = []
    document = read_pdf(LETTER, tmp_path / "pages", lambda *progress: done.append(progress))
    assert done == [(1, 3), (2, 3), (3, 3)]
    with Image.open(tmp_path / "pages" / "3.webp") as picture:
        page = document.pages[2]
        assert picture.width / picture.height == pytest.approx(page.width / page.height, rel=0.01)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page_reads_the_same(tmp_path: Path, letter: Document, angle: int) -> None:
    """A page that is shown turned has the same words, and its boxes lie over the same dark dots."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    writer.pages[0].rotate(angle)
    writer.write(tmp_path / "turned.pdf")
    page = read(tmp_path / "turned.pdf").pages[0]
    assert page.text == letter.pages[0].text
    assert ink_in_words(tmp_path / "turned.pdf", page.words) > 0.95


@pytest.mark.parametrize("angle", [90, 270])
def test_text_drawn_on_its_side_reads_the_same(tmp_path: Path, letter: Document, angle: int) -> None:
    """A wide table set on its side in an upright page is read as if the page were turned."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    writer.pages[0].rotate(angle)
    writer.pages[0].transfer_rotation_to_content()
    writer.write(tmp_path / "side.pdf")
    page = read(tmp_path / "side.pdf").pages[0]
    assert "ארנונה | 1,250.50 | לשנה" in page.text
    assert ink_in_words(tmp_path / "side.pdf", page.words) > 0.95


def ink_in_words(path: Path, words: tuple) -> float:
    """The share of the first page's dark dots that lie in the boxes of its words."""
    document = pdfium.PdfDocument(path)
    picture = document[0].render(scale=1).to_pil().convert("L").point(lambda grey: 255 if grey < 128 else 0)
    document.close()
    total = picture.histogram()[255]
    draw = ImageDraw.Draw(picture)
    for word in words:
        draw.rectangle(word.box, fill=0)
    return 1 - picture.histogram()[255] / total


def test_a_file_that_needs_a_password_says_so(tmp_path: Path) -> None:
    """A password for opening stops the reader; one for changing only does not."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "closed.pdf")
    with pytest.raises(Encrypted):
        read(tmp_path / "closed.pdf")
    writer = pypdf.PdfWriter(clone_from=LETTER)
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "owned.pdf")
    assert "תעריפים" in read(tmp_path / "owned.pdf").pages[0].text


def test_outline_and_labels_are_taken_over(tmp_path: Path) -> None:
    """Headings come from the outline where it has several, labels from the numbers printed on the pages."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    writer.metadata = {"/Title": "Microsoft Word - נוהל.docx"}
    chapter = writer.add_outline_item(title="נוהל חופשה", page_number=0)
    writer.add_outline_item(title="לוח  תעריפים", page_number=0, parent=chapter)
    writer.add_outline_item(title="שקופית 3", page_number=2)
    writer.set_page_label(0, 1, style="/r")
    writer.set_page_label(2, 2, style="/D", start=1)
    writer.write(tmp_path / "outline.pdf")
    document = read(tmp_path / "outline.pdf")
    assert [(heading.page, heading.level, heading.text) for heading in document.headings] == [
        (1, 1, "נוהל חופשה"), (1, 2, "לוח תעריפים")
    ]  # fmt: skip
    assert document.pages[0].text.startswith("לוח תעריפים", document.headings[1].start)
    assert [page.place.label for page in document.pages] == ["i", "ii", "1"]
    assert document.title == "נוהל חופשה"


def test_a_broken_outline_does_not_matter(tmp_path: Path, letter: Document) -> None:
    """A file whose outline is nonsense is read all the same."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    entry = DictionaryObject({NameObject("/Title"): TextStringObject("פרק"), NameObject("/Dest"): NumberObject(7)})
    entry[NameObject("/Next")] = writer._add_object(entry)
    outline = DictionaryObject(
        {NameObject("/First"): entry[NameObject("/Next")], NameObject("/Count"): NumberObject(1)}
    )
    writer.root_object[NameObject("/Outlines")] = writer._add_object(outline)
    writer.write(tmp_path / "broken.pdf")
    assert read(tmp_path / "broken.pdf").pages[0].text == letter.pages[0].text


def test_a_damaged_file_is_unreadable(tmp_path: Path) -> None:
    """Half a file, or something else, is refused with a reason."""
    (tmp_path / "half.pdf").write_bytes(LETTER.read_bytes()[:900])
    (tmp_path / "other.pdf").write_text("שלום")
    for name in ("half.pdf", "other.pdf"):
        with pytest.raises((UnreadableFile, NoText)):
            read(tmp_path / name)


def test_a_file_of_empty_pages_has_no_text(tmp_path: Path) -> None:
    """A blank page is no scan, and no text."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 400)
    writer.write(tmp_path / "blank.pdf")
    with pytest.raises(NoText):
        read(tmp_path / "blank.pdf")


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no program can be found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    find_tesseract.cache_clear()
    yield
    find_tesseract.cache_clear()


@pytest.mark.usefixtures("no_tesseract")
def test_a_scan_without_ocr_is_marked(tmp_path: Path) -> None:
    """Where tesseract is not installed, a scanned page between others carries a warning and no text."""
    document = read(with_scanned_page(tmp_path))
    assert document.pages[3].warnings == ("scanned_without_text",)
    assert document.pages[3].text == ""
    assert document.pages[0].warnings == ()


def with_scanned_page(folder: Path) -> Path:
    """The letter with its last page again, as a picture."""
    pages = pdfium.PdfDocument(LETTER)
    pages[2].render(scale=300 / 72).to_pil().convert("L").save(folder / "scan.pdf", "PDF", resolution=300)
    pages.close()
    writer = pypdf.PdfWriter(clone_from=LETTER)
    writer.append(folder / "scan.pdf")
    writer.write(folder / "mixed.pdf")
    return folder / "mixed.pdf"


@pytest.mark.data
@pytest.mark.usefixtures("no_tesseract")
def test_a_page_without_letters_for_its_glyphs_is_not_believed(data_folder: Path) -> None:
    """A file that does not say which letters it shows has no text rather than a wrong one."""
    with pytest.raises(NoText):
        read(data_folder / "extraction" / "rl_noToUnicode__plain.pdf")


@pytest.mark.data
@pytest.mark.parametrize("producer", ["chromium", "libreoffice", "pango", "rl_line", "rl_glyph_ltr", "rl_mojibake"])
def test_producers(data_folder: Path, producer: str) -> None:
    """However a program writes its text, nine of ten probes (dates, brackets, addresses) come out in one piece."""
    folder = data_folder / "extraction"
    text = re.sub(r"\s+", " ", "\n".join(page.text for page in read(folder / f"{producer}__mixed.pdf").pages))
    probes = json.loads((folder / "probes.json").read_text("utf-8"))["mixed"]
    assert sum(probe in text for probe in probes) >= 0.9 * len(probes)
