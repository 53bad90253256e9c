"""Mail as it travels (RFC 5322 and MIME): taken apart, every name and text in whatever encoding it came."""

import email.encoders
import email.errors
import email.header
import email.utils
import mimetypes
import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from pathlib import Path

from hebrew.normalise import clean
from ingest.document import Document
from ingest.errors import Encrypted, UnreadableFile
from ingest.readers.mail.mail import Attachment, Body, Mail, Person, document_of
from ingest.readers.text import decode

_SHOWN = {"text/plain", "text/html"}


def read_eml(path: Path, parts: Path | None) -> Document:
    """A mail as a page of kind `message`; attachments and attached mails as parts. Raises `Encrypted`."""
    with path.open("rb") as file:
        message = BytesParser(policy=_AsSent()).parse(file)
    return document_of(mail_of(message), parts)


def mail_of(message: Message) -> Mail:
    """The mail of a parsed message. Raises `Encrypted` where its text is, and `UnreadableFile` for no mail at all."""
    if not {"from", "to", "subject", "date", "received", "content-type"} & {name.lower() for name in message}:
        raise UnreadableFile("the file is not a mail: it has no header")
    opened = _Opened()
    opened.take(message)
    return Mail(
        subject=words(message.get("subject", "")),
        sender=next(iter(_people(message, "from")), Person("", "")),
        to=_people(message, "to"),
        cc=_people(message, "cc"),
        sent=_date(message.get("date", "")),
        bodies=tuple(opened.bodies),
        attachments=tuple(opened.attachments),
    )


def as_eml(mail: Mail) -> bytes:
    """A mail as it would travel: for one that has to become a file of its own, and came in another form."""
    message = MIMEMultipart()
    message["Subject"] = _header(mail.subject)
    message["From"] = _address(mail.sender)
    message["To"], message["Cc"] = (", ".join(map(_address, people)) for people in (mail.to, mail.cc))
    if mail.sent:
        message["Date"] = email.utils.format_datetime(mail.sent)
    for body in mail.bodies:
        kind, text = ("plain", body.plain) if body.plain.strip() else ("html", body.html)
        message.attach(MIMEText(text, kind, "utf-8"))
    for attachment in mail.attachments:
        is_image = re.fullmatch(r"image/[\w.+-]+", attachment.media_type, re.ASCII)
        file = MIMEBase(*(attachment.media_type if is_image else "application/octet-stream").split("/"))
        file.set_payload(attachment.data)
        email.encoders.encode_base64(file)
        file.add_header("Content-Disposition", "attachment", filename=("utf-8", "", attachment.name))
        if attachment.content_id:
            file["Content-ID"] = _header(attachment.content_id)
        message.attach(file)
    return message.as_bytes()


class _AsSent(policy.Compat32):
    """Headers as text. Bytes that should have been encoded and were not are decoded as any Hebrew text is."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value if value.isascii() else decode(value.encode("ascii", errors="surrogateescape"))


class _Opened:
    """What was found on the way through the tree of a message."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.attachments: list[Attachment] = []

    def take(self, message: Message) -> None:
        """Takes a part of the message, and what is in it. Raises `Encrypted`."""
        kind = message.get_content_type()
        if kind == "multipart/encrypted" or message.get_param("smime-type") == "enveloped-data":
            raise Encrypted("the mail is encrypted")
        if kind == "multipart/alternative":
            inside = _Opened()
            inside.take_all(message)
            self.bodies.append(Body(*("\n\n".join(filter(None, texts)) for texts in inside.plain_and_html())))
            self.attachments += inside.attachments
        elif kind.startswith("multipart/"):
            self.take_all(message)
        elif kind in _SHOWN and not _filename(message) and message.get_content_disposition() != "attachment":
            self.bodies.append(_body(message, kind))
        else:
            self.attachments.append(_attachment(message, kind))

    def take_all(self, message: Message) -> None:
        """Takes the parts of a multipart. One that has none, being damaged, is a text."""
        if not message.is_multipart():
            self.bodies.append(_body(message, "text/plain"))
        else:
            for part in _inside(message):
                self.take(part)

    def plain_and_html(self) -> tuple[Iterator[str], Iterator[str]]:
        """The plain texts, and the HTML ones."""
        return (body.plain for body in self.bodies), (body.html for body in self.bodies)


def _body(message: Message, kind: str) -> Body:
    text = decode(_content(message), message.get_content_charset("")).replace("\r\n", "\n")
    if kind == "text/html":
        return Body("", text)
    return Body(_unfolded(text) if str(message.get_param("format", "")).lower() == "flowed" else text, "")


def _unfolded(text: str) -> str:
    """Text whose lines flow (RFC 3676): a blank at the end says that the paragraph goes on."""
    text = re.sub("^ ", "", text, flags=re.MULTILINE)  # put there so that a line does not look like something else
    return re.sub(r"(?<!^--) \n(?!>)", " ", text, flags=re.MULTILINE)


def _attachment(message: Message, kind: str) -> Attachment:
    name = _filename(message)
    inner = _inside(message) if kind.startswith("message/") else []
    if inner:
        name = name or (words(inner[0].get("subject", "")) or "message") + ".eml"
        return Attachment(name.replace("/", " "), kind, b"\n".join(each.as_bytes() for each in inner))
    name = name or "attachment" + (mimetypes.guess_extension(kind) or "")
    return Attachment(name, kind, _content(message), message.get("content-id", ""))


def _inside(message: Message) -> list[Message]:
    content = message.get_payload()
    return [part for part in content if isinstance(part, Message)] if isinstance(content, list) else []


def _filename(message: Message) -> str:
    """The name of an attachment: an encoded parameter (RFC 2231), an encoded word, or bytes as they are."""
    for name, header in (("filename", "content-disposition"), ("name", "content-type")):
        value = message.get_param(name, "", header)
        if isinstance(value, tuple):
            return decode(value[2].encode("latin-1", errors="replace"), value[0] or "")
        if value:
            return words(value)
    return ""


def _content(message: Message) -> bytes:
    content = message.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _people(message: Message, name: str) -> tuple[Person, ...]:
    headers = message.get_all(name, [])
    found = tuple(_person(*each) for each in email.utils.getaddresses(headers) if any(each))
    return found or tuple(Person(words(header), "") for header in headers if header.strip())


def _person(name: str, address: str) -> Person:
    return Person(words(name), address) if "@" in address else Person(words(name or address), "")


def _date(header: str) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None


def words(header: str) -> str:
    """The text of a header: encoded words (RFC 2047) decoded, line ends gone."""
    header = re.sub(r"\r?\n[ \t]*", " ", header)
    try:
        pieces = email.header.decode_header(header)
    except (email.errors.HeaderParseError, ValueError):
        return header
    return "".join(_word(piece, charset) for piece, charset in pieces)


def _word(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return decode(piece, charset) if charset else piece.decode("raw-unicode-escape")  # what `decode_header` made of it


def _header(text: str) -> str:
    return email.header.Header(" ".join(clean(text).split()), "utf-8").encode()


def _address(person: Person) -> str:
    address = re.sub(r"[^!-~]|[<>]", "", person.address)
    return f"{_header(person.name)} <{address}>"
