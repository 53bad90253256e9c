from email.message import EmailMessage
from pathlib import Path

import pytest

from hebrew.bidi import visual_to_logical
from indexes.page import Place
from ingest.document import Document
from ingest.errors import Encrypted, UnreadableFile
from ingest.readers.mail.eml import as_eml, read_eml, words
from ingest.readers.mail.mail import Attachment, Body, Mail, Person

BODY = "שלום רב,\n\nהישיבה תתקיים ביום שני בשעה 10:30, בחדר 204.\nנא לאשר הגעה.\n"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(100)


def letter(**headers: str) -> EmailMessage:
    """A mail with the usual headers, changed as asked."""
    message = EmailMessage()
    usual = {"From": "דנה כהן <dana@x.org.il>", "To": "יוסי לוי <y@x.org.il>", "Subject": "זימון לישיבה"}
    usual["Date"] = "Mon, 03 May 2021 23:30:00 +0300"
    for name, value in {**usual, **headers}.items():
        message[name] = value
    return message


def read(folder: Path, message: EmailMessage | bytes) -> Document:
    path, parts = folder / "original", folder / "parts"
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    parts.mkdir()
    return read_eml(path, parts)


def parts_of(document: Document) -> dict[str, bytes]:
    return {part.path: part.file.read_bytes() for part in document.parts}


def test_a_mail_is_a_page_that_says_who_wrote_when_to_whom(tmp_path: Path) -> None:
    """The subject is title and heading; sender and day are the place; the headers people read stand above the text."""
    message = letter(Cc="רות <ruth@x.org.il>, moked@city.org.il")
    message.set_content(BODY)
    document = read(tmp_path, message)
    page = document.pages[0]
    assert (document.title, page.place) == ("זימון לישיבה", Place("message", "דנה כהן, 3.5.2021"))
    assert [(each.level, each.text) for each in document.headings] == [(1, "זימון לישיבה")]
    assert page.text == (
        "זימון לישיבה\n\nFrom: דנה כהן <dana@x.org.il>\nDate: 3.5.2021\nTo: יוסי לוי <y@x.org.il>\n"
        "Cc: רות <ruth@x.org.il>, moked@city.org.il\n\n" + BODY.strip()
    )


@pytest.mark.parametrize("charset", ["windows-1255", "iso-8859-8", "utf-8"])
@pytest.mark.parametrize("transfer", ["base64", "quoted-printable", "8bit"])
def test_encodings_of_the_text(tmp_path: Path, charset: str, transfer: str) -> None:
    """Whatever the encoding and the way it travelled, the text is the same."""
    message = letter()
    message.set_content(BODY, charset=charset, cte=transfer)
    assert read(tmp_path, message).pages[0].text.endswith(BODY.strip())


def test_hebrew_in_the_order_of_the_screen(tmp_path: Path) -> None:
    """ISO 8859-8 without -i holds lines as the screen shows them; they are put right, and the subject is left alone."""
    visual = "\n".join(visual_to_logical(line) for line in BODY.split("\n"))
    head = letter()
    head["Content-Type"] = "text/plain; charset=iso-8859-8"
    document = read(tmp_path, head.as_bytes() + visual.encode("iso-8859-8"))
    assert document.pages[0].text.startswith("זימון לישיבה")
    assert document.pages[0].text.endswith(BODY.strip())


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1255"])
def test_bytes_that_should_have_been_encoded(tmp_path: Path, encoding: str) -> None:
    """Headers with Hebrew bytes as they are, as bad programs write them, are decoded as text is."""
    raw = "From: דנה כהן <d@x.il>\r\nSubject: זימון לישיבה\r\nDate: nonsense\r\n"
    raw += 'Content-Type: application/pdf; name="נוהל.pdf"\r\n\r\nx'
    document = read(tmp_path, raw.encode(encoding))
    assert (document.title, document.pages[0].place.label) == ("זימון לישיבה", "דנה כהן")
    assert parts_of(document) == {"נוהל.pdf": b"x"}


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("=?windows-1255?Q?=F9=EC=E5=ED?= =?windows-1255?Q?_=F8=E1?=", "שלום רב"),
        ("=?iso-8859-8-i?B?+ezl7Q==?=", "שלום"),
        ("=?utf-8?B?16nXnNeV150=?=\r\n =?utf-8?B?INeo15E=?=", "שלום רב"),
        ("Re: =?utf-8?B?16nXnNeV150=?= 2021", "Re: שלום 2021"),
        ("=?utf-8?B?16nXnNeV150", "=?utf-8?B?16nXnNeV150"),
        ("=?nonsense?Q?=F9=EC=E5=ED?=", "שלום"),
        ("=?utf-8?B?!?=", ""),
        ("שלום =?utf-8?Q?=D7=A8=D7=91?=", "שלום רב"),
    ],
)
def test_words_of_headers(header: str, text: str) -> None:
    """Encoded words of any charset are decoded, one letter over two words too, and damaged ones do no harm."""
    assert words(header) == text


@pytest.mark.parametrize(
    ("sent", "label"),
    [
        ("=?utf-8?B?15PXoNeUINeb15TXnw==?=", "דנה כהן"),
        ('"כהן, דנה" <d@x.il>', "כהן, דנה"),
        ("d@x.il (דנה)", "דנה"),
        ("d@x.il", "d@x.il"),
        ("<>", "<>"),
        ("מוקד", "מוקד"),
        ("", ""),
    ],
)
def test_who_a_mail_is_from(tmp_path: Path, sent: str, label: str) -> None:
    """A name where there is one, else the address, else what stands there."""
    assert read(tmp_path, f"From: {sent}\nSubject: x\n\nx".encode()).pages[0].place.label == label


def test_plain_text_comes_before_html_and_html_before_nothing(tmp_path: Path) -> None:
    """Of two forms of one text the plain one is taken; HTML alone is read as a page, scripts left out."""
    both, html, empty = letter(), letter(), letter()
    both.set_content(BODY)
    both.add_alternative("<p>אחר</p>", subtype="html")
    html.set_content("<script>x</script><table><tr><td>אגרה<td>120</table>", subtype="html", charset="windows-1255")
    empty.set_content(" \n")
    empty.add_alternative("<p>גוף</p>", subtype="html")
    texts = []
    for number, message in enumerate((both, html, empty)):
        (tmp_path / str(number)).mkdir()
        texts.append(read(tmp_path / str(number), message).pages[0].text.split("\n\n", 2)[2])
    assert texts == [BODY.strip(), "אגרה | 120", "גוף"]


def test_what_is_added_under_a_text_does_not_replace_it(tmp_path: Path) -> None:
    """A plain disclaimer beneath an HTML text is another text, not another form of it."""
    message = letter()
    message.set_content("<p>גוף</p>", subtype="html")
    message.make_mixed()
    notice = EmailMessage()
    notice.set_content("הודעה זו חסויה")
    message.attach(notice)
    assert read(tmp_path, message).pages[0].text.endswith("גוף\n\nהודעה זו חסויה")


def test_lines_that_flow(tmp_path: Path) -> None:
    """A blank at the end of a line says that its paragraph goes on; quotes and signatures keep their lines."""
    message = letter()
    message.set_content("שורה ארוכה \nשנמשכת\n> ציטוט\n-- \nדנה\n", cte="8bit", params={"format": "flowed"})
    assert read(tmp_path, message).pages[0].text.split("\n\n")[2] == "שורה ארוכה שנמשכת\n> ציטוט\n--\nדנה"


def test_attachments_and_attached_mails_are_parts(tmp_path: Path) -> None:
    """Files keep their names, however encoded; an attached mail is a file called by its subject."""
    message, older = letter(), letter(Subject="ישן/קודם")
    older.set_content("תוכן קודם")
    message.set_content(BODY)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename='חוו"ד משפטית.pdf')
    message.add_attachment(older)
    message.add_attachment(b"x", maintype="application", subtype="pdf")
    content = message.as_bytes().replace(b"\n--", b"\n--", 1)
    found = parts_of(read(tmp_path, content))
    assert list(found) == ['חוו"ד משפטית.pdf', "ישן קודם.eml", "attachment.pdf"]
    (tmp_path / "inner").mkdir()
    inner = read(tmp_path / "inner", found["ישן קודם.eml"])
    assert inner.title == "ישן/קודם"
    assert inner.pages[0].text.endswith("תוכן קודם")


@pytest.mark.parametrize(
    "parameter",
    [
        "filename*=utf-8''%D7%90.pdf",
        "filename*=windows-1255''%E0.pdf",
        "filename*=iso-8859-8-i''%E0.pdf",
        "filename*0*=utf-8''%D7; filename*1*=%90.pdf",
        'filename="=?utf-8?B?15AucGRm?="',
        "filename==?windows-1255?Q?=E0=2Epdf?=",
        'filename="אאא.pdf"',
    ],
)
def test_names_of_attachments(tmp_path: Path, parameter: str) -> None:
    """RFC 2231, encoded words where they should not be, and plain bytes all give the name."""
    head = f"From: a@b\r\nContent-Disposition: attachment; {parameter}\r\nContent-Type: application/pdf\r\n\r\n%PDF"
    assert next(iter(parts_of(read(tmp_path, head.encode())))).replace("אאא", "א") == "א.pdf"


def test_logos_in_the_text_are_no_documents(tmp_path: Path) -> None:
    """A small image that the text shows inside itself is left out, a large one and an attached one are kept."""
    message = letter()
    message.set_content("<p>גוף<img src=cid:1></p>", subtype="html")
    for number, content in ((1, PIXEL), (2, PIXEL + bytes(100_000))):
        message.add_related(content, maintype="image", subtype="png", cid=f"<{number}>", filename=f"{number}.png")
    message.add_attachment(PIXEL, maintype="image", subtype="png", filename="3.png")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    assert list(parts_of(read(tmp_path, message))) == ["2.png", "3.png"]


def test_an_encrypted_mail_says_so(tmp_path: Path) -> None:
    """S/MIME and PGP hide the text."""
    kinds = ("multipart/encrypted; boundary=x", 'application/pkcs7-mime; smime-type="enveloped-data"')
    for number, kind in enumerate(kinds):
        (tmp_path / str(number)).mkdir()
        with pytest.raises(Encrypted):
            read(tmp_path / str(number), f"From: a@b\r\nContent-Type: {kind}\r\n\r\nx".encode())


@pytest.mark.parametrize("content", [b"\n\nno header", bytes(1000), b"x: y\n\nz", b"\xff\xfe"])
def test_what_is_no_mail_is_unreadable(tmp_path: Path, content: bytes) -> None:
    """A file that is only called a mail is refused."""
    with pytest.raises(UnreadableFile):
        read(tmp_path, content)


def test_every_cut_of_a_mail_is_read(tmp_path: Path) -> None:
    """A mail that was cut off anywhere gives what is there, and raises nothing that is not ours."""
    message = letter()
    message.set_content(BODY)
    message.add_alternative("<p>אחר</p>", subtype="html")
    message.add_attachment(b"x" * 50, maintype="application", subtype="pdf", filename="א.pdf")
    whole = message.as_bytes()
    for length in range(200, len(whole), 7):
        (tmp_path / "original").write_bytes(whole[:length])
        assert read_eml(tmp_path / "original", None).pages


def test_a_mail_written_by_us_is_read_by_us(tmp_path: Path) -> None:
    """A mail that came in another form and became a file of its own loses nothing."""
    mail = Mail(
        subject="נושא\nארוך " + "מאוד " * 30,
        sender=Person("דנה, כהן", "dana@x.il"),
        to=(Person("", "a@b"), Person("יוסי", "י@x.il>,<")),
        cc=(),
        sent=None,
        bodies=(Body(BODY, ""), Body("", "<p>ב</p>")),
        attachments=(Attachment('א"ב.pdf', "x", b"1"), Attachment("l.png", "image/png", PIXEL, "<1>\nX: y")),
    )
    document = read(tmp_path, as_eml(mail))
    assert document.title == " ".join(mail.subject.split())
    assert document.pages[0].place.label == "דנה, כהן"
    assert document.pages[0].text.endswith(f"{BODY.strip()}\n\nב")
    assert parts_of(document) == {'א"ב.pdf': b"1"}
