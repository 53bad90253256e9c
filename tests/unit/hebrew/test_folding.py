from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew import acronyms
from hebrew.folding import FOLDING_VERSION, fold_matres, stem, strip_prefix, strip_suffix
from hebrew.letters import FINALS
from hebrew.lexicon import checksum, frequency, is_word
from hebrew.tokens import tokens

WORDS = st.text("אבגדהוזחטיכלמנסעפצקרשת", min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("והעירייה", "עירייה"),
        ("כשהממשלה", "ממשלה"),
        ("לעובדימ", "עובדימ"),
        ("שבחופשה", "חופשה"),
        ("ירושלימ", "ירושלימ"),
        ("1948", "1948"),
        ("בhello", "בhello"),
        ("vhello", "vhello"),
        ("לוועדה", "ועדה"),
        ("מספר", "מספר"),
        ("שקל", "שקל"),
        ("מעמ", "מעמ"),
        ("למעמ", "מעמ"),
        ('ב"כ', 'ב"כ'),
    ],
)
def test_prefixes_are_cut_off_before_known_words(word, expected):
    """A legal string of prefix letters goes when a known word is left that explains the whole, or a known acronym."""
    assert strip_prefix(word) == expected


def test_an_unknown_remainder_keeps_its_prefix():
    """What is no word after cutting was no prefix."""
    assert not is_word("קקקקקק")
    assert strip_prefix("הקקקקקק") == "הקקקקקק"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ספרימ", "ספר"),
        ("ספריהמ", "ספר"),
        ("ספרותיהמ", "ספר"),
        ("שירות", "שיר"),
        ("ימ", "ימ"),
        ("abcה", "abcה"),
        ("תהליכ", "תהליכ"),
    ],
)
def test_suffixes_are_cut_off_leaving_three_letters(word, expected):
    """The longest ending goes that leaves a stem."""
    assert strip_suffix(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("policies", "policy"),
        ("houses", "house"),
        ("files", "file"),
        ("class", "class"),
        ("virus", "virus"),
        ("bus", "bus"),
    ],
)
def test_english_plurals_are_folded(word, expected):
    """As in Harman's S stemmer, and only behind the surface form."""
    assert strip_suffix(word) == stem(word) == expected
    assert strip_prefix(word) == word


@pytest.mark.parametrize(
    ("full", "defective"), [("תוכנית", "תכנית"), ("וועדה", "ועדה"), ("אמריקאיימ", "אמריקאימ"), ("שיכונימ", "שכונימ")]
)
def test_full_and_defective_spelling_are_one(full, defective):
    """A word is found however many of its vowel letters are written."""
    assert fold_matres(full) == fold_matres(defective)


@pytest.mark.parametrize(
    "forms",
    [
        ("חופשה", "החופשה", "בחופשה", "חופשות"),
        ("עובד", "העובד", "עובדים", "לעובדים", "ועובדיה"),
        ("תוכנית", "התכנית", "תוכניות", "לתכניות"),
        ("משרד", "המשרד", "במשרד"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    """Prefix, number, possession and spelling do not change the stem."""
    assert len({stem(token) for form in forms for token in tokens(form)}) == 1


@given(WORDS)
def test_folding_keeps_something_and_only_shortens(word):
    """No fold makes a word empty or longer, and each is a pure function."""
    for fold in (strip_prefix, strip_suffix, fold_matres, stem):
        assert 0 < len(fold(word)) <= len(word)
        assert fold(word) == fold(word)


def test_the_lexicon_knows_how_common_words_are():
    """Common words have high counts, nonsense has none, and words are held with folded final letters."""
    assert frequency("של") > frequency("ממשלה") > frequency("פסנתר") > 0
    assert frequency("קקקקקק") == 0
    assert frequency("שלום".translate(FINALS)) > 0 == frequency("שלום")


SAMPLE = 'והעירייה הוועדה משרד בית לעובדיהם 1,250 1.1.2020 ב"הארץ" צה"ל תוכניותיהם שבבית־הספר Wi-Fi כשמגיעים מהמשרדים'
SAMPLE += ' לעו"ד י"ב 3.04.26 50% policies'
PINNED = ("2", "01fe1d6c")


def test_the_version_is_raised_when_the_folding_changes():
    """When this fails, raise the number in FOLDING_VERSION and pin both anew: old indexes must not be searched so."""
    folded = [fold(token) for token in tokens(SAMPLE) for fold in (str, strip_prefix, stem)]
    digest = blake2b(" ".join(folded).encode(), digest_size=4).hexdigest()
    assert (FOLDING_VERSION.partition("-")[0], digest) == PINNED


def test_the_version_follows_the_lexicon_and_the_acronyms():
    """Another list of either gives another version, so an index cannot mix two."""
    assert FOLDING_VERSION.endswith(checksum() + acronyms.checksum())
    assert FOLDING_VERSION.partition("-")[0].isdigit()
