"""Small files that become huge when they are read, made anew each time. Knows nothing of how they are read."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

from evals.bomb_office import HELLO, laughs


def flate() -> bytes:
    """A page whose content unpacks into 200 MB of text."""
    return _pdf_of(b"BT /F1 9 Tf " + b"(a) Tj " * (200_000_000 // 7) + b" ET")


def flate_of_nothing() -> bytes:
    """A page whose content unpacks into 200 MB of blanks, packed twice."""
    return _pdf_of(b" " * 200_000_000, filters=2)


def many_pages() -> bytes:
    """10,000 pages."""
    return _pdf([b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"] * 10_000, [])


def _pdf_of(content: bytes, filters: int = 1) -> bytes:
    """A PDF of one page with this content, packed so many times."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources %s >>" % font
    head = b"<< /Filter [%s] /Length %d >>" % (b" /FlateDecode" * filters, len(content))
    return _pdf([page], [b"%s\nstream\n%s\nendstream" % (head, content)])


def _pdf(pages: list[bytes], others: list[bytes]) -> bytes:
    """A PDF of these pages, the first of which is object 3, and of what comes after them."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(len(pages)))
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate([b"<< /Type /Catalog /Pages 2 0 R >>", tree, *pages, *others], start=1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, b"".join(places))
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(out))
    return bytes(out) + table + end


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def nested_zip() -> bytes:
    """A zip in a zip in a zip, 20 times, a small file in the innermost."""
    content = b"x"
    for _ in range(20):
        content = _zipped({"inner.zip": content})
    return content


def wide_zip() -> bytes:
    """As 42.zip: every zip holds 16 like it, five deep, with 2 MB in each of the innermost: 2 TB."""
    content = bytes(2_000_000)
    for _ in range(5):
        content = _zipped({f"{number}.zip": content for number in range(16)})
    return content


def wide_and_shallow_zip() -> bytes:
    """Within the depth that is opened: 100 zips of 100 zips of 30 MB."""
    content = _zipped({"inner.txt": bytes(30 << 20)})
    for _ in range(2):
        content = _zipped({f"{number}.zip": content for number in range(100)})
    return content


def quoted_zip() -> bytes:
    """1,000 files that are all the same 20 MB of the zip."""
    return overlapping([b"%d.txt" % number for number in range(1000)], bytes(20 << 20))


def lying_zip() -> bytes:
    """A file that says it holds 1 MB, and holds 500."""
    content = bytearray()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    for _ in range(500):
        content += packer.compress(bytes(1 << 20))
    content += packer.flush()
    whole = overlapping([b"a.txt"], b"a" * (1 << 20))
    length = struct.unpack_from("<L", whole, whole.index(b"PK\x01\x02") + 20)[0]
    begin = 30 + len("a.txt")
    local = whole[:18] + struct.pack("<L", len(content)) + whole[22:begin] + bytes(content)
    directory = bytearray(whole[begin + length :])
    directory[20:24] = struct.pack("<L", len(content))
    directory[-6:-2] = struct.pack("<L", len(local))
    return local + bytes(directory)


def billion_laughs_page() -> bytes:
    """An HTML page with a billion "lol"."""
    return (laughs().replace("DOCTYPE x", "DOCTYPE html") + f"<html><p>{HELLO} &l9;</html>").encode()


def pixels() -> bytes:
    """A picture of 60,000 by 60,000 black points: 3.6 billion of them."""
    side, packer = 60_000, zlib.compressobj(9)
    row = bytes(1 + side // 8)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    pieces = ((b"IHDR", struct.pack(">2L5B", side, side, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body)) for name, body in pieces
    )


def deep_html() -> bytes:
    """A million elements inside each other."""
    return b"<html>" + b"<div>" * 1_000_000 + HELLO.encode()


def deep_mail() -> bytes:
    """Mails attached to mails attached to mails."""
    content = b"From: a@b\r\nSubject: x\r\n\r\nx"
    for number in range(3000):
        content = (
            b"From: a@b\r\nContent-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (number, number) + content
        )
    return content


def overlapping(names: list[bytes], kernel: bytes) -> bytes:
    """A zip whose members all have the same bytes, each as a member of its own."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(kernel) + packer.flush()
    fields = (20, 0, 8, 0, 0x21, zlib.crc32(kernel), len(data), len(kernel))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields, len(names[0]), 0) + names[0] + data
    directory = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields, len(name), 0, 0, 0, 0, 0, 0) + name for name in names
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(names), len(names), len(directory), len(local), 0)
    return local + directory + end


def wide_cell() -> bytes:
    """A cell of an HTML table that spans a billion columns and rows."""
    return f"<html><table><tr><td colspan=1000000000 rowspan=1000000000>{HELLO}<td>2<tr><td>3</table>".encode()


def many_frames() -> bytes:
    """A TIFF of 10,000 pictures."""
    pictures, buffer = [Image.new("1", (8, 8), 1)] * 10_000, BytesIO()
    pictures[0].save(buffer, "TIFF", save_all=True, append_images=pictures[1:])
    return buffer.getvalue()
