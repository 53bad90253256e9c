"""How a spreadsheet shows a number: the format codes of Office Open XML (ECMA-376 part 1, section 18.8.31).

Knows numbers, and neither cells nor files. Dates have `date_format.py`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.readers.sheets.date_format import date_shown, is_date

_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|.', re.DOTALL)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<room>[_*].)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<general>General|@)|(?P<digit>[0#?])|(?P<exponent>E[+-]0+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_BEYOND = 1e15
"""From here on a number has no digits after the point, and a format adds nothing."""
_LONGEST_FORMAT = 255
_GROUP = 3


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """What people see of a number in a cell with that format code, without blanks that only fill the cell.

    `from_1904` says that the file counts days from 1904 on, as old Macintosh files do.
    """
    if code == "General" or not code or len(code) > _LONGEST_FORMAT or abs(value) >= _BEYOND:
        return general(value)
    section, magnitude = _chosen(value, code)
    if is_date(section):
        return date_shown(value, section, from_1904=from_1904) or general(value)
    tokens = list(_tokens(section))
    kinds = {token.kind for token in tokens}
    if "general" in kinds:
        text = "".join(general(magnitude) if token.kind == "general" else token.text for token in tokens)
    elif "digit" not in kinds:
        text = "".join(token.text for token in tokens)
    elif any(token == _Token("literal", "/") for token in tokens):
        text = general(magnitude)  # a fraction; its decimal value says as much
    else:
        text = _number(abs(magnitude), tokens)
        text = f"-{text}" if magnitude < 0 and re.search("[1-9]", text) else text
    return " ".join(text.split())


def general(value: float) -> str:
    """A number without a format: up to ten digits, whole numbers whole."""
    whole = value == int(value) if abs(value) < _BEYOND else False
    return str(int(value)) if whole else f"{value:.10g}"


def _chosen(value: float, code: str) -> tuple[str, float]:
    """The section of the code that is for such a number, and the number it shows.

    A section for negative numbers has the sign that its author wanted, so it shows a positive one.
    """
    sections = [""]
    for sign in _SIGN.findall(code):
        if sign == ";":
            sections.append("")
        else:
            sections[-1] += sign
    if len(sections) > 1 and "@" in sections[-1]:
        sections.pop()  # it is for texts
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition[1], float(condition[2])):
                return section, value
        return "General", value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:  # noqa: PLR2004  # positive; negative; zero
        return sections[2], value
    return sections[0], value


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _tokens(section: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup
        if kind in {"quoted", "escaped", "currency"}:
            yield _Token("text", match[kind])
        elif kind == "room":
            yield _Token("text", " ")
        elif kind:  # neither a colour nor a condition
            yield _Token(kind, match[kind])


def _number(value: float, tokens: list[_Token]) -> str:
    """The digits of a number of no sign, put into the places of the format, with the texts between them."""
    texts = [token.text if token.kind == "literal" else "" for token in tokens]
    point = texts.index(".") if "." in texts else len(tokens)
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    before, after = [at for at in places if at < point], [at for at in places if at > point]
    last = before[-1] if before else -1
    commas = [at for at, text in enumerate(texts) if text == ","]
    scale = sum(at > last for at in commas) if before else 0
    if any(token.kind == "exponent" for token in tokens):
        return f"{value:.{len(after)}E}"
    number = Decimal(repr(value)).scaleb(2 * texts.count("%") - _GROUP * scale)
    whole, _, decimals = f"{number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP):f}".partition(".")
    filled = dict(zip(after, decimals, strict=True))
    for at in reversed(after):  # places that show no zero
        if filled[at] != "0" or tokens[at].text == "0":
            break
        filled[at] = ""
    filled |= _whole([tokens[at].text for at in before], before, whole, any(at < last for at in commas))
    for at in commas:
        filled[at] = ""
    if not any(filled.get(at) for at in after):
        filled[point] = ""
    return "".join(filled.get(at, token.text) for at, token in enumerate(tokens))


def _whole(signs: list[str], places: list[int], digits: str, grouped: bool) -> dict[int, str]:
    """The digits before the point, from the right; the first place takes all that are left."""
    digits = digits.lstrip("0")
    filled: dict[int, str] = {}
    count = 0
    for index in reversed(range(len(places))):
        taken = digits if index == 0 else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        text = ""
        for digit in reversed(taken or ("0" if signs[index] == "0" else "")):
            text = digit + ("," if grouped and count and count % _GROUP == 0 else "") + text
            count += 1
        filled[places[index]] = text
    return filled
