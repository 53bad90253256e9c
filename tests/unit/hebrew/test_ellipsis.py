import pytest

from hebrew.ellipsis import completed, leans


@pytest.mark.parametrize(
    "question",
    [
        "ומה לגבי עובדים חלקיים?", "ולמה?", "ובשנה השנייה?", "למי פונים?", "כמה זה עולה לו?", "ואם דוחים את הבקשה?",
        "אבל מה עם הפנסיה?", "גם ביום שישי?", "What about part-time workers?", "and how long does it take?",
    ],
)  # fmt: skip
def test_a_question_that_goes_on_or_points_back_leans(question: str) -> None:
    """So does one of two words; each needs what was asked before it."""
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "כמה ימי חופשה מגיעים לעובד חדש?", "ומהו המועד האחרון להגשת הצעות במכרז לפינוי אשפה?",
        "ועדת משאבי אנוש מתי מתכנסת?", "מה האגרה למוסך?", "מי אחראי על העיקולים?",
        "How many days of leave does a new worker get?",
    ],
)  # fmt: skip
def test_a_question_with_words_of_its_own_stands_alone(question: str) -> None:
    """Also where its first word begins with a vav of its own, or where it only happens to come later."""
    assert not leans(question)


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("כמה ימי חופשה מגיעים לעובד במשרה מלאה?", "ומה לגבי עובדים חלקיים?", "כמה ימי חופשה מגיעים לעובדים חלקיים?"),
        ("כמה עולה רישיון לכלב מעוקר?", "ומה לגבי כלב נחייה?", "כמה עולה רישיון לכלב נחייה?"),
        ("מה הקנס לקבלן שכרת עץ בלי אישור?", "ומה עם קבלן משנה?", "מה הקנס לקבלן משנה שכרת עץ בלי אישור?"),
        ("כמה ימים מגיעים לעובד חדש בשנה הראשונה?", "ולעובד ותיק?", "כמה ימים מגיעים לעובד ותיק בשנה הראשונה?"),
        ("מה שעות הפתיחה ביום שני?", "וביום שישי?", "מה שעות הפתיחה ביום שישי?"),
        ("כמה עולה קייטנה ביולי?", "ובאוגוסט?", "כמה עולה קייטנה באוגוסט?"),
    ],
)
def test_another_case_takes_the_place_of_the_one_it_is_another_of(before: str, question: str, whole: str) -> None:
    """The noun that both say, or a time, goes with its modifiers; a clause and what follows stay."""
    assert completed(question, [before]) == (whole,)


def test_what_has_no_place_is_asked_beside_the_question_before() -> None:
    """A question with a verb of its own, and a case that nothing tells the place of."""
    first = "מי יכול לבקש חל״ת?"
    assert completed("ומה קורה אם דוחים אותה?", [first]) == (first, "ומה קורה אם דוחים אותה?")
    assert completed("ובגן?", ["כמה עולה צהרון בבית ספר?"]) == ("כמה עולה צהרון בבית ספר?", "ובגן?")


def test_a_chain_keeps_its_beginning_and_its_last_case() -> None:
    """What was asked in between leaned on these two itself."""
    first, case = "באילו ימים מפנים אשפה בנווה חרוב?", "ובשדה אגוז?"
    parts = completed("ומתי שם הגזם?", completed("כמה זה עולה?", completed(case, [first])))
    assert parts == (first, case, "ומתי שם הגזם?")


def test_the_same_case_again_changes_nothing() -> None:
    """There is nothing to replace, so it is one more part."""
    assert completed("ומה לגבי עובדים?", ["כמה ימים מגיעים לעובדים?"])[0] == "כמה ימים מגיעים לעובדים?"
