import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.sentences import begins_item, sentences


def split(text):
    return [text[start:end].strip() for start, end in sentences(text)]


@given(st.text("אבג .!?:;\n\t\"'()[]-•12aA\u05f4\u2026\u00a0"))
def test_spans_tile_the_text(text):
    """The spans in order are the whole text, nothing lost or doubled, and none is empty."""
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


@given(st.lists(st.sampled_from(["שלום עולם.", "באמת?", "עוד אחד!", "סוף דבר…"]), min_size=1, max_size=6))
def test_plain_sentences_come_apart(parts):
    """Sentences with ordinary ends come out as they were put in, each keeping the blanks after it."""
    text = " ".join(parts)
    assert split(text) == parts
    assert all(not text[start].isspace() for start, _ in sentences(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "עו\"ד כהן, ד\"ר לוי וכו' הגיעו לעמ' 5 בספר.",
        "עלה ב-3.5 אחוזים ביום 1.1.2020 בשעה 10:30.",
        "ספריהם של א.ב. יהושע, ש. יזהר א. ב. כהן.",
        "נא לצרף ת.ז. ודרכון לת.ד. 45 בעיר.",
        "ראו עמ. 7 ורח. הרצל 5 בתל אביב.",
        "כתבו אל info@example.co.il או באתר www.example.org/a.html?x=1 עד מחר.",
        '"מי שם?" שאל דני.',
        "התנאים הם: 1. אישור; 2. חתימה; ג. תשלום.",
        "5א. חובת דיווח חלה על כל עובד.",
        "מגישים לבד? | כן. | עד מרץ.",
        "Dr. Smith vs. J. Jones Inc. was heard.",
        'הספר של י.ל. פרץ ושל ש"י עגנון.',
        "נספח א. רשימת המסמכים הנדרשים.",
        'החברה בע"מ שילמה 3 ש"ח ליח\' ביום.',
        'המחיר (כולל מע"מ!) נקבע.',
    ],
)
def test_what_does_not_end_a_sentence(sentence):
    """Abbreviations, initials, numbers, dates, addresses, list marks and quotations stay inside their sentence."""
    assert split(f"{sentence} המשפט הבא.") == [sentence, "המשפט הבא."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('אמר: "לך." והוא הלך.[12] וזהו', ['אמר: "לך."', "והוא הלך.[12]", "וזהו"], id="closing marks"),
        pytest.param('העלות היא 50. המחיר 3.5 ש"ח. סוף.', ["העלות היא 50.", 'המחיר 3.5 ש"ח.', "סוף."], id="numbers"),
        pytest.param("הוא חייב במס. לכן ישלם.", ["הוא חייב במס.", "לכן ישלם."], id="tax, not number"),
        pytest.param(
            "היא לומדת בכיתה ב'. המורה באה.", ["היא לומדת בכיתה ב'.", "המורה באה."], id="a letter with geresh"
        ),
        pytest.param("כאמור בסעיף א. הוועדה תדון.", ["כאמור בסעיף א.", "הוועדה תדון."], id="a letter that counts"),
        pytest.param("כך!! באמת?! אולי... לא.", ["כך!!", "באמת?!", "אולי...", "לא."], id="several marks"),
        pytest.param("בלי נקודה\n\nפסקה שנייה", ["בלי נקודה", "פסקה שנייה"], id="a blank line"),
        pytest.param("יש להביא:\nתעודה", ["יש להביא:", "תעודה"], id="a colon at the end of a line"),
        pytest.param("- לחם\n- חלב\n• ביצים", ["- לחם", "- חלב", "• ביצים"], id="bullets"),
        pytest.param("1. לחם\n2. חלב\nא. ביצים", ["1. לחם", "2. חלב", "א. ביצים"], id="numbered items"),
        pytest.param("(א) לחם\n(ב) חלב\nיא) ביצים", ["(א) לחם", "(ב) חלב", "יא) ביצים"], id="items in brackets"),
        pytest.param(
            "נוהל חופשות\nעובד רשאי לצאת לחופשה לאחר אישור הממונה עליו במחלקה.",
            ["נוהל חופשות", "עובד רשאי לצאת לחופשה לאחר אישור הממונה עליו במחלקה."],
            id="a heading",
        ),
        pytest.param(
            "עובד רשאי לצאת לחופשה\nלאחר אישור הממונה עליו\nבמחלקה שלו. סוף.",
            ["עובד רשאי לצאת לחופשה\nלאחר אישור הממונה עליו\nבמחלקה שלו.", "סוף."],
            id="wrapped lines",
        ),
        pytest.param(
            "1  רישיון לכלב מעוקר  לשנה  56\n2  רישיון לכלב אחר  לשנה  372\n3  פינוי גזם  למ״ק  85",
            ["1  רישיון לכלב מעוקר  לשנה  56", "2  רישיון לכלב אחר  לשנה  372", "3  פינוי גזם  למ״ק  85"],
            id="rows of a table",
        ),
        pytest.param("יום ד' | סגור\nיום ו' | 9:00-12:00", ["יום ד' | סגור", "יום ו' | 9:00-12:00"], id="cells"),
        pytest.param(
            "5904 | 9590431 | TASE | | RF | 4.61\n5903 | 9590332 | TASE | | RF | 1.98",
            ["5904 | 9590431 | TASE | | RF | 4.61", "5903 | 9590332 | TASE | | RF | 1.98"],
            id="many cells of one word",
        ),
        pytest.param(
            "ילד  שני  ואילך  באותה  קייטנה  זכאי\nלהנחה  של  15%  ממחיר  הקייטנה  המלא.",
            ["ילד  שני  ואילך  באותה  קייטנה  זכאי\nלהנחה  של  15%  ממחיר  הקייטנה  המלא."],
            id="stretched lines",
        ),
        pytest.param(
            "ילד שני – הנחה של 15%. משפחה חד־הורית\n– הנחה של 20%. אין כפל הנחות.",
            ["ילד שני – הנחה של 15%.", "משפחה חד־הורית\n– הנחה של 20%.", "אין כפל הנחות."],
            id="a dash that was wrapped",
        ),
    ],
)
def test_where_sentences_end(text, expected):
    """Terminators, blank lines, list items and headings end a sentence; wrapped lines do not."""
    assert split(text) == expected


WORDS = [
    "שלום",
    "הוועדה",
    'עו"ד',
    'ד"ר',
    "3.5",
    "1.1.2020",
    "א. כהן",
    "ת.ז. חדשה",
    "פרופ' לוי",
    "info@a.co.il",
    "(סעיף 5)",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=5))
def test_sentences_of_an_office_come_apart(given_words):
    """Names, numbers, dates, initials and addresses anywhere in a sentence do not end it; its full stop does."""
    parts = [f"{' '.join(words)} סופו." for words in given_words]
    assert split(" ".join(parts)) == parts


@given(
    st.lists(st.sampled_from(["לצרף תעודה", 'לשלם 3.5 ש"ח לפי ת.ז.', 'לפנות אל ד"ר לוי']), min_size=1, max_size=6),
    st.data(),
)
def test_items_come_apart(items, data):
    """However a list is marked, each item is a sentence of its own."""
    marks = data.draw(st.sampled_from(["{n}. ", "{n}) ", "({n}) ", "1.{n}. ", "- ", "• ", "{letter}. ", "({letter}) "]))
    lines = [marks.format(n=n, letter="אבגדהו"[n - 1]) + item for n, item in enumerate(items, start=1)]
    assert split("\n".join(lines)) == lines
    assert all(map(begins_item, lines))
    assert not any(map(begins_item, items))


def test_a_text_of_blanks_is_one_span():
    """There is nothing to split, and nothing may be lost."""
    assert sentences(" \n \n ") == [(0, 5)]
    assert sentences("") == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", ["." * 20_000 + "א", "אבג דהו. " * 100_000, "?!" * 20_000, "א\n" * 50_000])
def test_strange_texts_take_time_in_proportion(text):
    """A line of dots or a line of megabytes is split in a moment: chunking runs outside the limited process."""
    assert sum(end - start for start, end in sentences(text)) == len(text)
