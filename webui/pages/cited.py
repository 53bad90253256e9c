"""Which characters of a page a citation means. Knows nothing of how they are shown."""

from answers.answer import Citation
from hebrew.sentences import sentences
from indexes.page import Page

_REACH = 2000
"""Characters on both sides of a page break among which a sentence that goes over it is looked for."""

Stretch = tuple[int, int]
"""Characters from the first to the last, exclusive, of the text of a page; (0, 0) for none."""


def cited_on(page: Page, citation: Citation) -> Stretch:
    """The characters of the cited page that are cited; none where a new reading of the document lost the passage."""
    if page.text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    found = page.text.find(citation.quote)
    return (found, found + len(citation.quote)) if found >= 0 and citation.quote else (0, 0)


def continued_on(page: Page, end: int, following: Page) -> Stretch:
    """The characters of the next page with which a sentence ends that is cited up to `end`, at the foot of its page.

    A citation is cut at the end of the page on which it begins (`answers.citing.citations.on_page`).
    """
    if page.place.kind != "page" or not end or page.text[end:].strip():
        return 0, 0
    before = page.text[:end][-_REACH:]
    after = following.text[:_REACH]
    whole = f"{before}\n{after}"
    last = next(stop for start, stop in sentences(whole) if start < len(before) <= stop)
    goes_on = whole[len(before) + 1 : last].rstrip()
    return 0, len(goes_on)
