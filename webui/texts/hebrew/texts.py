"""The Hebrew sentences of the web; those about documents stand in `document_texts.py`. Knows no pages and no routes.

Direction marks never appear here: pages set directions with markup.
"""

# The page

TITLE = "דרש"
TAGLINE = "תשובות מתוך המסמכים שלכם"
VIEW_TALK = "שיחה"
VIEW_DOCUMENTS = "מסמכים"
VIEWS = "תצוגה"
MENU = "רשימת השיחות"
SKIP = "דילוג אל השאלה"
LOADING = "רק רגע…"

# The language of the screen

LANGUAGE = "שפת הממשק"
LANGUAGE_NAME = "עברית"
LANGUAGE_LEAD = "התשובות נכתבות תמיד בעברית, מתוך המסמכים. כאן בוחרים באיזו שפה ידבר המסך."

# Days and moments

DAY = "{day.day}.{day.month}.{day.year}"
MOMENT = "{day} {time:%H:%M}"

# Every page: the way back, the menu of the person, the theme

THEME = "מראה"
THEMES = {"": "לפי המכשיר", "light": "בהיר", "dark": "כהה"}
THEME_LEAD = "לפי המכשיר: המסך בהיר או כהה, כפי שהוגדר במחשב או בטלפון שלכם."
BACK_TO_TALK = "חזרה לשיחה"
ME = "התפריט של {name}"
ROLES = {"owner": "בעלים", "manager": "מנהל/ת", "member": "חבר/ת צוות", "guest": "אורח/ת"}
MY_ACCOUNT = "החשבון שלי"
MY_COLLECTIONS = "מאגרים"
MY_SHARES = "שיחות ששותפו"
MY_KEYS = "מפתחות לתוכנות"
TEAM = "אנשי הצוות"
GROUPS = "קבוצות"
AUDIT = "יומן הפעולות"
SIGN_OUT = "יציאה"
COPY = "העתקה"
COPIED = "הועתק"

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
READ_AS = "הוקלד במקלדת באנגלית, נקרא כך: {text}"
ASK_AGAIN = "לשאול שוב"
ASK_NEXT = "אפשר להמשיך ולשאול:"
SEARCHING = "מחפשים במסמכים…"
THINKING = "חושב…"
THOUGHTS = "מהלך המחשבה"
IN_LINE = "יש עומס: מקום {place} בתור"
SEARCHED = "חיפשתי: {question}"
SEARCHED_ALSO = "חיפשתי גם: {terms}"
DOUBTFUL = "לא אומת במקור"
MISSING = "לא נמצא במקור: {missing}"
MISSING_BETWEEN = "; "
ALL_VERIFIED = "כל המשפטים שלצידם מספר אומתו מול המקור."
EMPTY_HEADING = "מה תרצו לדעת?"
EMPTY_TEXT = (
    "שואלים בעברית, ומקבלים תשובה מתוך המסמכים שלכם. לצד כל משפט מופיע מספר: לחיצה עליו פותחת את העמוד שממנו נלקח."
)
NOTHING_TO_SEARCH_HEADING = "עדיין אין במה לחפש"
NOTHING_TO_SEARCH = "אף מאגר של מסמכים אינו פתוח לכם כרגע. בקשו ממי שהזמינו אתכם לפתוח לכם מאגר, ואז תוכלו לשאול."
QUOTED_BANNER = "מצב ציטוט: לא חובר מודל שפה, ולכן התשובות הן משפטים מתוך המסמכים, מילה במילה."
QUOTED_MORE = "איך מחברים מודל?"
NOT_KEPT = "אי אפשר לשמור את השאלה כרגע: אין מקום בדיסק של השרת או שבסיס הנתונים אינו עונה. נסו שוב בעוד רגע."
CONVERSATION_GONE = "השיחה הזאת נמחקה או אינה שלכם. אפשר להתחיל שיחה חדשה."
CHOSEN_GONE = "אחד המאגרים שנבחרו לחיפוש נמחק או כבר אינו פתוח לכם. בחרו שוב היכן לחפש ושאלו."

PROBLEMS = {
    "empty_question": "לא נשאלה שאלה. כתבו שאלה ונסו שוב.",
    "too_long": "השאלה ארוכה מדי. קצרו אותה ונסו שוב.",
    "model_error": "שרת המודל החזיר שגיאה באמצע התשובה. מה שנכתב עד כה נשמר.",
    "model_unavailable": "שרת המודל אינו עונה. ודאו שהוא פועל ונסו שוב.",
    "model_refused": "שרת המודל דחה את הבקשה: מפתח הגישה אינו נכון. בדקו את DARASH_MODEL_API_KEY.",
    "model_dropped": "החיבור לשרת המודל נקטע באמצע התשובה. מה שנכתב עד כה נשמר.",
    "model_slow": "שרת המודל לא השיב בזמן. אפשר לנסות שוב בעוד רגע.",
    "model_busy": "יותר מדי שאלות ממתינות עכשיו לשרת המודל. נסו שוב בעוד כמה דקות.",
    "model_cut": "התשובה הגיעה לאורך המרבי ונקטעה.",
    "thoughts_only": "המודל חשב בקול ולא הגיע לתשובה. נסחו את השאלה קצר ומדויק יותר, או חברו מודל שחושב פחות.",
    "index_renewing": "דרש עודכן, והאינדקס של המאגר נבנה מחדש. אפשר לשאול שוב בעוד כמה דקות.",
    "search_failed": "החיפוש במסמכים נכשל. אם זה חוזר, הריצו במחשב שבו דרש פועל את הפקודה darash doctor.",
    "rights_changed": "ההרשאות שלכם השתנו בזמן שהתשובה נכתבה, ולכן היא נעצרה. אפשר לשאול שוב במה שפתוח לכם עכשיו.",
    "stopped": "התשובה נעצרה לפני סופה.",
    "interrupted": "השרת הופסק באמצע התשובה. מה שנכתב עד כה נשמר.",
}
PROBLEM_UNKNOWN = "משהו השתבש בדרך לתשובה. מה שנכתב עד כה נשמר, ואפשר לשאול שוב."


def reading_part(done: int, parts: int) -> str:
    """Which part is being read, when `done` of all parts are."""
    return f"קורא חלק {min(done + 1, parts)} מתוך {parts}"


def verified(sentences: int, total: int) -> str:
    """How many of the sentences with a citation were verified, fewer than all."""
    if total == 1:
        return "המשפט לא אומת מול המקור."
    if sentences == 0:
        return f"אף אחד מ־{total} המשפטים לא אומת מול המקור."
    return f"אומת משפט אחד מתוך {total}." if sentences == 1 else f"אומתו {sentences} מתוך {total} משפטים."


# The source panel

SOURCE = "המקור"
CLOSE = "סגירה"
QUOTE = "הקטע המצוטט"
CITED_PAGE = "חזרה לקטע המצוטט"
PREVIOUS_PAGE = "הקודם"
NEXT_PAGE = "הבא"
PAGE_IMAGE = "צילום של {page} מתוך {title}"
SOURCE_GONE = "המסמך כבר אינו במאגר: הוא נמחק או הוחלף. זה הקטע שצוטט ממנו, כפי שנשמר עם התשובה."
SOURCE_REPLACED = "המסמך הוחלף בגרסה חדשה. זה הקטע שצוטט מהגרסה הקודמת, כפי שנשמר עם התשובה."
SOURCE_MOVED = "המסמך נקרא מחדש, והעמוד המצוטט אינו בו עוד. זה הקטע כפי שנשמר עם התשובה."
SOURCE_CLOSED = "המאגר שממנו נלקח המקור הזה אינו פתוח לכם עוד, או שנמחק. התשובה נשארת כפי שניתנה לכם."
NEW_VERSION = "הגרסה החדשה"

# What places in documents are called

PAGE = "עמוד {label}"
SLIDE = "שקף {label}"
SHEET = "גיליון {label}"
ROW = "שורה {row}"
ROWS = "שורות {row}–{last}"
MESSAGE = "הודעה"
MESSAGE_FROM = "הודעה מאת {label}"
LIST_COMMA = ", "

# What the page's own scripts say

SCRIPT = {
    "delete": "מחיקה",
    "cancel": "ביטול",
    "loading": LOADING,
    "sourceFailed": "לא הצלחנו לפתוח את המקור. ייתכן שהמסמך נמחק.",
    "ready": "התשובה מוכנה.",
    "signedOut": "פג תוקף הכניסה. טענו את העמוד מחדש כדי להיכנס שוב.",
}

# Gradio's own words: by the keys under which it looks them up, and those that stand in its code

GRADIO_KEYS = {
    "common.complete": "הושלם",
    "common.copy_message": COPY,
    "common.copied_message": COPIED,
    "chat_interface.chatbot": CHAT,
    "chat_interface.conversation": CHAT,
    "chat_interface.message_placeholder": QUESTION_PLACEHOLDER,
    "chat_interface.new_chat": NEW_CONVERSATION,
    "status.queue_position": "מקום {position} מתוך {size} בתור",
    "blocks.lost_connection": "החיבור לשרת אבד. מתחברים שוב…",
    "blocks.waiting_for_inputs": "ממתינים לסיום ההעלאה. נסו שוב בעוד רגע.",
    "blocks.connection_can_break": "בטלפון, החיבור עלול להינתק כשעוברים ללשונית אחרת או כשהמסך נכבה.",
}

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

SIGN_IN = "כניסה לדרש"
SIGN_IN_BUTTON = "כניסה"
SIGN_IN_READY = "הקישור תקין. לחיצה אחת, ואפשר להתחיל לשאול."
SIGN_IN_NEEDED = "כדי להיכנס, פתחו את הקישור שמופיע בחלון שבו דרש פועל. לקישור חדש הריצו שם את הפקודה:"
SIGN_IN_USED = "הקישור כבר נוצל או שתוקפו פג: כל קישור פותח כניסה אחת. לקישור חדש הריצו, במחשב שבו דרש פועל:"
NOT_FOUND = "לא נמצא: ייתכן שנמחק, או שאין לכם גישה אליו."
NOT_SIGNED_IN = "צריך להיכנס קודם."
BAD_REQUEST = "הבקשה אינה תקינה."
TOO_MUCH = {
    "answers": "כמה תשובות שלכם עדיין נכתבות. המתינו שאחת מהן תסתיים, או עצרו אותה, ושאלו שוב.",
    "questions": "שאלתם הרבה שאלות בדקה האחרונה. המתינו מעט ושאלו שוב.",
    "uploads": "כמה העלאות שלכם עדיין בדרך. המתינו שאחת מהן תסתיים ונסו שוב.",
    "works": "כמה חיפושים או קבצים שביקשתם עדיין בהכנה. המתינו שאחד מהם יסתיים ונסו שוב.",
}
SERVER_ERROR = "אירעה תקלה בשרת. פרטיה נרשמו ביומן במספר {request_id}."
CROSS_SITE = "הבקשה הגיעה מאתר אחר ולכן נדחתה."
WRONG_HOST = "הכתובת הזו אינה מוכרת לדרש. רשמו אותה במשתנה DARASH_PUBLIC_URL והפעילו אותו מחדש."
