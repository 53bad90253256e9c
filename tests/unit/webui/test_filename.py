"""Names of uploaded files."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.filename import LONGEST, LONGEST_PATH, shown_filename, shown_path


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("נוהל חופשה.pdf", "נוהל חופשה.pdf"),
        ("C:\\Users\\dana\\a.docx", "a.docx"),
        ("../../etc/passwd", "passwd"),
        ("..", ""),
        ("  ", ""),
        ("", ""),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("p\u0430ypal.pdf", "p‹\u0430›ypal.pdf"),
        ("\u0430\u03bfx.pdf", "‹\u0430›‹\u03bf›x.pdf"),
        ("ה-PDF של דנה.pdf", "ה-PDF של דנה.pdf"),
        ("Отчет Report.docx", "Отчет Report.docx"),
    ],
)
def test_a_name_is_the_last_part_without_tricks(sent, shown):
    """Folders, control characters and direction overrides are dropped."""
    assert shown_filename(sent) == shown


@given(st.text(max_size=400))
def test_a_name_is_never_long_and_never_a_path(sent):
    """Whatever is sent, the name has at most 255 characters and no separator."""
    name = shown_filename(sent)
    assert len(name) <= LONGEST
    assert "/" not in name
    assert "\\" not in name


def test_a_long_name_keeps_its_suffix():
    """The suffix decides which reader is used, so the middle of a long name is dropped."""
    assert shown_filename("א" * 400 + ".docx").endswith("א.docx")


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("תיקייה/משנה/א.pdf", "תיקייה/משנה/א.pdf"),
        ("תיקייה\\א.pdf", "תיקייה/א.pdf"),
        ("א.pdf", ""),
        ("/../../etc/passwd", "etc/passwd (cce5)"),
        ("./a//b\u202e/\x00/c.txt", "a/b/c.txt (cce5)"),
        ("..", ""),
        ("", ""),
    ],
)
def test_a_path_is_its_folders_without_tricks(sent, shown):
    """Steps out of the folder, empty parts and invisible characters go; a file without a folder has no path."""
    assert re.sub(r"[0-9a-f]{8}\)$", "cce5)", shown_path(sent)) == shown


def test_paths_that_differ_in_what_nobody_sees_are_two():
    """Two files whose names differ by a direction mark must not be taken for two versions of one."""
    assert shown_path("ת/א.pdf") != shown_path("ת/א\u200f.pdf")
    assert shown_path("ת/א\u200f.pdf") == shown_path("ת/א\u200f.pdf")


@given(st.lists(st.text(max_size=300), max_size=12).map("/".join))
def test_a_path_ends_with_the_name_and_is_never_long(sent):
    """Whatever is sent, a path is at most 1,000 characters of harmless parts, the last of which is the name."""
    path = shown_path(sent)
    assert len(path) <= LONGEST_PATH
    parts = path.split("/")
    assert not path or (len(parts) > 1 and all(parts) and not {".", ".."} & set(parts))
    assert not path or shown_path("x/" + path).endswith(parts[-1])
