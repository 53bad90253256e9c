import pytest

from hebrew.initials import spells, unprefixed


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ('חל"ת', "חופשה ללא תשלום"),
        ('מל"ל', "המוסד לביטוח לאומי"),
        ('ועב"ם', "ועדה בין משרדית"),
        ('מנכ"ל', "מנהל כללי"),
        ('רמטכ"ל', "ראש המטה הכללי"),
        ('בג"ץ', "בית המשפט הגבוה לצדק"),
        ('דו"ח', "דין וחשבון"),
        ('מע"מ', "מס ערך מוסף"),
        ('תל"ג', "תוצר לאומי גולמי"),
        ('שב"כ', "שירות הביטחון הכללי"),
        ('יחס"פ', "היחידה לסילוק פצצות"),
    ],
)
def test_a_name_spells_its_acronym(acronym: str, name: str) -> None:
    """The first letters of the words, one or two or three of each, perhaps behind prefixes, are the acronym."""
    assert spells(acronym, name.split())


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ('רש"י', "הפסוק אומר"),
        ('חל"ת', "חופשה בתשלום"),
        ('חל"ת', "חופשה ללא"),
        ('חל"ת', "ימי חופשה ללא תשלום"),
        ('חל"ת', "חופשה ללא תשלום שנתית"),
        ('ע"ר', "רשומה עמותה"),
        ('מ"מ', "מ"),
        ('אב"ג', "אבג"),
    ],
)
def test_other_words_do_not(acronym: str, name: str) -> None:
    """A missing word, another one in front or behind, another order, or a single word spell nothing."""
    assert not spells(acronym, name.split())


@pytest.mark.parametrize(
    ("word", "first_letter", "bare"),
    [
        ("במוסד", "מ", "מוסד"),
        ("שהמוסד", "מ", "המוסד"),
        ("המוסד", "מ", "המוסד"),
        ("מוסד", "מ", "מוסד"),
        ("בבית", "ב", "בית"),
        ("לפקודת", "", "פקודת"),
    ],
)
def test_particles_are_cut_off_the_first_word_of_a_name(word: str, first_letter: str, bare: str) -> None:
    """What was said before a name and is written together with it goes; its article and its own letters stay."""
    assert unprefixed(word, first_letter) == bare
