"""Every Hebrew sentence of the web, in one place. Knows nothing of pages, components or routes.

Direction marks never appear here: pages set directions with markup.
"""

# The page

TITLE = "דרש"
TAGLINE = "תשובות מתוך המסמכים שלכם"
VIEW_TALK = "שיחה"
VIEW_DOCUMENTS = "מסמכים"
VIEWS = "תצוגה"
MENU = "רשימת השיחות"
LOADING = "רק רגע…"

# Conversations

NEW_CONVERSATION = "שיחה חדשה"
CONVERSATIONS = "שיחות קודמות"
NO_CONVERSATIONS = "כאן יופיעו השיחות שלכם."
UNTITLED = "שיחה ללא שם"
DELETE_CONVERSATION = "מחיקת השיחה"

# Asking and answering

CHAT = "השיחה"
QUESTION = "השאלה"
QUESTION_PLACEHOLDER = "מה תרצו לדעת?"
STOP = "עצירה"
ASK_AGAIN = "לשאול שוב"
SEARCHING = "מחפשים במסמכים…"
EMPTY_HEADING = "מה תרצו לדעת?"
EMPTY_TEXT = (
    "שואלים בעברית, ומקבלים תשובה מתוך המסמכים שלכם. לצד כל משפט מופיע מספר: לחיצה עליו פותחת את העמוד שממנו נלקח."
)
SUGGESTIONS = (
    "כמה ימים מראש צריך לבקש חל״ת ארוכה?",
    "עד מתי אפשר להגיש הצעה למכרז הגינון?",
    "אחרי כמה זמן נמחקים צילומי המצלמות?",
    "יש הנחה לילד שני בקייטנה?",
)
QUOTED_BANNER = "מצב ציטוט: לא חובר מודל שפה, ולכן התשובות הן משפטים מתוך המסמכים, מילה במילה."
QUOTED_HOW = "כדי לקבל תשובות מנוסחות, הפעילו שרת מודל (למשל vLLM או Ollama), רשמו את כתובתו במשתנה DARASH_MODEL_URL והפעילו את דרש מחדש."
QUOTED_MORE = "איך מחברים מודל?"
NOT_KEPT = "אי אפשר לשמור את השאלה כרגע: אין מקום בדיסק של השרת או שבסיס הנתונים אינו עונה. נסו שוב בעוד רגע."
CONVERSATION_GONE = "השיחה הזאת נמחקה או אינה שלכם. אפשר להתחיל שיחה חדשה."
CITATION = "{title}, עמוד {page}"

PROBLEMS = {
    "empty_question": "לא נשאלה שאלה. כתבו שאלה ונסו שוב.",
    "too_long": "השאלה ארוכה מדי. קצרו אותה ונסו שוב.",
    "model_error": "שרת המודל החזיר שגיאה באמצע התשובה. מה שנכתב עד כה נשמר.",
    "model_unavailable": "שרת המודל אינו עונה. ודאו שהוא פועל ונסו שוב.",
    "model_refused": "שרת המודל דחה את הבקשה: מפתח הגישה אינו נכון. בדקו את DARASH_MODEL_API_KEY.",
    "model_dropped": "החיבור לשרת המודל נקטע באמצע התשובה. מה שנכתב עד כה נשמר.",
    "model_slow": "שרת המודל לא השיב בזמן. אפשר לנסות שוב בעוד רגע.",
    "model_cut": "התשובה הגיעה לאורך המרבי ונקטעה.",
    "search_failed": "החיפוש במסמכים נכשל. אם זה חוזר, הריצו במחשב שבו דרש פועל את הפקודה darash doctor.",
    "stopped": "התשובה נעצרה לפני סופה.",
    "interrupted": "השרת הופסק באמצע התשובה. מה שנכתב עד כה נשמר.",
}
PROBLEM_UNKNOWN = "משהו השתבש בדרך לתשובה. מה שנכתב עד כה נשמר, ואפשר לשאול שוב."

# The source panel

SOURCE = "המקור"
CLOSE = "סגירה"

# Documents

DROP_HEADING = "הוספת מסמכים"
DROP_TEXT = "גררו לכאן קבצים, או"
CHOOSE_FILES = "בחרו מהמחשב"
DROP_FORMATS = "קובצי PDF, Word, HTML וטקסט. הם נשמרים בשרת שלכם ואינם יוצאים ממנו."
DOCUMENTS_HEADING = "המסמכים"

# What the page's own scripts say

SCRIPT = {
    "deleteConversation": "למחוק את השיחה?",
    "deleteConversationText": "השאלות והתשובות יימחקו, ולא יהיה אפשר להחזיר אותן. המסמכים יישארו.",
    "deleteDocument": "למחוק את המסמך «{name}»?",
    "deleteDocumentText": "הוא יוסר מהחיפוש ומהמחשב. תשובות קודמות שהסתמכו עליו יישארו, אך בלי המקור.",
    "delete": "מחיקה",
    "cancel": "ביטול",
    "loading": LOADING,
    "sourceFailed": "לא הצלחנו לפתוח את המקור. ייתכן שהמסמך נמחק.",
    "listFailed": "אין קשר עם השרת. מנסים שוב…",
    "actionFailed": "הפעולה לא הצליחה. נסו שוב.",
    "uploading": "בהעלאה",
    "uploadFailed": "ההעלאה נכשלה",
    "alreadyThere": "הקובץ כבר נמצא במאגר",
    "uploadLost": "החיבור נקטע באמצע ההעלאה. נסו שוב.",
    "signedOut": "פג תוקף הכניסה. פתחו שוב את הקישור שמופיע בחלון שבו דרש פועל.",
}

# Gradio's own words that have no Hebrew in Gradio

GRADIO = {
    "Submit": "שליחה",
    "Stop": STOP,
    "Scroll to bottom": "אל סוף השיחה",
    "Scroll down": "אל סוף השיחה",
    "chatbot conversation": CHAT,
    "Clear": "ניקוי",
    "Loading": LOADING,
    "Loading...": LOADING,
}
GRADIO_PREFIXES = {
    "Select example": "שאלה לדוגמה: {rest}",
    "user's message:": "השאלה שלכם",
    "bot's message:": "התשובה של דרש",
}

# The server's own pages and answers (webui/pages, webui/api, webui/security.py)

STATES = {
    "queued": "ממתין בתור",
    "reading": "בקריאה",
    "indexing": "בהוספה לחיפוש",
    "ready": "מוכן",
    "failed": "נכשל",
}
REASONS = {
    "unreadable": "לא הצלחנו לקרוא את הקובץ: הוא פגום, או שאינו מהסוג שסיומת שמו מבטיחה. נסו לשמור אותו מחדש ולהעלות שוב.",
    "encrypted": "הקובץ מוגן בסיסמה. הסירו את הסיסמה והעלו שוב.",
    "no_text": "לא נמצא בקובץ טקסט. אם זו סריקה, העלו אותה אחרי זיהוי תווים (OCR).",
    "unsupported": "סוג הקובץ אינו נתמך. אפשר להעלות PDF, Word (docx), HTML, טקסט ו־Markdown.",
    "too_many_pages": "במסמך יש יותר מדי עמודים. חלקו אותו לכמה קבצים והעלו שוב.",
    "timed_out": "קריאת הקובץ ארכה יותר מדי והופסקה. נסו לחלק אותו לכמה קבצים.",
    "out_of_memory": "הקובץ דרש יותר מדי זיכרון. נסו לחלק אותו לכמה קבצים.",
    "empty": "הקובץ ריק. בדקו שבחרתם בקובץ הנכון.",
    "too_expanded": "הקובץ הדחוס מתפרס לגודל חריג, ולכן לא נפתח. שמרו אותו מחדש והעלו שוב.",
    "internal": "אירעה תקלה אצלנו בקריאת הקובץ. הפרטים נרשמו ביומן; אפשר לנסות שוב.",
    "index_unusable": "האינדקס של המאגר פגום או נבנה בהגדרות אחרות. מי שמנהל את השרת צריך להריץ darash reindex; אחר כך אפשר לנסות שוב.",
    "worker_died": "קריאת הקובץ קרסה שוב ושוב ולכן הופסקה. נסו לשמור אותו מחדש בתוכנה אחרת ולהעלות שוב.",
    "too_large": "הקובץ גדול מדי: אפשר להעלות עד {limit} מגה־בייט.",
    "storage_full": "אין מקום בדיסק של השרת. פנו מקום ונסו שוב.",
    "empty_name": "לקובץ אין שם. תנו לו שם והעלו שוב.",
    "no_files": "לא נבחרו קבצים.",
    "bad_upload": "ההעלאה הגיעה משובשת. נסו שוב.",
}
REASON_UNKNOWN = "הקובץ לא נקלט. אפשר לנסות שוב."
WARNINGS = {
    "scanned_without_text": "עמודים סרוקים בלי טקסט",
    "low_quality": "טקסט שנראה משובש",
    "unmapped_characters": "תווים שלא זוהו",
    "unreadable_page": "עמודים שלא הצלחנו לקרוא",
    "read_from_scan": "נקראו מסריקה",
}
PAGE_NOTES = {
    "low_quality": "הטקסט של העמוד נראה משובש. בדקו אותו מול התמונה.",
    "unmapped_characters": "בעמוד יש תווים שלא זוהו. בדקו אותו מול התמונה.",
    "read_from_scan": "העמוד נקרא מסריקה, וייתכנו טעויות. בדקו מספרים ושמות מול התמונה.",
}
WARNING_UNKNOWN = "הערה על הקריאה"
WARNING_PAGES = "{warning}: עמ׳ {pages}"
PAGES_DONE = "{done} מתוך {total} עמודים"
PAGES = "{total} עמודים"
PAGES_ONE = "עמוד אחד"
NO_DOCUMENTS = "עדיין אין מסמכים במאגר."
RETRY = "לנסות שוב"
DELETE = "מחיקה"
DOWNLOAD = "הורדת הקובץ"
PAGE = "עמוד {label}"
PAGE_IMAGE = "צילום של {page} מתוך {title}"
PREVIOUS_PAGE = "העמוד הקודם"
NEXT_PAGE = "העמוד הבא"
CITED_PAGE = "חזרה לקטע המצוטט"
QUOTE = "הקטע המצוטט"
SIGN_IN = "כניסה לדרש"
SIGN_IN_BUTTON = "כניסה"
SIGN_IN_READY = "הקישור תקין. לחיצה אחת, ואפשר להתחיל לשאול."
SIGN_IN_NEEDED = "כדי להיכנס, פתחו את הקישור שמופיע בחלון שבו דרש פועל. לקישור חדש הריצו שם את הפקודה:"
SIGN_IN_USED = "הקישור כבר נוצל או שתוקפו פג: כל קישור פותח כניסה אחת. לקישור חדש הריצו, במחשב שבו דרש פועל:"
NOT_FOUND = "לא נמצא: ייתכן שנמחק, או שאין לכם גישה אליו."
NOT_SIGNED_IN = "צריך להיכנס קודם."
BAD_REQUEST = "הבקשה אינה תקינה."
SERVER_ERROR = "אירעה תקלה בשרת. פרטיה נרשמו ביומן במספר {request_id}."
CROSS_SITE = "הבקשה הגיעה מאתר אחר ולכן נדחתה."
WRONG_HOST = "הכתובת הזו אינה מוכרת לדרש. רשמו אותה במשתנה DARASH_PUBLIC_URL והפעילו אותו מחדש."
