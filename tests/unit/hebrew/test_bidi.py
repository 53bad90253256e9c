"""From screen order back to reading order, against a forward algorithm written here from the rules of the standard."""

import re
import unicodedata
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hebrew.bidi import direction_of, logical_glyphs, reads_reversed, visual_to_logical
from hebrew.normalise import clean

MIRRORED = dict(zip("()[]{}<>", ")(][}{><", strict=True))


def kind(character: str) -> str:
    return {"AL": "R", "WS": "ON", "S": "ON", "B": "ON", "NSM": "ON", "BN": "ON"}.get(
        unicodedata.bidirectional(character), unicodedata.bidirectional(character)
    )


def logical_to_visual(line: str, base: str = "R") -> str:
    """UAX #9 for one line without marks, explicit controls and Arabic digits: W4-W7, N0-N2, I1-I2, L2, L4."""
    kinds = with_brackets(line, with_numbers([kind(each) for each in line], base), base)
    side = ["R" if each == "EN" else each for each in kinds]
    start = 0
    for is_neutral, run in groupby(side, key=lambda each: each == "ON"):  # N1, N2
        end = start + len(list(run))
        if is_neutral:
            before = side[start - 1] if start else base
            after = side[end] if end < len(side) else base
            kinds[start:end] = [before if before == after else base] * (end - start)
        start = end
    levels = [{"R": 1, "EN": 2, "L": 2 if base == "R" else 0}[each] for each in kinds]
    shown = [MIRRORED.get(each, each) if level % 2 else each for each, level in zip(line, levels, strict=True)]
    return "".join(each for each, _ in reordered(reordered(list(zip(shown, levels, strict=True)), 2), 1))


def with_numbers(kinds: list[str], base: str) -> list[str]:
    for i in range(1, len(kinds) - 1):  # W4
        if kinds[i - 1] == kinds[i + 1] == "EN" and kinds[i] in ("ES", "CS"):
            kinds[i] = "EN"
    text = "".join({"EN": "n", "ET": "t"}.get(each, "o") for each in kinds)
    for match in re.finditer("t*n[nt]*", text):  # W5
        kinds[match.start() : match.end()] = ["EN"] * len(match.group())
    kinds = ["ON" if each in ("ES", "CS", "ET") else each for each in kinds]  # W6
    strong = base
    for i, each in enumerate(kinds):  # W7
        strong = each if each in ("L", "R") else strong
        kinds[i] = "L" if each == "EN" and strong == "L" else each
    return kinds


def with_brackets(line: str, kinds: list[str], base: str) -> list[str]:
    opened: list[tuple[str, int]] = []
    pairs = []
    for i, each in enumerate(line):
        if each in "([{":
            opened.append((MIRRORED[each], i))
        elif each in ")]}":
            depth = next((d for d in reversed(range(len(opened))) if opened[d][0] == each), None)
            if depth is not None:
                pairs.append((opened[depth][1], i))
                del opened[depth:]
    for start, end in sorted(pairs):  # N0
        side = ["R" if each == "EN" else each for each in kinds]
        inside = set(side[start + 1 : end]) - {"ON"}
        before = next((each for each in reversed(side[:start]) if each != "ON"), base)
        if inside:
            kinds[start] = kinds[end] = base if base in inside else before
    return kinds


def reordered(shown: list[tuple[str, int]], level: int) -> list[tuple[str, int]]:
    runs = groupby(shown, key=lambda each: each[1] >= level)  # L2
    return [each for inside, run in runs for each in (reversed(list(run)) if inside else run)]


PARTS = st.sampled_from(
    [
        *("שלום", "המועצה", "ב-3", "15/03/2024", "14:30", "03-1234567", "(שלוחה 12)", "[ראו נספח א]", "GPT-4", "17%"),
        *(
            "Python (CPython)",
            'מע"מ',
            "1,250.50",
            "עו\u05f4ד",
            "UTF-8",
            "ה-API",
            "כן,",
            "לא.",
            "(GPT-4 model)",
            "\u20aa40",
        ),
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=8).map(" של ".join))
@example("המודל GPT-4 (Generative Pre-trained Transformer) פותח בידי OpenAI בשנת 2023.")
def test_mixed_lines_come_back(line: str) -> None:
    """Numbers, brackets and English between Hebrew words return to their places.

    Without Hebrew between them they cannot always: `2023 OpenAI` and `OpenAI 2023` look the same on the screen.
    """
    assert visual_to_logical(logical_to_visual(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        "הפגישה תתקיים בתאריך 15/03/2024 בשעה 14:30 (שעון ישראל) במשרדי החברה.",
        "לבירורים: טלפון 03-1234567, נייד 054-7654321, פקס +972-3-7654321 (שלוחה 12).",
        "דואר אלקטרוני: info@example.org.il, אתר: https://www.example.org/he/page?id=42",
        "מחיר המוצר הוא \u20aa1,250.50 (כולל מע\"מ 17%), כלומר כ-$340 או \u20ac315.",
        "גרסה 2.1.0 של Python (CPython) תומכת ב-Unicode, UTF-8 ו-ISO 8859-8.",
        "לפי סעיף 12(ב)(3) לחוק החברות, התשנ\"ט-1999, הדירקטוריון רשאי להחליט.",
        "טמפרטורות: מינימום -5°C, מקסימום 37.5°C; לחות יחסית 45%-60%.",
        "המשוואה היא x = 3 + 4y, והתוצאה [ראו נספח א] שווה ל-7.",
        "בין השנים 1988\u20131995 נרשמה עלייה של 15.5% במספר המבקרים (כ-2,500,000 איש).",
        "הקובץ report_final_v2.pdf נשמר בתיקייה C:\\Users\\Public\\Docs ביום שני.",
    ],
)  # fmt: skip
def test_lines_come_back_exactly(line: str) -> None:
    """Numbers, brackets, English, addresses and signs return to where they were written."""
    assert visual_to_logical(logical_to_visual(line)) == line


def test_a_line_of_english_with_hebrew_comes_back() -> None:
    """With a base direction from left to right, only the Hebrew inside is turned."""
    line = "The word שלום עולם means hello world (1995)."
    assert visual_to_logical(logical_to_visual(line, "L"), base_rtl=False) == line


def test_points_stay_with_their_letters() -> None:
    """Niqqud follows its letter before and after turning."""
    assert visual_to_logical("ם\u05b9ול\u05b8ש\u05c1") == "ש\u05c1ל\u05b8ום\u05b9"


def test_glyphs_of_several_letters_are_not_turned_inside() -> None:
    """A ligature is one glyph; the indexes say where each glyph stood."""
    assert logical_glyphs(["ם", "אל", "ש"]) == [(2, "ש"), (1, "אל"), (0, "ם")]


def test_brackets_are_mirrored_only_in_hebrew() -> None:
    """A bracket within English keeps its shape, one within Hebrew takes the other."""
    assert logical_glyphs(["(", "א", ")"]) == [(2, "("), (1, "א"), (0, ")")]
    assert [text for _, text in logical_glyphs(["a", "(", "b", ")"], base_rtl=False)] == ["a", "(", "b", ")"]


def test_an_empty_line_stays_empty() -> None:
    """There is nothing to turn in an empty line."""
    assert visual_to_logical("") == ""


@pytest.mark.parametrize(
    ("text", "direction"),
    [("שלום", "rtl"), ("GPT-4 הוא מודל שפה", "rtl"), ("Hello", "ltr"), ("12:30", "ltr"), ("", "ltr"),
     ("A long English sentence that quotes one word, שלום, of Hebrew", "ltr")],
)  # fmt: skip
def test_direction(text: str, direction: str) -> None:
    """A fifth of Hebrew letters makes a text Hebrew; a text without letters reads from the left."""
    assert direction_of(text) == direction


def test_reversed_hebrew_is_told_from_hebrew() -> None:
    """A paragraph written letter by letter from the left is recognised; the same paragraph as it should be is not."""
    text = "החלטת הוועדה היא סופית, ואין עליה ערעור אלא אם נמצא בה פגם. כל תושב רשאי לעיין בפרוטוקולים של המועצה."
    assert not reads_reversed(text)
    assert reads_reversed(text[::-1])
    assert not reads_reversed("no Hebrew at all")


@pytest.mark.data
def test_real_lines_come_back(data_folder: Path) -> None:
    """Of the lines of the extraction truth, all but the truly ambiguous come back exactly."""
    texts = [path.read_text("utf-8") for path in sorted((data_folder / "extraction").glob("chromium__*.txt"))]
    lines = {clean(line) for text in texts for line in text.split("\n")}
    plain = [line for line in lines if line and not any(unicodedata.combining(each) for each in line)]
    exact = sum(visual_to_logical(logical_to_visual(line)) == line for line in plain)
    assert len(plain) - exact <= 1 < len(plain)


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("התכז (Light Soil Productions Ltd.) תרבח", "חברת (Light Soil Productions Ltd.) זכתה"),
        ("התכז Green Valley Ltd. תרבח", "חברת Green Valley Ltd. זכתה"),
        (".Green Valley תרבח", "חברת Green Valley."),
        ("םע NET Framework. לע", "על .NET Framework עם"),
    ],
)
def test_the_full_stop_of_a_foreign_name_stays_with_it(shown, meant):
    """A name that was set apart keeps its full stop; that of a Hebrew sentence, or of a word, is elsewhere."""
    assert visual_to_logical(shown) == meant


def test_a_bracket_with_a_point_is_mirrored() -> None:
    """What hangs on a bracket, as points set apart may, does not keep it from being turned."""
    assert [text for _, text in logical_glyphs(["(", "ב", "א", ")\u05b0"])] == ["(\u05b0", "א", "ב", ")"]
