import pytest

from hebrew.requests import Request, pairs_in, request_in


@pytest.mark.parametrize(
    ("question", "request_"),
    [
        ("סכם את נוהל החופשה", Request("summary", "נוהל החופשה")),
        ("בבקשה תסכמי לי את המסמך ״חוזר אגרות״.", Request("summary", "חוזר אגרות", True)),
        ("על מה המסמך הנחיות לשעת חירום?", Request("summary", "הנחיות לשעת חירום", True)),
        ("תן לי תקציר של הפרוטוקול", Request("summary", "הפרוטוקול")),
        ("Summarise the leave procedure", Request("summary", "leave procedure")),
        ("השווה בין נוהל א לנוהל ב", Request("comparison", "נוהל א לנוהל ב")),
        ("מה ההבדלים בין המכרז לבין החוזה?", Request("comparison", "המכרז לבין החוזה")),
        ("compare the tender with the contract", Request("comparison", "tender with the contract")),
        ("רשום את כל ההנחות לאזרח ותיק", Request("listing", "ההנחות לאזרח ותיק")),
        ("תן לי את כל המידע על הבריכה", Request("listing", "הבריכה")),
        ("מה כתוב בכל המסמכים על ערבות בנקאית?", Request("listing", "ערבות בנקאית")),
        ("List everything about the pool", Request("listing", "pool")),
    ],
)
def test_requests_for_whole_documents_are_told(question: str, request_: Request) -> None:
    """In Hebrew and English, with or without politeness and quotes."""
    assert request_in(question) == request_


@pytest.mark.parametrize(
    "question",
    [
        "מה הסיכום של הישיבה?", "כמה עולים כל החוגים?", "מה כל המסמכים שצריך להגיש?", "מי סיכם את הישיבה?", "סכם",
        "מתי מסכמים את השנה?", "האם יש הבדל במחיר?", "על מה מקבלים קנס?", "מה כתוב בסעיף 4?", "איך משווים הצעות במכרז?",
        "What is the summary fee?", "Where is the list of all fees?", "על מה אפשר לערער?", "במה תלויה ההנחה?",
    ],
)  # fmt: skip
def test_a_usual_question_is_no_request(question: str) -> None:
    """Also where it has one of the words: only the beginning decides."""
    assert request_in(question) is None


def test_two_names_are_read_in_every_way_they_may_be_joined() -> None:
    """A name may hold a word that joins; the titles decide later."""
    assert ("נוהל חופשה", "חוזר אגרות") in pairs_in("נוהל חופשה לחוזר אגרות")
    assert ("נוהל חופשה", "חוזר אגרות") in pairs_in("נוהל חופשה לבין חוזר אגרות")
    assert ("מדריך לעובד", "חוזר") in pairs_in("מדריך לעובד ל-חוזר")
    assert ("tender", "contract") in pairs_in("tender and contract")
    assert pairs_in("נוהל אחד") == []
