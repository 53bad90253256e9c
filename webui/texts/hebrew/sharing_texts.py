"""The Hebrew sentences about sharing and exporting conversations."""

SHARE_AND_EXPORT = "שיתוף וייצוא"
TAKE_ANSWER = "שמירת התשובה"
WORD = "Word"
PDF = "PDF"
MARKDOWN = "Markdown"

# The page of one conversation

SHARE_LEAD = (
    "שיתוף הוא צילום של השיחה ברגע זה, לקריאה בלבד: השאלות, התשובות ושמות המקורות. "
    "הוא אינו פותח את המסמכים עצמם, ומה שתשאלו בהמשך לא ייכנס אליו."
)
EMPTY = "בשיחה הזאת אין עדיין תשובה שאפשר לשתף או לייצא."
LINK_HEADING = "קישור לצפייה"
LINK_LEAD = "מי שהקישור בידיו יכול לקרוא את השיחה בלי להיכנס לדרש. שלחו אותו רק למי שמותר לו לראות אותה."
MAKE_LINK = "יצירת קישור"
LINK_MADE = "הקישור מוכן. הוא מוצג פעם אחת בלבד, ולכן כדאי להעתיק אותו עכשיו."
LINK = "הקישור"
TEAM_HEADING = "שיתוף עם אנשים בצוות"
TEAM_LEAD = "השיחה תופיע אצלם בעמוד השיתופים, אחרי כניסה לדרש."
GROUPS = "קבוצות"
PEOPLE = "אנשים"
NOBODY = "אין עדיין אנשים נוספים בצוות."
SHARE_WITH = "שיתוף"
CHOOSE_SOMEBODY = "לא נבחר אף אחד. סמנו לפחות אדם אחד או קבוצה אחת ונסו שוב."
HOW_LONG = "לכמה זמן"
DAYS = {1: "יום", 7: "שבוע", 30: "חודש", 90: "שלושה חודשים"}
WITH_PASSAGES = "לכלול גם את הקטעים המצוטטים מתוך המסמכים"
NOT_FOR_GUESTS = "שיתוף פתוח לאנשי הצוות בלבד. אפשר לשמור את השיחה בקובץ."
NAMES_BETWEEN = ", "

EXPORT_HEADING = "שמירה בקובץ"
EXPORT_LEAD = "השיחה עם כל המקורות והקטעים המצוטטים, לפי מה שמותר לכם לקרוא עכשיו."
TABLE_OF_SOURCES = "טבלת המקורות (CSV)"
LIST_OF_DOCUMENTS = "רשימת המסמכים (CSV)"

# Lists of shares

SHARES = "שיחות ששותפו"
SHARES_LEAD = "מה ששיתפתם עם אחרים, ומה שאחרים שיתפו אתכם."
MADE_HERE = "השיתופים של השיחה הזאת"
MADE_BY_ME = "שיתפתי"
OPENED_TO_ME = "שותפו איתי"
NONE_MADE = "עוד לא שיתפתם שיחות. בכל שיחה יש קישור ״שיתוף וייצוא״."
NONE_OPENED = "עוד לא שיתפו אתכם בשיחה."
HAS_LINK = "קישור"
BY = "מאת {name}"
WITH = "עם {names}"
SINCE = "מתאריך {day}"
UNTIL = "עד {day}"
PASSAGES_IN = "עם הקטעים המצוטטים"
PASSAGES_OUT = "בלי הקטעים המצוטטים"
REVOKE = "ביטול השיתוף"
REVOKE_QUESTION = "מי שקיבל את השיתוף לא יוכל לפתוח אותו עוד. אי אפשר להחזיר אותו, רק ליצור חדש."
REVOKE_SURE = "לבטל"
REVOKED = "השיתוף בוטל."
MANAGE = "ניהול"

# A shared conversation, as others see it

SHARED_LEAD = "עותק לקריאה בלבד של שיחה עם דרש, מתאריך {day}. פתוח עד {until}."
SHARED_NOTICE = "התשובות נכתבו בידי תוכנה מתוך המסמכים הרשומים כמקורות. לפני שמסתמכים עליהן, כדאי לבדוק במקור."
QUESTION = "שאלה"
ANSWER = "תשובה"
SOURCES = "מקורות"
WITHHELD = "התשובה הייתה מורכבת מקטעים מתוך המסמכים, והם אינם כלולים כאן."
SHARE_GONE = "הקישור אינו פעיל: ייתכן שפג תוקפו או שהשיתוף בוטל. אפשר לבקש קישור חדש ממי ששלח אותו."

# Files

EXPORTED = "נשמר מתוך דרש בתאריך {day}."
FILE_OF_CONVERSATION = "שיחה"
FILE_OF_ANSWER = "תשובה"
FILE_OF_DOCUMENTS = "מסמכים - {name}"
SOURCE_COLUMNS = ("שאלה", "מספר", "מסמך", "מקום", "הקטע המצוטט")
DOCUMENT_COLUMNS = ("שם", "קובץ", "תיקייה", "עמודים", "מצב", "נוסף בתאריך")
