import pytest

from answers.reading.titles import documents_named

TITLES = {
    "leave": "נוהל חופשה ללא תשלום (חל״ת)",
    "privacy": "נוהל הגנת הפרטיות ואבטחת מידע אישי",
    "fees": "חוזר אגרות והיטלים לשנת 2026",
    "old": "חוזר אגרות והיטלים לשנת 2025",
    "tender": "מכרז פומבי מס׳ 07/2026 – שירותי גינון",
}


@pytest.mark.parametrize(
    ("name", "documents"),
    [
        ("נוהל חופשה ללא תשלום", ["leave"]),
        ("נוהל החופשה", ["leave"]),
        ("הנוהל להגנת הפרטיות", ["privacy"]),
        ("חוזר אגרות והיטלים לשנת 2026", ["fees"]),
        ("מכרז הגינון", ["tender"]),
        ("נוהל הפרטיוות", ["privacy"]),
        ("הנוהל", ["leave", "privacy"]),
        ("חוזר האגרות", ["fees", "old"]),
        ("תקנון החנייה", []),
        ("זכויות עובד בחופשה", []),
        ("", []),
    ],
)
def test_a_name_means_the_documents_whose_titles_say_it(name: str, documents: list[str]) -> None:
    """In any form, with a letter mistaken; several where it says no more than they share."""
    assert sorted(documents_named(name, TITLES)) == sorted(documents)


def test_one_whose_whole_title_was_said_is_meant_alone() -> None:
    """Though the name also fits a longer title."""
    assert documents_named("חוזר אגרות", {"short": "חוזר אגרות", "long": "חוזר אגרות לשנת 2026"}) == ["short"]
