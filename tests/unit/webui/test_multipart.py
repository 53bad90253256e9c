"""Reading uploads while they arrive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.api.multipart import BadUpload, UploadForm

TYPE = "multipart/form-data; boundary=XyZ"


def form(files: list[tuple[str, bytes]], field: bool = False) -> bytes:
    """The body of a form with those files, as browsers write it."""
    parts = [
        b'--XyZ\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n"
        for name, content in files
    ]
    if field:
        parts.insert(0, b'--XyZ\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n')
    return b"".join(parts) + b"--XyZ--\r\n"


def cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


CONTENTS = st.binary(max_size=300) | st.sampled_from([b"\r\n--Xy", b"--XyZ", b"\r\n--XyZ-", b"\r\n\r\n", b""])


@given(st.lists(CONTENTS, max_size=4), st.integers(1, 70), st.booleans())
def test_files_arrive_whole_however_the_body_is_cut(contents, size, field):
    """The files read are the files sent, whatever they contain and wherever the network cuts the body."""
    contents = [content.replace(b"--XyZ", b"--xyz") for content in contents]
    sent = [(f"מסמך {number}.pdf", content) for number, content in enumerate(contents)]
    read = [(file.path, b"".join(file.pieces)) for file in UploadForm(TYPE, cut(form(sent, field), size)).files()]
    assert read == sent


def test_a_file_left_unread_does_not_harm_the_next():
    """Who stops reading a file in its middle still gets the next file whole."""
    upload = UploadForm(TYPE, cut(form([("a", b"x" * 1000), ("b", b"whole")]), 64)).files()
    first = next(upload)
    assert next(first.pieces)
    assert b"".join(next(upload).pieces) == b"whole"


def test_nothing_is_read_ahead():
    """A file's pieces come while the body arrives: nothing waits for the end."""
    taken = 0

    def body():
        nonlocal taken
        for piece in cut(form([("a", b"x" * 10000)]), 100):
            taken += 1
            yield piece

    file = next(UploadForm(TYPE, body()).files())
    next(file.pieces)
    assert taken < 5


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        (TYPE, b""),
        (TYPE, b"rubbish"),
        (TYPE + "X" * 1000, b"--XyZ"),
        (TYPE, form([("a", b"x")])[:-12]),
        (TYPE, form([("a", b"x")])[:60]),
    ],
)
def test_a_broken_form_is_refused(content_type, body):
    """A body that is no form, or one that breaks off, is a `BadUpload`."""
    with pytest.raises(BadUpload):
        [b"".join(file.pieces) for file in UploadForm(content_type, [body] if body else []).files()]


def field(name: str, value: str) -> bytes:
    """A field of a form."""
    return f'--XyZ\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


@given(st.integers(1, 70))
def test_the_field_before_a_file_is_its_path(size):
    """A `path` field belongs to the next file alone, whatever the network cuts; other fields are nobody's."""
    first, second = form([("x", b"1")]), form([("b.txt", b"2")])
    sent = field("path", 'תיקייה/דו"ח.pdf') + field("note", "z") + first.removesuffix(b"--XyZ--\r\n") + second
    read = [(file.path, b"".join(file.pieces)) for file in UploadForm(TYPE, cut(sent, size)).files()]
    assert read == [('תיקייה/דו"ח.pdf', b"1"), ("b.txt", b"2")]


def test_quotation_marks_in_a_name_come_back():
    """Browsers write the quotation marks of an abbreviation as %22, which nobody should read on the screen."""
    paths = [file.path for file in UploadForm(TYPE, [form([("דו%22ח 50%.pdf", b"")])]).files()]
    assert paths == ['דו"ח 50%.pdf']


def test_an_endless_field_is_refused():
    """A path longer than any is not kept in memory."""
    with pytest.raises(BadUpload):
        list(UploadForm(TYPE, cut(field("path", "x" * 100_000) + form([]), 1000)).files())
