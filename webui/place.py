"""How a place in a document is called in Hebrew: the words of `indexes.page.Place`. Knows nothing of HTML."""

from indexes.page import Place
from webui.filename import visible
from webui.texts import texts


def place_text(place: Place, page: int, quote: str = "") -> str:
    """The place of page number `page`, such as `page 4` or `sheet fees, rows 12-14`; empty where a text has no places.

    What the file itself calls the place stands before our numbering: the number printed on the page, the heading.
    """
    label = visible(place.label)
    if place.kind == "text":
        return label
    if place.kind == "sheet":
        sheet = texts.SHEET.format(label=label) if label else ""
        last = place.row + quote.strip().count("\n")
        rows = texts.ROWS.format(row=place.row, last=last) if last > place.row else texts.ROW.format(row=place.row)
        row = rows if place.row else ""
        return texts.LIST_COMMA.join(filter(None, [sheet, row])) or texts.SHEET.format(label=page)
    if place.kind == "message":
        return texts.MESSAGE_FROM.format(label=label) if label else texts.MESSAGE
    return (texts.SLIDE if place.kind == "slide" else texts.PAGE).format(label=label or page)


def source_text(title: str, place: Place, page: int, quote: str = "") -> str:
    """The title of a document and the place in it, as a citation names them."""
    return texts.LIST_COMMA.join(filter(None, [visible(title), place_text(place, page, quote)]))
