"""Names of uploaded files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.api.filename import LONGEST, shown_filename


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
