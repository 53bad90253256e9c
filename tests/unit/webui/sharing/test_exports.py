"""Exported files: whether each holds what was said, read back in the order of reading."""

import re
import unicodedata
from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.answer import Answer, Citation, Doubt
from indexes.page import Place
from ingest.readers import read
from tests.unit.webui.sharing.gallery import GALLERY, STRANGE
from webui.sharing.blocks import paper_of, plain
from webui.sharing.docx_file import docx_file
from webui.sharing.markdown_file import markdown_file
from webui.sharing.paper import Paper, legible
from webui.sharing.pdf_file import pdf_file
from webui.sharing.snapshot import SharedTurn
from webui.texts import sharing_texts, texts

DAY = "21.11.2026"
CITATION = Citation(1, "", "", "k", "תקנון האגרות (2024).pdf", 3, Place(), 0, 0, "האגרה היא 1,250 שקלים")
WRITERS = {"docx": docx_file, "pdf": pdf_file, "md": markdown_file}
ANSWER = """**האגרה** היא 1,250 ₪ [1].

1. סעיף ראשון
   - סעיף בתוכו
2. סעיף שני

| שירות | מחיר |
|---|---|
| חניה (Parking) | 12.5% |

```
print("שלום")
```
"""


def paper(text: str, **said: object) -> Paper:
    """A question and an answer."""
    answer = SharedTurn("assistant", Answer(text, finished=True, **said))
    return paper_of("כותרת", (SharedTurn("user", Answer("שאלה", finished=True)), answer), DAY)


def lines_on_paper(lines: tuple[str, ...]) -> Paper:
    """Text of people, a paragraph for each line."""
    return Paper("גלריה", (plain("title", "גלריה"), *(plain("paragraph", line) for line in lines)))


def text_of(content: bytes, kind: str, folder: Path) -> str:
    """What a file says to Darash's own reader."""
    path = folder / f"file.{kind}"
    path.write_bytes(content)
    return "\n".join(page.text for page in read(path, path.name, None, lambda _done, _total: None).pages)


def pdfium_text(content: bytes) -> str:
    """What a PDF says to PDFium."""
    pages = []
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            words = page.get_textpage()
            pages.append(words.get_text_range())
            words.close()
            page.close()
    return "\n".join(pages)


def letters(text: str) -> str:
    """The text without blanks and without what nobody sees; the slash of a fraction is one, as PDFium has it."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2044", "/")
    return "".join(one for one in plain if not one.isspace() and not is_mark(one))


def is_mark(letter: str) -> bool:
    """Whether a letter only says which way others go, or nothing at all."""
    return unicodedata.category(letter) == "Cf"


def same(text: str) -> str:
    """The letters, with the dashes that Darash's readers make of other ones."""
    for dash in "\u2013\u2014\u05be":
        text = text.replace(dash, "-")
    return letters(text).replace("\u2026", "...")


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_the_gallery_comes_back(tmp_path, kind):
    """Every hard line is read back from Word and Markdown letter by letter, in the order of reading."""
    got = same(text_of(WRITERS[kind](lines_on_paper(GALLERY)), kind, tmp_path))
    assert [line for line in GALLERY if same(line) not in got] == []


def test_the_gallery_comes_back_from_pdf(tmp_path):
    """PDFium reads every hard line but one as it was said; our own reader, which goes by places alone, most of them.

    A PDF has no order of reading. What is left: points that are raised, and signs that a line does not say the side of.
    """
    content = pdf_file(lines_on_paper(GALLERY))
    seen, read_back = same(pdfium_text(content)), same(text_of(content, "pdf", tmp_path))
    assert [line for line in GALLERY if same(line) not in seen] == ["שְׁלוֹם עוֹלָם בְּנִקּוּד מָלֵא."]
    assert len([line for line in GALLERY if same(line) not in read_back]) <= 8


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("line", STRANGE)
def test_strange_letters_neither_break_a_file_nor_vanish(tmp_path, kind, line):
    """Controls, halves of characters, letters no font has and endless words are written, and every letter is there."""
    content = WRITERS[kind](lines_on_paper((line,)))
    got = pdfium_text(content) if kind == "pdf" else content.decode() if kind == "md" else docx_text(content)
    missing = Counter(letters(legible(line))) - Counter(letters(got))
    assert not [letter for letter in missing if letter != "\ufffd" or kind != "pdf"]


def docx_text(content: bytes) -> str:
    """All the text of a Word document."""
    document = docx.Document(BytesIO(content))
    return "".join(text.text or "" for text in document.element.iter(qn("w:t")))


WORDS = st.text(
    st.one_of(
        st.sampled_from("אבגדהוזחטיכלמנסעפצקרשתםןץףך      "),
        st.sampled_from("abcXYZ0123456789.,:;!?()\"'/%₪$+=״׳־–\n"),
        st.characters(min_codepoint=0x21, max_codepoint=0xFFFC, exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")),
    ),
    min_size=1,
    max_size=300,
)


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_every_export_holds_every_letter_of_a_quotation(text):
    """Whatever an answer made of quotations says, each of its letters stands in all three files."""
    written = paper(text, mode="quoted", citations=(CITATION,))
    said = Counter(letters(legible(text)))
    for got in (docx_text(docx_file(written)), pdfium_text(pdf_file(written)), markdown_file(written).decode()):
        assert not said - Counter(letters(got))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text("אבגדהוזחט abc 0123456789.,()%₪", min_size=1, max_size=40), min_size=1, max_size=8), st.data())
def test_every_export_holds_every_letter_of_an_answer(lines, data):
    """Whatever Markdown a model writes, the letters and digits of its words stand in all three files."""
    signs = st.sampled_from(["", "- ", "1. ", "# ", "> ", "**", "    ", "| "])
    text = "\n\n".join(data.draw(signs) + "א" + line for line in lines)
    said = Counter(letter for letter in letters(text) if letter.isalpha())
    written = paper(text)
    for got in (docx_text(docx_file(written)), pdfium_text(pdf_file(written)), markdown_file(written).decode()):
        assert not said - Counter(letters(got))


@pytest.mark.parametrize("kind", WRITERS)
def test_an_answer_is_written_with_everything_known_of_it(tmp_path, kind):
    """Lists, tables and code; doubts, what was verified, problems; every source with its place and passage."""
    doubt = Doubt(0, ANSWER.index("[1]"), ("1,250",))
    said = {"citations": (CITATION,), "doubts": (doubt,), "verified": 0.5, "problem": "model_cut"}
    got = text_of(WRITERS[kind](paper(ANSWER, **said)), kind, tmp_path)
    words = re.sub(r"[^\w ]", "", re.sub(r"\s+", " ", got))
    for part in (
        *("שאלה", "סעיף ראשון", "סעיף בתוכו", "חניה", "Parking", "print", sharing_texts.SOURCES, "תקנון האגרות"),
        *(
            "עמוד 3",
            CITATION.quote,
            texts.DOUBTFUL,
            texts.PROBLEMS["model_cut"],
            sharing_texts.EXPORTED.format(day=DAY),
        ),
    ):
        assert re.sub(r"[^\w ]", "", part) in words, part


def test_word_lays_hebrew_out_from_the_right():
    """Hebrew paragraphs are `bidi`, their runs `rtl` but for Latin words, tables go from the right; English stays."""
    document = docx.Document(BytesIO(docx_file(paper(ANSWER + "\nשפת Python כאן\n\nEnglish only."))))
    by_text = {paragraph.text: paragraph for paragraph in document.paragraphs}
    hebrew, english = by_text["שפת Python כאן"], by_text["English only."]
    assert hebrew._p.pPr.find(qn("w:bidi")) is not None
    assert [(run.text, run.font.rtl) for run in hebrew.runs] == [("שפת ", True), ("Python", None), (" כאן", True)]
    assert english._p.pPr.find(qn("w:bidi")) is None
    assert [run.font.rtl for run in english.runs] == [None]
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None


def test_word_finds_its_elements_in_the_order_of_the_standard():
    """The properties of runs and paragraphs stand in the order of ECMA-376, without which Word may refuse a file."""
    document = docx.Document(BytesIO(docx_file(paper(ANSWER, citations=(CITATION,)))))
    orders = {
        "w:rPr": ["rStyle", "rFonts", "b", "bCs", "color", "sz", "szCs", "rtl", "lang"],
        "w:pPr": ["pStyle", "keepNext", "bidi", "spacing", "ind", "jc"],
    }
    for name, order in orders.items():
        for properties in document.element.body.iter(qn(name)):
            names = [child.tag.rpartition("}")[2] for child in properties]
            assert names == sorted(names, key=order.index)


def test_a_pdf_breaks_lines_and_pages_inside_its_margins():
    """Long paragraphs, words and table rows stay inside the page, however often they go on on the next one."""
    row = f"| {'מילה ' * 900} | {'x' * 700} |\n"
    written = paper("אבג " * 2000 + "\n\n" + "א" * 500 + "\n\n| א | ב |\n|---|---|\n" + row)
    with pypdfium2.PdfDocument(pdf_file(written)) as document:
        assert len(document) > 3
        for page in document:
            for each in page.get_objects():
                left, bottom, _, top = each.get_bounds() if hasattr(each, "get_bounds") else each.get_pos()
                assert left >= 50
                assert bottom >= 25  # where the number of the page stands
                assert top <= 842 - 40
            page.close()


def test_markdown_is_not_read_into_what_people_wrote():
    """Signs of Markdown in questions, passages and titles are escaped; a fence is longer than those inside it."""
    written = markdown_file(lines_on_paper(("# א", "- ב", "1. ג", "*ד*", "<ה>", "[ו](http://ז)", "`ח`"))).decode()
    for sign in ("\\# א", "\\- ב", "1\\. ג", "\\*ד\\*", "\\<ה\\>", "\\[ו\\](http://ז)", "\\`ח\\`"):
        assert sign in written
    assert "````\n```" in markdown_file(paper("````\n```\nא\n````")).decode()
