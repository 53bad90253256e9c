"""Numbers as word processors write them before list items: decimal, Hebrew letters, Latin letters, Roman.

Knows no format and no list.
"""

from hebrew.letters import FINALS

BULLET = "\u2022"

_ALPHABET = [chr(code) for code in range(0x05D0, 0x05EB) if code not in FINALS]
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
_LARGEST = 3999
"""Beyond this, Roman and Hebrew numbers are not written any more."""


def write_number(number: int, style: str) -> str:
    """A number as Word writes it in that style (ECMA-376, part 1, 17.18.59 ST_NumberFormat); "" for `none`."""
    if style == "none":
        return ""
    if not 0 < number <= _LARGEST:
        return str(number)
    match style:
        case "hebrew1":
            return _hebrew_number(number)
        case "hebrew2":
            return _repeated(number, "".join(_ALPHABET))
        case "lowerLetter" | "upperLetter":
            letters = _repeated(number, _LATIN)
            return letters.upper() if style == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman.upper() if style == "upperRoman" else roman
        case _:
            return str(number)


def _repeated(number: int, letters: str) -> str:
    """a, b, ..., z, aa, bb, ..., zz, aaa: as Word counts."""
    return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _hebrew_number(number: int) -> str:
    """Letters by value: nine units, nine tens, hundreds to 400; 15 and 16 are written 9+6 and 9+7."""
    ones, tens, hundreds = _ALPHABET[:9], _ALPHABET[9:18], _ALPHABET[18:]
    text = hundreds[3] * (number // 400)
    number %= 400
    if number >= 100:  # noqa: PLR2004
        text += hundreds[number // 100 - 1]
        number %= 100
    if number in (15, 16):
        return text + ones[8] + ones[number - 10]
    if number >= 10:  # noqa: PLR2004
        text += tens[number // 10 - 1]
    return text + (ones[number % 10 - 1] if number % 10 else "")
