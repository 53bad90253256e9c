import pytest

from hebrew.definitions import definitions

COUNCIL = "המועצה המקומית נחל שקמים"


@pytest.mark.parametrize(
    "defined",
    [
        f'{COUNCIL} (להלן: "המועצה") מזמינה',
        f"{COUNCIL} (להלן – המועצה) מזמינה",
        f"{COUNCIL} (להלן: המועצה) מזמינה",
        f"{COUNCIL} (להלן המועצה) מזמינה",
        f"{COUNCIL} (ולהלן: \u201cהמועצה\u201d) מזמינה",
        f"{COUNCIL} (להלן בנוהל זה: ״המועצה״) מזמינה",
        f'{COUNCIL}, להלן: "המועצה", מזמינה',
        f'{COUNCIL} - להלן "המועצה" - מזמינה',
        f'{COUNCIL} (בקיצור: "המועצה") מזמינה',
        "המועצה המקומית\nנחל שקמים\n(להלן:\n״המועצה״) מזמינה",
        f'פנו בכתב אל {COUNCIL} (להלן: "המועצה").',
        f'הודעה. לפי החלטת {COUNCIL} (להלן: "המועצה").',
    ],
)
def test_hereafter_gives_a_name_to_what_it_repeats(defined: str) -> None:
    """The long name begins at the word that the short one repeats, however both are marked."""
    assert definitions(defined) == [("המועצה", COUNCIL)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("לקרן הסיוע לסטודנטים (להלן: הקרן) יש", ("הקרן", "קרן הסיוע לסטודנטים")),
        ("לוועדת המכרזים של החברה (להלן: הוועדה)", ("הוועדה", "ועדת המכרזים של החברה")),
        (
            "לפי סעיף 4 לחוק נכי רדיפות הנאצים, התשי״ז-1957 (להלן – החוק), ובאישור",
            ("החוק", 'חוק נכי רדיפות הנאצים, התשי"ז-1957'),
        ),
        (
            'לפי חוק שירות המדינה (מינויים), התשי"ט-1959, להלן "החוק", ובתוקף',
            ("החוק", 'חוק שירות המדינה (מינויים), התשי"ט-1959'),
        ),
        ("לפי סעיף 46 לפקודת מס הכנסה (להלן- הפקודה), ובאישור", ("הפקודה", "פקודת מס הכנסה")),
        ('הסכם בין חברת גנים ירוקים בע"מ (להלן: "הקבלן")', ("הקבלן", 'חברת גנים ירוקים בע"מ')),
        ("מצד אחד: משרד החינוך (להלן: ״המזמין״)", ("המזמין", "משרד החינוך")),
        ("חלוקה היא ״ללא קנאה מלבד החפץ הקטן״ (בקיצור: EFX).", ("EFX", "ללא קנאה מלבד החפץ הקטן")),
    ],
)
def test_where_a_long_name_begins(text: str, pair: tuple[str, str]) -> None:
    """Laws keep their brackets and years, parties follow "between" or a colon, quotes hold whole names."""
    assert definitions(text) == [pair]


def test_several_names_after_one_hereafter() -> None:
    """Each of the names stands for the long one that the first of them tells."""
    expected = [("המועצה", COUNCIL), ("המזמינה", COUNCIL)]
    assert definitions(f'{COUNCIL} (להלן: "המועצה" או "המזמינה")') == expected
    assert definitions(f"{COUNCIL} (להלן: המועצה ו/או המזמינה)") == expected


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("פנו אל המוסד לביטוח לאומי (המל״ל) בטלפון", ('מל"ל', "המוסד לביטוח לאומי")),
        ("במוסד לביטוח לאומי (מל''ל)", ('מל"ל', "מוסד לביטוח לאומי")),
        ("תוקם ועדה בין-משרדית (ועב\u05f4ם) לנושא", ('ועב"ם', "ועדה בין-משרדית")),
        ("תוקם ועדה בין\u05beמשרדית (ועב״ם)", ('ועב"ם', "ועדה בין\u05beמשרדית")),
        ("מל״ל (המוסד לביטוח לאומי) ישלם", ('מל"ל', "המוסד לביטוח לאומי")),
        ("תביעה מהמל״ל (המוסד לביטוח לאומי, ירושלים)", ('מל"ל', "המוסד לביטוח לאומי")),
        ("המוסד לביטוח לאומי (בקיצור: מל״ל) ישלם", ('מל"ל', "המוסד לביטוח לאומי")),
        ("המוסד לביטוח לאומי (להלן: ״המל״ל״) ישלם", ('מל"ל', "המוסד לביטוח לאומי")),
        ("• חל״ת – חופשה ללא תשלום, לפי התקנון", ('חל"ת', "חופשה ללא תשלום")),
        ("בשנים האחרונות יצאו לחופשה ללא תשלום (חל״ת) רבים", ('חל"ת', "חופשה ללא תשלום")),
    ],
)
def test_an_acronym_beside_its_name(text: str, pair: tuple[str, str]) -> None:
    """Letters tell exactly where the name begins, on whichever side of the brackets it stands."""
    assert definitions(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "התנאים הם כמפורט להלן: ותק, השכלה וניסיון.",
        "להלן רשימת המסמכים: תעודת זהות, ספח ואישור.",
        "להלן פירוט השעות (להלן בטבלה).",
        "כמו שנאמר (להלן לו ט) ולא תסוב נחלה.",
        "כפי שיפורט (ראו להלן סעיף 4).",
        "ראו ההסבר (להלן סעיף 4) של ההסכם.",
        "השחקן בכלים הלבנים (להלן: ״הלבן״) מתחיל.",
        "מי שנעדר מעבודתו בשל המצב (להלן: ״נעדר״) ידווח.",
        "ינון כהן (ש״ס): אני מתנגד.",
        "״כי טוב הוא לאדם״ (רש״י).",
        "המרחק הוא חמישה קילומטרים (ק״מ).",
        "חמש מאות שקלים (500 ש״ח) לחודש.",
        "הישיבה (י״ב בטבת) נדחתה; ח״כ רבים (מהאופוזיציה) לא באו.",
        "המועצה (להלן: ״המועצה״) תפעל.",
        "עמותת עטרת רבקה (ע״ר) ועמותת קול אריה (ע״ר)",
        "השוכר מצהיר כי קרא את ההסכם כולו (להלן: ״ההסכם״).",
    ],
)
def test_what_is_no_definition(text: str) -> None:
    """Lists, places, verses, parties in brackets, units, and short names whose long one cannot be told give nothing."""
    assert definitions(text) == []


def test_a_pair_is_told_once() -> None:
    """The same definition in two places of a text is one pair."""
    text = "חופשה ללא תשלום (חל״ת) תאושר.\n\nחל״ת – חופשה ללא תשלום"
    assert definitions(text) == [('חל"ת', "חופשה ללא תשלום")]
