"""HTML pages: what a page has to say, as text. Scripts, navigation and other furniture of a site are left out."""

import re
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from hebrew.bidi import reads_reversed, visual_to_logical
from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.draft import Draft
from ingest.readers.html.walk import HtmlWalk
from ingest.readers.text import decode
from ingest.readers.xml import Element

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE
)
_HEAD = 4096
"""Bytes in which a page says how it is encoded."""
_LEAST_MAIN = 200
"""Characters of a main part that is believed; some sites fill it by a script."""


def read_html(path: Path) -> Document:
    """A page as one page of text. Raises `UnreadableFile`."""
    draft = Draft()
    title = write_html(decode_html(path.read_bytes()), draft)
    return draft.document(title)


def decode_html(data: bytes) -> str:
    """The text of a page, markup included, by `decode` and by what the page says about itself."""
    declared = _DECLARED.search(data[:_HEAD])
    return decode(data, declared[1].decode("ascii") if declared else "")


def write_html(text: str, draft: Draft) -> str:
    """Writes a page into a draft, under what is there, and returns its title. Raises `UnreadableFile`."""
    # The bytes are decoded by our rule, which believes the letters more than the page; the parser gets no say in it.
    # With `huge_tree` elements may lie 2,048 deep and not 256, as tags do that old pages open and never close.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = lxml_html.document_fromstring(text.replace("\0", "").encode("utf-8", errors="replace"), parser)
    except etree.ParserError as error:
        raise UnreadableFile(f"not an HTML page: {error}") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableFile("the elements of the page lie too deep in each other; what is deeper would be lost")
    is_visual = reads_reversed(_text(root))
    HtmlWalk(draft, is_visual=is_visual).through(_main(root))
    title = root.findtext(".//head/title") or root.findtext(".//title") or ""
    return visual_to_logical(title) if is_visual else title


def _main(root: Element) -> Element:
    """The part that a page itself calls its main one (HTML Standard, 4.4.14), else all of it."""
    found = root.xpath("//main[not(@hidden)] | //*[@role='main']")
    mains = [each for each in found if isinstance(each, Element)] if isinstance(found, list) else []
    return mains[0] if len(mains) == 1 and len(_text(mains[0]).strip()) >= _LEAST_MAIN else root


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext()))
