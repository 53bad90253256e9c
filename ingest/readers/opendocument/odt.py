"""OpenDocument texts (ODT), as LibreOffice writes them. Headers and footers are styles there, and are not read."""

from pathlib import Path

from ingest.document import Document
from ingest.readers.draft import Draft
from ingest.readers.opendocument.flow import OdfFlow
from ingest.readers.opendocument.package import OdfPackage


def read_odt(path: Path) -> Document:
    """An OpenDocument text as one page. Raises `UnreadableFile`, `Encrypted` or `TooExpanded`."""
    package = OdfPackage(path)
    draft = Draft()
    flow = OdfFlow(package, draft)
    flow.find_headings(package.body())
    flow.blocks(package.body())
    return draft.document(flow.title or package.title())
