"""The Hebrew sentences of the command line."""

SAMPLE_COLLECTION = "מאגר לדוגמה"
SAMPLE_QUESTIONS = (
    "כמה ימים מראש צריך לבקש חל״ת ארוכה?",
    "עד מתי אפשר להגיש הצעה למכרז הגינון?",
    "אחרי כמה זמן נמחקים צילומי המצלמות?",
    "יש הנחה לילד שני בקייטנה?",
)
"""What can be asked about the samples: the first that is suggested on a new installation."""

LRM = "\u200e"
"""Keeps the cells of a table in their order, whatever is in them."""

MODEL_COLUMNS = ("מודל", "פרמטרים", "הקשר", "16 סיביות", "8", "4", "עברית", "שימוש מסחרי", "רישיון", "הערות")
MODEL_EXPLAINED = """\
פרמטרים: במיליארדים; בסוגריים, כמה מהם פועלים בכל מילה. הקשר: כמה אסימונים (tokens) המודל נבנה לקרוא.
16, 8, 4 סיביות: זיכרון של כרטיס מסך ב-GB שנחוץ לשיחה אחת של {context:,} אסימונים; מקף: אין משקלים כאלה שאנו מכירים.
עברית: ממוצע המודל במבחן AlephBench (מאי 2026, מתוך 100); סימן שאלה: לא נמדד שם.
שימוש מסחרי: לפי מה שידוע לנו מן הרישיון; הרישיון עצמו הוא הקובע.
מה מתאים לכרטיס שלכם: darash models recommend --vram 24"""

COMMERCIAL = {"yes": "מותר", "terms": "מותר בתנאים", "no": "אסור", "unknown": "לא ידוע"}
MADE_FOR_HEBREW = "לעברית"
BASE_MODEL = "מודל בסיס"
THINKING = {"never": "", "optional": "חושב אם מבקשים", "always": "חושב לפני כל תשובה"}
NOTHING_OF_MEMORY = "גודל השכבות לא ידוע"

FIT_COLUMNS = ("מודל", "סיביות", "שיחות במקביל", "הקשר", "זיכרון GB", "עברית", "שימוש מסחרי", "הערות")
FIT_TITLE = "מה מתאים לכרטיס של {card:g} GB, בהקשר של {context:,} אסימונים ולפחות {users} שיחות במקביל:"
FIT_NOTHING = "אף מודל מוכר אינו מתאים לכרטיס של {card:g} GB בדרישות האלה. אפשר להקטין את --context או את --users."
FIT_MORE = "ועוד {more}; כולם: --all"
FIT_EXPLAINED = """\
בראש: מודלים שיודעים לענות, לפי מדידת העברית שלהם; אחריהם מודלים שלא נמדדו: קודם אלה שנבנו לעברית, אחר כך לפי
הרישיון והגודל.
זיכרון: המשקלים ושיחה אחת, עם 1.5 GB לחישוב, בתוך 90% מהכרטיס. זו הערכה מחושבת, שלא נמדדה על הכרטיס שלכם."""
CHOSEN = "{name}, ב-{bits} סיביות, {users} שיחות במקביל:"
LICENCE = "רישיון: {licence} (שימוש מסחרי: {commercial}). יש לקרוא אותו לפני השימוש."
ON_LOADING = "הכיווץ ל-8 סיביות נעשה בזמן הטעינה; כרטיסים מדור Ada או Hopper ואילך עושים זאת היטב."
OWN_CODE = "המודל מביא קוד משלו, שירוץ על השרת (--trust-remote-code): רק אם אתם סומכים על מי שפרסם אותו."
RUN_COMMAND = "להפעלה על המחשב הזה:"
RUN_COMPOSE = "להפעלה ב-Docker: השורות האלה בקובץ ‎.env‎, ואז docker compose --profile gpu up -d"
CHECKED = "מה נבדק ומה לא:"
UNKNOWN_MODEL = "המודל {name} אינו מוכר. הרשימה: darash models"
DOES_NOT_FIT = "{name} אינו מתאים לכרטיס של {card:g} GB בדרישות האלה: נחוצים לפחות {needed:.0f} GB."
UNKNOWN_NEED = "על {name} אין די נתונים כדי לחשב את הזיכרון שלו."
NO_CARD = "לא נמצא כרטיס מסך של NVIDIA במחשב הזה. אפשר לציין את גודל הזיכרון: darash models recommend --vram 24"
