"""Requests for whole documents, told from questions: summarise X, compare X with Y, list everything about X.

Rules for Hebrew and English on how such a request begins. A question that only has one of these words somewhere is no
request. Knows no documents: whether X is one is for others to find out.
"""

import re
from dataclasses import dataclass
from typing import Literal

from hebrew.normalise import clean

Kind = Literal["summary", "comparison", "listing"]

_POLITE = (
    r"\s*(?:(?:אנא|בבקשה|נא|אפשר|תוכלי?|אני רוצה|אני צריכה?|אשמח אם|האם אפשר|please|can you|could you|i want you to)"
    r"[ ,]+)*"
)
_ABOUT = r"(?:על|לגבי|בנושא|אודות|בעניין)"
_LIST = (
    r"ת?רשו?מ[יו]?|ת?רשום|ת?פרט[יו]?|מנה|מני|תמנה|הצג|הציגי|תציגי?|אספי|אסוף|תאסוף|תן|תני|ציין|צייני"
    r"|list|show me|give me"
)
_SUMMARISE = r"ת?סכמ[יו]?|ת?סכם|לסכם|לקבל סיכום של|ת?תמצת[יו]?|תמצית של|תקציר של|תקציר ל|סיכום של"
_REQUESTS: tuple[tuple[Kind, str], ...] = (
    ("summary", rf"(?:{_SUMMARISE})(?: לי| לנו)?(?: את)? "),
    ("summary", r"(?:תן|תני|כתבי?|תכתבי?|הכן|הכיני|תכין|תכיני) (?:לי |לנו )?(?:תקציר|סיכום|תמצית)(?: של| ל)? ?"),
    ("summary", r"(?:על מה|במה) (?:מדברת?|עוסקת?|דנה?) (?:ה?מסמך |ה?קובץ )?"),
    ("summary", r"על מה (?=ה?(?:מסמך|קובץ) )"),
    ("summary", r"summari[sz]e (?:the )?|(?:give me |write )?(?:a |the )?summary of (?:the )?"),
    ("comparison", r"(?:השוו?[היו]|תשוו[היו]|תשווה|השווה|להשוות|השוואה)(?: לי| לנו)?(?: את| בין)? "),
    ("comparison", r"(?:מה|מהו|מהם|מהי) (?:ה?הבדל(?:ים)?|השוני) (?:ש)?בין "),
    ("comparison", r"compare (?:the )?|(?:what (?:is|are) )?the differences? between (?:the )?"),
    (
        "listing",
        rf"(?:{_LIST})(?: לי| לנו)?(?: את)? כל (?:(?:מה|דבר) ש?(?:כתוב|נאמר|ידוע|יש|נמצא) "
        rf"|ה?(?:מידע|אזכורים|מקומות|קטעים) )?(?:ש?{_ABOUT} )?",
    ),
    (
        "listing",
        r"(?:כל (?:מה|דבר) ש(?:כתוב|נאמר|ידוע|יש)|מה (?:כתוב|נאמר|אומרים) בכל המסמכים|מה כל המסמכים אומרים)"
        rf"(?: במסמכים| במאגר)? {_ABOUT} ",
    ),
    (
        "listing",
        rf"(?:{_LIST}) (?:me )?(?:all|everything)(?: that is)?(?: written| said| there is)?(?: the)?"
        r"(?: (?:mentions of|information|passages))? ?(?:about |on |of )?(?:the )?",
    ),
    ("listing", r"what do (?:all )?(?:the )?documents say about (?:the )?"),
)
_RULES = tuple((kind, re.compile(_POLITE + rf"(?:{rule})", re.IGNORECASE)) for kind, rule in _REQUESTS)
_DOCUMENT = re.compile(
    r"^(?:ה?(?:מסמך|קובץ)|document|file)(?: (?:הזה|שנקרא|בשם|this|called|named))?(?:\s+|$)", re.IGNORECASE
)
_ENDING = re.compile(r"[\s?.!]+$|\s+(?:about|בבקשה|please)[\s?.!]*$", re.IGNORECASE)
_QUOTES = "\"'\u05f4\u201c\u201d\u201e"
_JOINED = re.compile(
    r"\s+(?:לבין\s+|לעומת\s+|מול\s+|and\s+|with\s+|to\s+|ובין\s+|ל\s?[-\u05be]\s?|(?:ל|ו|עם\s+))(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, and of what: a document, or a topic. `names_document` where it says that it is a document."""

    kind: Kind
    named: str
    names_document: bool = False


def request_in(question: str) -> Request | None:
    """The request that a question is; None where it is a question."""
    text = clean(question).strip()
    for kind, rule in _RULES:
        if begins := rule.match(text):
            rest = _ENDING.sub("", text[begins.end() :])
            named = _DOCUMENT.sub("", rest)
            return Request(kind, named.strip().strip(_QUOTES), named != rest) if rest else None
    return None


def pairs_in(named: str) -> list[tuple[str, str]]:
    """The ways of reading two names in what is to be compared: a name may itself hold what joins two."""
    return [
        (named[: joint.start()].strip().strip(_QUOTES), _DOCUMENT.sub("", named[joint.end() :]).strip().strip(_QUOTES))
        for joint in _JOINED.finditer(named)
    ]
