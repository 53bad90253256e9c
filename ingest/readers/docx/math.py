"""Formulas of Word (ECMA-376, part 1, 22.1) on one line, as people type them: `a^2/(b+1)`, `∑_(i=1)^n x`."""

from ingest.readers.docx.package import attribute, children, name_of
from ingest.readers.xml import Element


def formula(element: Element) -> str:
    """The text of a formula or of a part of one."""
    match name_of(element):
        case "t":
            return element.text or ""
        case "f":
            return f"{_grouped(element, 'num')}/{_grouped(element, 'den')}"
        case "sSup" | "sSub" | "sSubSup":
            return _part(element, "e") + _scripts(element)
        case "rad":
            return f"{_part(element, 'deg')}\u221a{_grouped(element, 'e')}"
        case "nary":
            sign = _sign(element, "naryPr", "chr", "\u222b")
            return f"{sign}{_scripts(element)} {_part(element, 'e')}"
        case "func":
            return f"{_part(element, 'fName')} {_part(element, 'e')}"
        case "d":
            inner = _sign(element, "dPr", "sepChr", "|").join(map(formula, children(element, "e")))
            return f"{_sign(element, 'dPr', 'begChr', '(')}{inner}{_sign(element, 'dPr', 'endChr', ')')}"
        case "m":
            rows = (", ".join(map(formula, children(row, "e"))) for row in children(element, "mr"))
            return f"[{'; '.join(rows)}]"
        case name if name not in {"del", "moveFrom"}:
            return "".join(map(formula, element))
    return ""


def _part(element: Element, name: str) -> str:
    return "".join(map(formula, children(element, name)))


def _grouped(element: Element, name: str) -> str:
    """A part in brackets, unless it is a number, a name or nothing."""
    text = _part(element, name)
    return text if not text or text.isalnum() else f"({text})"


def _scripts(element: Element) -> str:
    lower, upper = _grouped(element, "sub"), _grouped(element, "sup")
    return (f"_{lower}" if lower else "") + (f"^{upper}" if upper else "")


def _sign(element: Element, properties: str, name: str, otherwise: str) -> str:
    """A character in the properties; one that is there without a value is none."""
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    return otherwise if found is None else attribute(found, "val")
