"""The Hebrew sentences about what was said: what can be done with it, and what the marks on it mean."""

# Below questions and answers

TOOLS_OF_QUESTION = "פעולות על השאלה"
TOOLS_OF_ANSWER = "פעולות על התשובה"
TOOLS = {
    "copy": "העתקה עם המקורות",
    "again": "תשובה נוספת לאותה שאלה",
    "edit": "עריכת השאלה",
    "good": "תשובה טובה",
    "bad": "תשובה לא טובה",
}
COPY_TEXT = "העתקה כטקסט בלבד"
COPY_CODE = "העתקת הקוד"
TABLE = "טבלה"
BRANCHES_OF_QUESTION = "נוסחים של השאלה"
BRANCHES_OF_ANSWER = "תשובות לאותה שאלה"
BRANCH = "{number} מתוך {total}"
PREVIOUS_BRANCH = "לקודמת"
NEXT_BRANCH = "לבאה"
EARLIER = "להצגת ההודעות הקודמות"

# What stands in an answer

SOURCES = "מקורות"
WHAT_IS_VERIFIED = "מה נבדק?"
HOW_VERIFIED = (
    "לצד כל משפט מופיע מספר של מקור. דרש השווה את המספרים, התאריכים והמילים של המשפט לקטע שבמקור. "
    "משפט שלא נמצא שם במלואו מסומן בקו מנוקד. הבדיקה אינה מבינה הכול: לפני החלטה חשובה קראו את המקור עצמו."
)
WHY_MARKED = "הטקסט של העמוד הזה לא נקרא בוודאות, וייתכנו בו שגיאות במספרים ובשמות. פתחו את המקור והשוו לתמונת העמוד."

# What somebody says of an answer

BAD_HEADING = "מה לא טוב בתשובה?"
BAD_TEXT = "מי שמנהל את דרש יראה מה שתכתבו, יחד עם השאלה והתשובה. כך אפשר לשפר את החיפוש."
BAD_REMARK = "במילים שלכם (לא חובה)"
BAD_SEND = "שליחה"
BAD_CANCEL = "ביטול"
REASONS = {
    "wrong": "התשובה שגויה",
    "not_in_source": "זה לא כתוב במקור",
    "missing": "חסר בה משהו חשוב",
    "wrong_source": "המקור לא נכון או לא מעודכן",
    "unclear": "התשובה לא ברורה",
    "refused": "אין תשובה, אף שהיא כתובה במסמכים",
    "language": "העברית לא תקינה",
}

# Before the first question

BEGIN_TRY = "אפשר להתחיל באחת מאלה:"

# What the page's own scripts say

SCRIPT = {
    "whyDoubtful": "דרש השווה את המשפט למקור שלצידו ולא מצא שם את כל מה שנאמר בו. כדאי לפתוח את המקור ולבדוק.",
    "started": "השאלה נשלחה. מחפשים במסמכים.",
    "copied": "הועתק",
    "copyFailed": "ההעתקה לא הצליחה. סמנו את הטקסט והעתיקו אותו.",
    "sources": "מקורות:",
    "toEnd": "אל סוף השיחה",
    "editQuestion": "השאלה",
    "editHint": "התשובה הקודמת תישמר, ואפשר לחזור אליה בחצים שמתחת לשאלה.",
    "askEdited": "לשאול",
    "cancelEdit": "ביטול",
    "badThanks": "תודה, נרשם.",
    "goodThanks": "תודה, נרשם שהתשובה טובה.",
    "opinionFailed": "לא הצלחנו לרשום את דעתכם. נסו שוב.",
}
