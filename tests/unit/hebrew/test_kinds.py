import pytest

from hebrew.kinds import Kind, Sign, kind_asked, signs
from hebrew.tokens import tokens


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("מתי נכנס החוק לתוקף?", "date"),
        ("עד מתי אפשר להגיש ערר?", "date"),
        ("באיזו שנה הוקמה הספרייה?", "date"),
        ("כמה עולה רישיון?", "number"),
        ("באיזה אחוז מהמקרים ניתן פטור?", "number"),
        ("מה גובה הקנס?", "number"),
        ("מי מאשר את הבקשה?", "person"),
        ("למי מדווחים על תקלה?", "person"),
        ("איפה מגישים את הטופס?", "place"),
        ("באיזו עיר יושב בית הדין?", "place"),
        ("איך קוראים לטופס?", "name"),
        ("מה שמו של המכרז?", "name"),
        ("למה נסגרה הבריכה?", "reason"),
        ("מה הסיבה לסגירה?", "reason"),
        ("כיצד מערערים?", "manner"),
        ("איזה מסמך מצרפים?", "which"),
        ("מה מצרפים לבקשה?", "what"),
        ("ומתי היא נפתחת?", "date"),
        ("מותר לשלם במזומן?", "what"),
        ("", "what"),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, kind: Kind) -> None:
    """The first question word says which; one that leaves it open, the noun behind it."""
    assert kind_asked(question) == kind


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("הספרייה נפתחה בשנת 1987.", "year"),
        ("יש להגיש 3 עותקים.", "digits"),
        ("המרשם נסגר בחודש מרץ.", "month"),
        ("ניתנות ארבע שעות.", "number_word"),
        ("המשקל הוא טון.", "measure"),
        ("נסגר בגלל שיפוץ.", "reason"),
        ("אפשר לשלם באמצעות המחאה.", "manner"),
        ("המשרד נמצא ליד השער.", "place"),
        ("פנו אל מנהל המחלקה.", "title"),
        ('ההצגה "ירח מלא" עלתה.', "quotation"),
        ("נכתב בשפת Python.", "foreign"),
    ],
)
def test_a_sentence_has_signs(sentence: str, sign: Sign) -> None:
    """Numbers, names of months, words that tell of a reason or a place."""
    assert signs(sentence, tokens(sentence), ())[sign] == 1


def test_what_the_question_says_is_no_sign() -> None:
    """A year that was asked about does not answer when."""
    asked = tokens("מה קרה בשנת 1987 במרץ?")
    found = signs("בשנת 1987 במרץ נפתחה הספרייה.", tokens("בשנת 1987 במרץ נפתחה הספרייה."), asked)
    assert not {"year", "digits", "month"} & set(found)


def test_unknown_words_are_a_share() -> None:
    """Names that no list of words has count up to a few."""
    none, one, many = (
        signs(text, tokens(text), ())["unknown"]
        for text in ("הבית גדול", "קשטפנרוב", "קשטפנרוב זלגמבוש תרגפלוק דנצפרום")
    )
    assert none == 0 < one < many == 1


def test_a_yes_or_no_question_asks_for_no_person() -> None:
    """Its first word is not the one for a mother with the article before it."""
    assert kind_asked("האם הקו החדש נכנס ליישוב?") == "what"
    assert kind_asked("האם ידוע מתי נפתח הקו?") == "date"
