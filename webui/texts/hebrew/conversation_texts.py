"""The Hebrew sentences about one's conversations: their list, what their questions search, the keyboard."""

# The list at the side

SEARCH = "חיפוש בשיחות"
NOTHING_FOUND = "אין שיחה שיש בה כל המילים האלה."
PINNED = "נעוצות"
TODAY = "היום"
YESTERDAY = "אתמול"
LAST_DAYS = "בשבוע האחרון"
MONTHS = (
    "ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר",
)  # fmt: skip
MORE = "שיחות ישנות יותר"
ACTS = "פעולות בשיחה: {title}"
PIN = "נעיצה בראש הרשימה"
UNPIN = "ביטול הנעיצה"
RENAME = "שינוי השם"


def found(count: int) -> str:
    """How many conversations have what was looked for."""
    return {0: NOTHING_FOUND, 1: "נמצאה שיחה אחת"}.get(count, f"נמצאו {count} שיחות")


# What a question searches

SEARCHED = "מחפשים ב:"
CHOOSE = "במה לחפש"
CHOOSE_LEAD = "הבחירה נשמרת עם השיחה."
ALL_COLLECTIONS = "כל המאגרים"

# The keyboard. Keys are called by what is printed on them.

SHORTCUTS = "קיצורי מקלדת"
KEYS = (
    (("Enter",), "שליחת השאלה"),
    (("Shift", "Enter"), "שורה חדשה בשאלה"),
    (("/",), "אל תיבת השאלה"),
    (("Esc",), "עצירת התשובה, או סגירה של מה שנפתח"),
    (("Alt", "N"), "שיחה חדשה"),
    (("Ctrl", "K"), "חיפוש בשיחות"),
    (("Alt", "↑"), "השיחה הקודמת ברשימה"),
    (("Alt", "↓"), "השיחה הבאה ברשימה"),
    (("Alt", "S"), "המקור הבא בתשובה האחרונה"),
    (("?",), "החלון הזה"),
)
SINGLE_KEYS = "גם קיצורים של תו אחד (/ או ?) פועלים"
"""They can be switched off: who speaks to the computer may say such a sign by chance (WCAG 2.1, 2.1.4)."""

# What the page's own scripts say

SCRIPT = {
    "conversationDeleted": "השיחה נמחקה.",
    "undo": "ביטול",
    "changeFailed": "השינוי לא נשמר. נסו שוב בעוד רגע.",
    "newTitle": "השם החדש של השיחה",
    "pin": PIN,
    "unpin": UNPIN,
    "allCollections": ALL_COLLECTIONS,
    "andMore": "{names} ועוד {count}",
}
