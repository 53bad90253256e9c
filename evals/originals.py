"""Whole files of every format that Darash reads, to be damaged: real ones, and made from them where there are none."""

import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterable
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from evals.compound_file import Tree, compound_file
from ingest.errors import IngestError
from ingest.readers import read

_LARGEST = 600_000
"""Bytes; damage does not need large files, and reading them takes time."""
_CONVERTED = {"doc": "odt", "rtf": "odt", "docx": "odt", "ppt": "odp", "xls": "xlsx", "ods": "xlsx"}
"""What LibreOffice makes of what, to have more or any of it."""
_ENCODINGS = ("utf-8", "cp1255", "cp862", "utf-16")


def originals(documents: Path, scratch: Path, most: int) -> dict[str, list[bytes]]:
    """At most so many files of each format, by suffix. Without LibreOffice some formats are missing."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(documents.rglob("*"), key=lambda path: (path.name[::-1], path.name)):
        suffix = path.suffix[1:].lower()
        if path.is_file() and suffix not in {"jsonl", "xml", ""} and path.stat().st_size <= _LARGEST:
            found.setdefault(suffix, []).append(path.read_bytes())
    found = {suffix: files[:most] for suffix, files in found.items()}
    for target, source in _CONVERTED.items():
        made = _convert(found.get(source, [])[: most // 2], source, target, scratch)
        found[target] = [*made, *found.get(target, [])][:most]
    texts = [_text(content, scratch) for content in found["odt"]]
    found["txt"] = [text.encode(_ENCODINGS[number % 4], "replace") for number, text in enumerate(texts)]
    found["md"] = [f"# 1\n{text}\n```\nx\n```\n".encode() for text in texts]
    found["csv"] = [text.replace(" ", ",").encode("cp1255", errors="replace") for text in texts]
    found["eml"] = [_mail(text, found["pdf"]) for text in texts]
    found["msg"] = [_outlook(text) for text in texts]
    found["epub"] = [_book(text) for text in texts]
    found["zip"] = [_zip(found, number) for number in range(len(texts))]
    for suffix in ("png", "jpeg", "tiff"):
        found[suffix] = [_picture(number, suffix) for number in range(most)]
    return {suffix: files for suffix, files in found.items() if files}


def _convert(sources: Iterable[bytes], source: str, target: str, scratch: Path) -> list[bytes]:
    if not shutil.which("soffice"):
        return []
    paths = [scratch / f"{source}-{target}-{number}.{source}" for number, _ in enumerate(sources)]
    for path, content in zip(paths, sources, strict=True):
        path.write_bytes(content)
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(scratch), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own paths
    return [path.with_suffix(f".{target}").read_bytes() for path in paths]


def _text(content: bytes, scratch: Path) -> str:
    path = scratch / "text"
    path.write_bytes(content)
    try:
        return "\n".join(page.text for page in read(path, "x", None, lambda _done, _total: None).pages)[:20_000]
    except IngestError:
        return "x"


def _mail(text: str, attached: list[bytes]) -> bytes:
    message, inner = EmailMessage(), EmailMessage()
    for number, mail in enumerate((message, inner)):
        mail["From"], mail["To"], mail["Subject"] = (
            f"{text[:40].split(maxsplit=1)[0]} <a@b.il>",
            "c@d.il",
            text[: 40 + number].split(maxsplit=1)[0],
        )
        mail["Date"] = "Mon, 03 May 2021 12:00:00 +0300"
        mail.set_content(text, charset="utf-8")
    message.add_alternative(f"<table><tr><td>{text[:500]}<td>2</table>", subtype="html")
    message.add_attachment(attached[0], maintype="application", subtype="pdf", filename=f"{text[:5]}.pdf")
    message.add_attachment(inner)
    return message.as_bytes()


def _outlook(text: str) -> bytes:
    def wide(value: str) -> bytes:
        return value.encode("utf-16-le", errors="replace")

    properties = bytes(32) + struct.pack("<IIq", 0x00390040, 6, 132_644_160_000_000_000)
    attachment: Tree = {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3707001F": wide("a.txt"),
        "__substg1.0_37010102": text.encode(),
    }
    return compound_file(
        {
            "__properties_version1.0": properties,
            "__substg1.0_0037001F": wide(text[:30]),
            "__substg1.0_0C1A001E": text[:10].encode("cp1255", errors="replace"),
            "__substg1.0_1000001F": wide(text),
            "__attach_version1.0_#00000000": attachment,
        }
    )


def _book(text: str) -> bytes:
    pages = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    name = "http://www.idpf.org/2007/opf"
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "a.opf": f'<package xmlns="{name}"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>',
        "a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>1</h1>{pages}</body></html>',
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    return buffer.getvalue()


def _zip(found: dict[str, list[bytes]], number: int) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix in ("txt", "odt", "eml"):
            archive.writestr(f"{number}/{suffix}.{suffix}", found[suffix][number % len(found[suffix])])
    return buffer.getvalue()


def _picture(number: int, suffix: str) -> bytes:
    picture, buffer = Image.new("L", (600, 200), 255), BytesIO()
    ImageDraw.Draw(picture).text((20, 40), f"Form {number} of 2021", fill=0, font_size=48)
    picture.save(buffer, suffix)
    return buffer.getvalue()
