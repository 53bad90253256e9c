import pytest

from evals.questions import Benchmark, Passage, Question, Wanted, names_of, saying

NOTICE = Passage("a", "נוהל חופשות", "עובד רשאי לצאת לחופשה לאחר אישור הממונה.")


def test_what_says_the_same_as_a_passage_is_not_added():
    """Punctuation, niqqud, quotes and space make no new passage, and no title does; ids that are taken are changed."""
    benchmark = Benchmark((Question("מי מאשר?", {"a": 1.0}),), (NOTICE,))
    pool = [
        Passage("b", "", "עוֹבֵד  רשאי, לצאת לחופשה\nלאחר אישור הממונה"),
        Passage("a", "אגרות", "אגרת הרישום היא 120 שקלים."),
        Passage("a", "", "אגרת הרישום היא 130 שקלים."),
        Passage("c", "ריק", "..."),
    ]
    whole = benchmark.with_pool(pool)
    assert [passage.id for passage in whole.passages] == ["a", "a+", "a++"]
    assert whole.questions == benchmark.questions
    assert whole.answers() == [NOTICE]


def test_sayings_leave_only_letters_and_digits():
    """The maqaf and the underscore go like other marks; letters of all scripts stay."""
    assert saying("בית\u05beספר_ABC, 12.5!") == "ביתספרabc125"


def test_a_judged_question_keeps_the_ids():
    """What was found is compared with the ids that are known to be relevant."""
    assert Question("מי?", {"a": 2.0}).judged([NOTICE]) == (["a"], {"a": 2.0})
    assert Question("מי?", {"a": 2.0}).relevant == {"a"}


def test_what_is_wanted_is_judged_by_the_text_that_was_found():
    """The first passage of the document with most of the words is right; more of them count no more."""
    question = Question("מי?", wanted=Wanted("נוהל חופשות", "רשאי לצאת לחופשה לאחר אישור"))
    other = Passage("b", "נוהל חופשות", "אין לצאת.")
    ids, worth = question.judged([other, NOTICE, Passage("c", NOTICE.title, NOTICE.text)])
    assert (ids[0], ids[2]) == ("b", "c")
    assert worth == {ids[1]: 1.0}
    assert question.judged([other])[0] == ["b"]


@pytest.mark.parametrize(
    ("document", "text", "right"),
    [
        ("נוהל חופשות", "", True),
        ("חופשות 2024.pdf", "", True),
        ("חופשות 2024", "לחופשה", True),
        ("", "עובד רשאי לצאת לחופשה אחרי אישור הממונה", True),
        ("", "עובד רשאי לשהות בביתו לאחר שבוע", False),
        ("נוהל אגרות", "עובד רשאי לצאת לחופשה", False),
    ],
)
def test_a_document_goes_by_several_names_and_a_text_by_most_of_its_words(document, text, right):
    """Title or file name, with its ending or without; three quarters of the words of the text."""
    found = Passage("x", NOTICE.title, NOTICE.text, "חופשות 2024.pdf")
    assert Wanted(document, text).is_right(found) is right


def test_names_of_a_passage_without_a_file():
    """An absent file name is no name."""
    assert names_of(NOTICE) == {"a", "נוהלחופשות"}
