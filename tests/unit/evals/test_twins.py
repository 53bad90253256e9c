"""Measuring PDFs by their office twins."""

import json
import zipfile
from pathlib import Path

from evals.office_truth import office_flows
from evals.twins import score, twins, words_of

CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text>
<text:tracked-changes><text:p>נמחק</text:p></text:tracked-changes>
<text:h>כותרת</text:h><text:p>פסקה<text:s/>ראשונה<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>הערה</text:p></text:note-body></text:note> ממשיכה<text:span> כאן</text:span>.</text:p>
<text:p><draw:frame><draw:text-box><text:p>תיבה</text:p></draw:text-box></draw:frame>סוף</text:p>
</office:text></office:body></office:document-content>"""


def test_notes_and_boxes_are_flows_of_their_own(tmp_path: Path) -> None:
    """The body of an office file goes on around them, and what was deleted is not there."""
    path = tmp_path / "file.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("content.xml", CONTENT)
    flows = [" ".join(flow.split()) for flow in office_flows(path)]
    assert flows == ["כותרת פסקה ראשונה 1 ממשיכה כאן. סוף", "הערה", "תיבה"]


def test_what_an_office_file_does_not_store_is_not_compared() -> None:
    """Numbers of list items, bullets, cell breaks, niqqud and kinds of quotation marks make no difference."""
    assert words_of("1. שׁלום \u2022 עולם\nא) בית\u05beספר | ״כן״") == ["שלום", "עולם", "בית-ספר", '"כן"']


def test_wrong_order_lowers_pairs_and_not_words() -> None:
    """All words found in another order: words are whole, neighbours are not."""
    result = score("ד ג ב א", ["א ב ג ד"])
    assert (result.words, result.pairs) == (1.0, 0.0)
    assert score("א ב ג ד", ["א ב", "ג ה"]).words == 0.75


def test_pairs_of_files_are_found_in_the_index(tmp_path: Path) -> None:
    """An entry of the index names the same document by its path in the repository it came from."""
    (tmp_path / "documents").mkdir()
    entries = [
        {"repo": "r", "path": "a.pdf", "ext": "pdf", "file": "documents/a.pdf", "same_document": ["a.odt", "b.odt"]},
        {"repo": "r", "path": "a.odt", "ext": "odt", "file": "documents/a.odt", "same_document": []},
    ]
    (tmp_path / "documents" / "index.jsonl").write_text("\n".join(map(json.dumps, entries)), "utf-8")
    (tmp_path / "documents" / "a.odt").touch()
    assert [twin.office.name for twin in twins(tmp_path)] == ["a.odt"]
