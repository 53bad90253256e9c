from indexes.glossary import LONGEST_MEANING, Found
from ingest.defined import MOST_FOUND, defined


def test_the_first_page_that_defines_a_pair_counts() -> None:
    """Each pair of a document is found once, on its first page."""
    texts = [
        "תקנון.",
        "חופשה ללא תשלום (חל״ת) תאושר.",
        'המוסד לביטוח לאומי (מל"ל). חל"ת – חופשה ללא תשלום',
    ]
    assert defined(texts) == [
        Found('חל"ת', "חופשה ללא תשלום", 2),
        Found('מל"ל', "המוסד לביטוח לאומי", 3),
    ]


def test_a_document_cannot_flood_a_glossary() -> None:
    """Of a document with endless definitions some are taken, and of those with endless names none."""
    letters = "אבגדהזחטיכלמנסעפצקרשת"
    names = (f"{a}{b}{c}" for a in letters for b in letters for c in letters)
    text = "\n".join(f'{a}אאא {b}ווו {c}ששש ({a}{b}"{c})' for a, b, c in names)
    assert len(defined([text])) == MOST_FOUND
    assert defined([f'"{"אבגד " * LONGEST_MEANING}" (בקיצור: "אבג")']) == []
