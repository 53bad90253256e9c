"""Which kind of thing a question asks for, and the signs that a sentence tells of one.

By question words and the nouns after them; by numbers, names of months, names, and the words that go with reasons or
places. Pure functions of text: which sign speaks for which kind, and how loudly, is for others to say.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, get_args

from hebrew.dates import MONTHS
from hebrew.folding import strip_prefix
from hebrew.letters import FINALS
from hebrew.lexicon import frequency
from hebrew.normalise import normalise
from hebrew.tokens import tokens

Kind = Literal["date", "number", "person", "place", "name", "reason", "manner", "which", "what"]
"""`name` is what something is called, `which` one of several, `what` all else."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Sign = Literal[
    "year", "digits", "month", "number_word", "measure", "time", "reason", "manner", "place", "title", "quotation",
    "foreign", "rare", "unknown",
]  # fmt: skip
"""What a sentence may have: a year, digits, the name of a month, a number in a word, a unit of measure, a word that
tells of a time, a reason, a means or a place, the title or the trade of a person, a quotation, a word in other letters,
and rare words, and words that are in no list of words, as most names are."""

SIGNS: tuple[Sign, ...] = get_args(Sign)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.translate(FINALS).split())


_ASKED: Mapping[Kind, frozenset[str]] = {
    "date": _words("מתי ממתי"),
    "number": _words("כמה בכמה מכמה לכמה"),
    "person": _words("מי מיהו מיהי מיהם ממי למי במי"),
    "place": _words("איפה היכן לאן מאין מאיפה מהיכן לאיפה להיכן"),
    "reason": _words("למה מדוע"),
    "manner": _words("איך כיצד"),
    "which": _words("איזה איזו אילו באיזה באיזו באילו לאיזה לאיזו לאילו מאיזה מאיזו מאילו"),
    "what": _words("מה במה ממה מהו מהי מהם מהן"),
}
"""Question words; the first of them in a question says its kind."""

_NOUNS: Mapping[Kind, frozenset[str]] = {
    "name": _words("שם שמו שמה שמם כינוי כינויו כינויה קוראים נקרא נקראת נקראים נקראו נקראה מכונה כותרת"),
    "date": _words("שנה תאריך מועד חודש יום שעה תקופה עשור מאה שנת תאריכים מועדים עונה שנים ימים שעות חודשים"),
    "number": _words(
        "מספר אחוז אחוזים שיעור גובה סכום מחיר מחירו מחירה עלות שטח אורך משקל גיל כמות מרחק טמפרטורה תקציב מהירות "
        "רוחב עומק נפח"
    ),
    "person": _words(
        "אדם מלך מלכה נשיא נשיאה זמר זמרת שחקן שחקנית סופר סופרת חוקר חוקרת מנהל מנהלת ראש שר שרה במאי במאית רב ממציא "
        "מייסד מייסדת מחבר מחברת בעל אב אביו אם אמו בן בת אשתו בעלה דמות איש אישה נביא מדען מדענית אנשים"
    ),
    "place": _words(
        "עיר ערים מדינה מדינות ארץ ארצות יבשת מקום מקומות רחוב כתובת אי אזור כפר מחוז אוניברסיטה מוסד בית שכונה יישוב "
        "ים נהר אתר בירת בירה חדר"
    ),
    "reason": _words("סיבה סיבות סיבת גורם גורמים מטרה מטרות מטרת מטרתו מטרתה"),
}
"""What is asked for, when one of these stands behind a question word that leaves it open."""
_OPEN: Collection[Kind] = ("which", "what", "manner")
_BEHIND = 3
"""How many words behind the question word may be such a noun; "which" has it at once."""

_MONTHS = _words(" ".join(MONTHS)) | _words("ניסן אייר סיוון תמוז אלול תשרי חשוון כסלו טבת שבט אדר")
_SAYING: Mapping[Sign, frozenset[str]] = {
    "month": _MONTHS,
    "number_word": _words(
        "אחד אחת שני שתי שניים שתיים שלוש שלושה ארבע ארבעה חמש חמישה שש שישה שבע שבעה שמונה תשע תשעה עשר עשרה עשרים "
        "שלושים ארבעים חמישים שישים שבעים שמונים תשעים מאה מאתיים אלף אלפיים אלפים אלפי מיליון מיליוני מיליארד "
        "רבע חצי שליש עשרות מאות"
    ),
    "measure": _words(
        "אחוז אחוזים שקל שקלים דולר אירו מטר מטרים קילומטר קילומטרים סנטימטר קילוגרם גרם טון ליטר מעלות דונם שנים "
        "חודשים ימים שעות דקות שבועות איש נפש תושבים"
    ),
    "time": _words("בשנת בשנים בחודש במאה ביום בשעה שנת לאחר לפני מאז עד בתקופת במהלך החל לקראת"),
    "reason": _words(
        "כי בגלל עקב משום מפני כדי לכן מכיוון היות הודות בשל מאחר בעקבות לשם מטרתו מטרתה הסיבה שכן במטרה כתוצאה"
    ),
    "manner": _words("באמצעות ידי ידיי בעזרת דרך כך תוך בדרך בשיטת"),
    "place": _words(
        "עיר העיר בעיר מדינת במדינת רחוב כפר נולד נולדה בית צפון צפונית דרום דרומית מזרח מזרחית מערב מערבית מרכז שוכן "
        "שוכנת נמצא נמצאת ממוקם ממוקמת אזור ליד בקרבת"
    ),
    "title": _words(
        "רב הרב רבי דוקטור פרופסור מר גברת סר לורד מלך המלך נשיא הנשיא נסיך הנסיך קיסר הקיסר שר מנהל מנהלת ראש יור "
        "סופר במאי שחקן זמר אביו אמו בנו בתו אשתו בעלה אחיו ידי בידי בשם"
    ),
}
_WHETHER = _words("האם")
_PRICES = _words("עולה עולים עולות עלה עלתה יעלה תעלה מחיר מחירו מחירה עלות תעריף אגרה קנס כסף לשלם משלמים משלם שכר")
_PRICE = re.compile(r"[₪$€]|(?<![א-ת])(?:ש[\"״]ח|שקל|שקלים|אגורות|אג['׳]|דולר|דולרים|אירו)(?![א-ת])")
_WITH_PREFIX: Collection[Sign] = ("month", "number_word", "place")
_NEW: Collection[Sign] = ("month", "number_word", "place", "title")
"""Signs that count only where the word is not in the question: the others say what kind of thing comes, not which."""
_YEAR = re.compile(r"1\d{3}|20\d\d")
_QUOTATION = re.compile(r'(?<![א-ת])"([^"\n]{2,60})"')
_FOREIGN = re.compile(r"[a-z]{2,}")
_RARE, _UNKNOWN = 300, 30
"""Paragraphs of 350,000 in which a word stands at most."""
_MANY_RARE, _MANY_UNKNOWN = 6, 4


def kind_asked(question: str) -> Kind:
    """The kind of thing that a question asks for."""
    words = tokens(question)
    asked = ((at, kind) for at, word in enumerate(words) for kind in _ASKED if _may_be(word, _ASKED[kind]))
    at, kind = next(asked, (-1, None))
    if kind is not None and kind not in _OPEN:
        return kind
    if kind is None and asks_whether(question):
        return "what"
    behind = words[at + 1 : at + _BEHIND] if kind == "which" else words[at + 1 : at + 1 + _BEHIND]
    nouns = (noun for word in behind for noun in _NOUNS if word in _NOUNS[noun] or strip_prefix(word) in _NOUNS[noun])
    return next(nouns, kind or "what")


def asks_price(question: str) -> bool:
    """Whether a question asks for a sum of money."""
    return any(word in _PRICES or strip_prefix(word) in _PRICES for word in tokens(question))


def asks_whether(question: str) -> bool:
    """Whether a question begins as one that is answered by yes or no."""
    return _may_be(next(iter(tokens(question)), ""), _WHETHER)


def is_price(text: str) -> bool:
    """Whether a sum of money is named with its currency."""
    return bool(_PRICE.search(text))


def signs(text: str, words: Sequence[str], asked: Collection[str]) -> dict[Sign, float]:
    """The signs that a sentence has, each from 0 to 1.

    `words` are its tokens, `asked` those of the question, which tell nothing new.
    """
    new = {word for word in words if word not in asked}
    found: dict[Sign, float] = dict.fromkeys(_said(words, new), 1.0)
    plain = normalise(text)
    if any(word not in asked for each in _QUOTATION.findall(plain) for word in tokens(each)):
        found["quotation"] = 1.0
    letters = [word for word in new if not word[0].isdigit()]
    known = {word: max(frequency(word), frequency(strip_prefix(word))) for word in letters if not word[0].isascii()}
    if len(known) < len(letters):
        found["foreign"] = 1.0
    found["rare"] = min(1.0, sum(count <= _RARE for count in known.values()) / _MANY_RARE)
    found["unknown"] = min(1.0, sum(count <= _UNKNOWN for count in known.values()) / _MANY_UNKNOWN)
    return found


def _said(words: Sequence[str], new: Collection[str]) -> Iterator[Sign]:
    if any(_YEAR.fullmatch(word) for word in new):
        yield "year"
    if any(word[0].isdigit() for word in new):
        yield "digits"
    for sign, those in _SAYING.items():
        among = new if sign in _NEW else words
        if any(word in those or (sign in _WITH_PREFIX and word[1:] in those) for word in among):
            yield sign


def _may_be(word: str, question_words: Collection[str]) -> bool:
    return word in question_words or word.removeprefix("ו") in question_words
