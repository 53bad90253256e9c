"""PDFs whose passages stand in hard places: over two pages, in columns, in a table, on its side, as a scan.

They are printed by the browser of the tests, and turned or photographed afterwards.
"""

from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
from playwright.sync_api import Browser
from pypdf import Transformation
from pypdf.generic import RectangleObject

FILLER = "המועצה שומרת על הפארקים, על הגנים ועל השבילים שבין השכונות, ומטפלת בהם בכל עונות השנה. "

LINES = "בקשה להנחה בארנונה תוגש למחלקת הגבייה עד ליום 31/03/2027, בצירוף אישור הכנסה, צילום תעודת זהות וחתימה."
OVER = (
    "הוועדה תשמע את העורר בתוך ארבעים וחמישה ימים מיום שהוגש הערר, "
    "ואם ביקש זאת תאפשר לו להביא עדים מטעמו ולעיין בכל מסמך שעמד לפניה כשהחליטה."
)
COLUMN = "השאלת ספרים בספרייה העירונית מותרת לשבועיים בלבד, ואפשר להאריך אותה פעם אחת בטלפון 03-5551234 או באתר."
ROW = ("אגרת שילוט", "1,250 ₪", "לשנה קלנדרית")
SIDEWAYS = "מכסת החניה לבניין משרדים היא מקום אחד לכל ארבעים מטרים רבועים של שטח עיקרי."
SCANNED = "היתר הפעלה של בריכת השחייה ניתן לעונה אחת, והוא מותנה בנוכחות של שני מצילים מוסמכים."

_STYLE = (
    "@page { size: A5; margin: 18mm 15mm } body { font: 11pt/1.5 'DejaVu Sans'; margin: 0 } h1 { font-size: 16pt }"
    " p { orphans: 1; widows: 1 } .first { height: 157mm } section { break-before: page }"
    " .columns { column-count: 2; column-gap: 9mm; font-size: 8pt }"
    " td, th { padding: 1mm 7mm 1mm 0; text-align: right }"
)


def printed(browser: Browser, body: str) -> bytes:
    """A PDF of some HTML."""
    page = browser.new_page()
    page.set_content(f'<!doctype html><html lang="he" dir="rtl"><style>{_STYLE}</style><body>{body}</body></html>')
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    return pdf


def rules(browser: Browser) -> bytes:
    """Rules: a passage of several lines, one that goes over the end of its page after two lines, columns, a table."""
    return printed(
        browser,
        f'<div class="first"><h1>חוקת המועצה</h1><p>{FILLER}</p><p>{LINES} {FILLER}</p></div><p>{OVER} {FILLER}</p>'
        f'<section><div class="columns"><p>{FILLER * 6}{COLUMN} {FILLER * 6}</p></div></section>'
        "<section><table><tr><th>שירות<th>מחיר<th>תקופה</tr><tr><td>אגרת פינוי<td>310 ₪<td>לחודש</tr>"
        f"<tr>{''.join(f'<td>{cell}' for cell in ROW)}</tr><tr><td>אגרת שמירה<td>95 ₪<td>לרבעון</tr></table></section>",
    )


def sideways(browser: Browser) -> bytes:
    """A page that lies on its side in the file and is turned upright for whoever looks at it (ISO 32000, 7.7.3)."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(printed(browser, f"<h1>תקן חניה</h1><p>{SIDEWAYS} {FILLER}</p>")))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.add_transformation(Transformation().rotate(90).translate(height, 0))
    page.mediabox = page.cropbox = RectangleObject((0, 0, height, width))
    page.rotate(90)
    turned = BytesIO()
    writer.write(turned)
    return turned.getvalue()


def scanned(browser: Browser) -> bytes:
    """A photograph of a page, in which nothing is text."""
    document = pdfium.PdfDocument(printed(browser, f"<h1>בריכת השחייה</h1><p>{SCANNED} {FILLER}</p>"))
    picture = document[0].render(scale=300 / 72).to_pil().convert("L")
    document.close()
    scan = BytesIO()
    picture.save(scan, "PDF", resolution=300)
    return scan.getvalue()


def write_all(browser: Browser, folder: Path) -> None:
    """All of them, as files."""
    for name, make in (("חוקת המועצה", rules), ("תקן חניה", sideways), ("בריכת השחייה", scanned)):
        (folder / f"{name}.pdf").write_bytes(make(browser))
