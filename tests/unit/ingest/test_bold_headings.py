from ingest.readers.bold_headings import bold_headings

LONG = ("הוועדה תדון בבקשה בתוך שלושים יום.", False)


def test_short_bold_lines() -> None:
    """A bold line that is short, has letters and ends no sentence is a heading; direction marks do not hide that."""
    paragraphs = [
        ("זכאות", True),
        LONG,
        ("מועדים:\u200f", True),
        LONG,
        ("1.1.2026", True),
        LONG,
        ("שימו לב.\u200f", True),
        LONG,
    ]
    assert bold_headings(paragraphs) == {0, 2}
    assert bold_headings([("א" * 90, True), LONG]) == set()


def test_a_title_and_a_heading_may_follow_each_other() -> None:
    """Two bold lines in a row are headings, three are a bold text."""
    others = [LONG] * 4
    assert bold_headings([("נוהל", True), ("כללי", True), *others]) == {0, 1}
    assert bold_headings([("שורה", True), ("שורה,", True), ("שורה", True), *others]) == set()


def test_where_all_is_bold_nothing_is_a_heading() -> None:
    """Bold says something only where most is not bold."""
    assert bold_headings([("א", True), LONG, ("ב", True), ("ג", True)]) == set()
    assert bold_headings([]) == set()
