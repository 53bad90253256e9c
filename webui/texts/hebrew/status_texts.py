# ruff: noqa: S105 - a token is a piece of a word here
"""The Hebrew sentences about the state of Darash and its use, and of the navigation over all settings pages."""

# Where one may go

SETTINGS = "הגדרות"
MINE = "שלי"
OF_TEAM = "הצוות"
OF_SYSTEM = "המערכת"

# Amounts

SIZES = ("{count} בתים", "{count} ק״ב", "{count} מ״ב", "{count} ג״ב", "{count} ט״ב")
PERCENT = "{count}%"
NOT_YET = "אין עדיין"

# The state

STATUS = "מצב המערכת"
STATUS_LEAD = "מה פועל, מה דורש טיפול, וכמה מקום תופסים המסמכים. העמוד מתעדכן מעצמו."
FINE = "תקין"
LOOK = "לטיפול"

CHECKS = "בדיקה"
WORKER = {
    "working": "מסמכים נקראים ברגע זה.",
    "idle": "אין מסמכים שממתינים לקריאה.",
    "stalled": "מסמכים ממתינים ואיש אינו קורא אותם. הפעילו את דרש מחדש, או הריצו לצידו את הפקודה darash worker.",
}
QUEUED = ("מסמך אחד ממתין.", "{count} מסמכים ממתינים.")
FAILED_NONE = "כל המסמכים במאגרים שלכם נקראו."
FAILED = ("מסמך אחד לא נקרא. הסיבה רשומה לצידו.", "{count} מסמכים לא נקראו. הסיבה רשומה לצד כל אחד.")
TO_DOCUMENTS = "למסמכים"
DISK_FINE = "יש מקום בדיסק: {free} פנויים מתוך {total}."
DISK_FULL = "הדיסק כמעט מלא: {free} פנויים מתוך {total}. פנו מקום, אחרת העלאות ותשובות לא יישמרו."
OCR_FINE = "דפים סרוקים נקראים (Tesseract)."
OCR_MISSING = "Tesseract אינו מותקן במחשב הזה, ולכן דפים סרוקים נשארים בלי טקסט."
DATABASE = {"sqlite": "בסיס הנתונים תופס {size} (SQLite).", "postgresql": "בסיס הנתונים תופס {size} (PostgreSQL)."}
INDEX_BROKEN = "האינדקס של המאגר {name} אינו תקין. הריצו במחשב שבו דרש פועל את הפקודה darash reindex."
INDEX_OLD = "האינדקס של המאגר {name} נבנה מחדש, ובינתיים אין בו תוצאות."
UNNAMED_COLLECTION = "שאינו פתוח לכם"

# Model servers

MODEL = "מודל השפה"
NO_MODEL = "לא חובר מודל שפה: התשובות הן משפטים מתוך המסמכים, מילה במילה (מצב ציטוט)."
MODEL_NAME = "המודל: {name}"
MODEL_CONTEXT = "אורך מרבי: {count} אסימונים"
SERVER_FINE = "עונה"
SERVER_WRONG = "לא עונה"
SERVER = "השרת"
FIRST_TOKEN = "עד המילה הראשונה"
RATE = "קצב הכתיבה"
SECONDS = "{count} שניות"
TOKENS_A_SECOND = "{count} אסימונים בשנייה"
BUSY = "נכתבות עכשיו"
WAITING = "ממתינות בתור"
MEASURED = (
    "המהירות נמדדה על התשובה האחרונה מאז ההפעלה.",
    "המהירות נמדדה על {count} התשובות האחרונות מאז ההפעלה.",
)
NOT_MEASURED = "המהירות תופיע כאן אחרי התשובה הראשונה."
MODEL_DOWN = "השרת ענה בשגיאה. בדקו את היומן שלו."

# The embedder

EMBEDDER = "חיפוש לפי משמעות"
EMBEDDER_NAME = "מודל החיפוש: {name}"
EMBEDDER_SHIPPED = "מודל החיפוש שמגיע עם דרש ({name})"
EMBEDDER_MISSING = "מודל החיפוש אינו זמין, ולכן מחפשים לפי מילים בלבד. במחשב שבו דרש פועל: darash embedder status."
UP_TO_DATE = "כל המאגרים מוכנים לחיפוש במודל הזה."
RENEWING = "המאגרים עוברים למודל הזה. עד שהמעבר יסתיים מחפשים בקודם."
WAY = "{done} מתוך {total} קטעים"
ALL_COLLECTIONS = "כל המאגרים"

# Storage

STORAGE = "נפח אחסון"
STORAGE_LEAD = "קובצי המקור, צילומי העמודים והאינדקס של כל מאגר."
COLLECTION = "מאגר"
DOCUMENTS = "מסמכים"
ORIGINALS = "קובצי מקור"
IMAGES = "צילומי עמודים"
INDEX = "אינדקס"
TOTAL = "סך הכול"
SHARE_OF_ALL = "חלקו בנפח"
CLOSED_COLLECTIONS = ("מאגר אחד שאינו פתוח לכם", "{count} מאגרים שאינם פתוחים לכם")
NOTHING_STORED = "עדיין אין מסמכים."

# Use

USE = "שימוש ומשוב"
USE_LEAD = "כמה שואלים, ומה חושבים על התשובות. נספר רק מספר: השאלות עצמן נשארות אצל מי ששאלו."
USE_NONE = "עדיין לא נשאלו שאלות בתקופה הזאת."
QUESTIONS = "שאלות ב־{days} הימים האחרונים"
ASKED = "שאלות"
ASKERS = "אנשים ששאלו"
FOUND_SHARE = "נענו מהמסמכים"
GOOD_SHARE = "משוב חיובי"
ANSWERED = "נענו"
REFUSED = "לא נמצא במסמכים"
BROKEN = "לא הושלמו"
OPINIONS = "משוב ב־{weeks} השבועות האחרונים"
OPINIONS_NONE = "עדיין אין משוב. מתחת לכל תשובה אפשר לסמן אם היא עזרה."
GOOD = "תשובות טובות"
BAD = "תשובות שלא עזרו"
REASONS_HEADING = "מה לא היה בסדר"
DAY = "יום"
WEEK = "שבוע מ־{day}"
WEEKS = "שבוע"
AS_TABLE = "הנתונים כטבלה"
COUNT = "כמה"
BAR = "{label}: {parts}"
PART = "{name} {count}"
CHART_SUMMARY = "תרשים עמודות, {total} בסך הכול. הנתונים מופיעים גם כטבלה מתחתיו."

# What quotation mode is, and how to connect a model

CONNECT = "מצב ציטוט וחיבור מודל שפה"
QUOTED_WHAT = (
    "דרש מוצא את התשובות במסמכים גם בלי מודל שפה. במצב ציטוט התשובה היא המשפטים שעונים על השאלה, כפי שהם כתובים "
    "במסמך, ולצד כל אחד המקור שלו. מודל שפה מנסח מאותם קטעים תשובה רצופה, והמקורות נשארים לצידה."
)
CONNECTED = "מודל שפה מחובר."
CONNECTED_MORE = "איזה, ומה מצבו"
CONNECT_GAINS = "מה מוסיף מודל שפה"
CONNECT_GAINED = (
    "תשובה מנוסחת שמחברת כמה מקורות, ובסופה בדיקה של כל משפט מול המקור.",
    "שאלות המשך: אפשר לשאול ״ומה לגבי אורחים?״ בלי לחזור על השאלה.",
    "סיכום של מסמך שלם, והשוואה בין מסמכים.",
)
CONNECT_HOW = "איך מחברים"
CONNECT_WHO = "את זה עושים פעם אחת, במחשב שבו דרש פועל. אם לא אתם מנהלים אותו, הראו את העמוד הזה למי שכן."
CONNECT_RUN = (
    "מפעילים שרת מודל. למחשב אחד מתאים Ollama, ולמחשב עם כרטיס NVIDIA מתאים vLLM. "
    "כל שרת שתואם ל־API של OpenAI מתאים גם הוא."
)
CONNECT_FOUND = "נמצא שרת פועל במחשב הזה:"
CONNECT_CHOOSE = "בוחרים מודל. הפקודה מראה אילו מודלים מתאימים לכרטיס המסך שלכם ואיך העברית שלהם:"
CONNECT_WRITE = "כותבים את כתובת השרת בקובץ .env שבתיקייה שממנה מפעילים את דרש:"
CONNECT_RESTART = "מפעילים את דרש מחדש, ובודקים שהכול מחובר:"
CONNECT_AWAY = (
    "שימו לב: אם השרת נמצא במחשב אחר, השאלות והקטעים שנמצאו נשלחים אליו. שרת באותו מחשב אינו מוציא דבר החוצה."
)
