"""The Hebrew sentences about documents: uploading, the list, what went wrong, checking the text.

Direction marks never appear here: pages set directions with markup.
"""

# Uploading

DROP_HEADING = "הוספת מסמכים"
DROP_TEXT = "גררו לכאן קבצים או תיקיות, או"
CHOOSE_FILES = "בחרו קבצים"
CHOOSE_FOLDER = "בחרו תיקייה"
DROP_FORMATS = (
    "מסמכי PDF ו־Word, גיליונות Excel, מצגות PowerPoint, קובצי OpenDocument, דפי HTML, ספרי EPUB, טקסט, "
    "הודעות דואר (EML ו־MSG), תמונות סרוקות, וקובצי ZIP של כל אלה. הם נשמרים בשרת שלכם ואינם יוצאים ממנו."
)

# The list

DOCUMENTS_HEADING = "המסמכים"
NO_DOCUMENTS = "עדיין אין מסמכים במאגר."
NO_DOCUMENTS_NEXT = "גררו קבצים או תיקיות אל המסגרת שלמעלה. הקריאה מתחילה מיד, ואפשר לשאול על כל מסמך כשהוא מוכן."
NO_DOCUMENTS_READER = "מי שעורכים את המאגר יכולים להוסיף לו מסמכים."
NO_MATCH = "אין מסמכים שמתאימים לסינון."
CLEAR_FILTER = "הצגת כל המסמכים"
SUMMARY = "{total} מסמכים"
SUMMARY_ONE = "מסמך אחד"
SUMMARY_READY = "מוכנים: {count}"
SUMMARY_BUSY = "ממתינים או בקריאה: {count}"
SUMMARY_PAUSED = "מושהים: {count}"
SUMMARY_FAILED = "נכשלו: {count}"
FILTER_NAME = "חיפוש לפי שם"
FILTER_STATE = "מצב"
FILTERS = {
    "": "כל המסמכים",
    "busy": "ממתינים או בקריאה",
    "failed": "נכשלו",
    "ready": "מוכנים",
}
SORT = "סדר"
SORTS = {
    "": "מה שדורש טיפול, ואז החדשים",
    "new": "החדשים תחילה",
    "old": "הישנים תחילה",
    "name": "לפי השם",
    "large": "הגדולים תחילה",
}
PAUSE_ALL = "השהיית הכול"
RESUME_ALL = "המשך הכול"
CANCEL_ALL = "ביטול כל הממתינים"
ROWS = "עמודי הרשימה"
ROWS_SHOWN = "{first} עד {last} מתוך {total}"
ROWS_BEFORE = "הקודמים"
ROWS_AFTER = "הבאים"
ALL_DOCUMENTS = "חזרה לכל המסמכים"
INSIDE = "בתוך"
FOLDER = "בתיקייה"
REPLACES = "יחליף את"
ADDED = "נוסף ב־{day}"
ADDED_BY = "נוסף ב־{day} על ידי"
CHOOSE = "בחירת {name}"
MORE = "מה אפשר לעשות עם {name}"
CHOSEN = "המסמכים שנבחרו"
CHOOSE_NONE = "ביטול הבחירה"
PARTS = "{count} קבצים בפנים"
PARTS_ONE = "קובץ אחד בפנים"
PARTS_ALL = "הצגת כל הקבצים שבפנים"

STATES = {
    "queued": "ממתין בתור",
    "paused": "מושהה",
    "reading": "בקריאה",
    "indexing": "בהוספה לחיפוש",
    "ready": "מוכן",
    "failed": "נכשל",
}
MOVING = "בהעברה"
PAGES_DONE = "עמוד {done} מתוך {total}"
PARTS_DONE = "חלק {done} מתוך {total}"
COUNTS = {
    "page": ("עמוד אחד", "{total} עמודים"),
    "slide": ("שקף אחד", "{total} שקפים"),
    "sheet": ("גיליון אחד", "{total} גיליונות"),
    "message": ("הודעה אחת", "{total} הודעות"),
}
"""One of what a document is made of, and more."""
SCANNED_ONE = "אחד מהם נקרא מסריקה"
SCANNED_SOME = "{count} מהם נקראו מסריקה"
SCANNED_ALL = "נקרא מסריקה"
ACTIONS = {
    "pause": "השהיה",
    "resume": "המשך",
    "cancel": "ביטול",
    "retry": "לנסות שוב",
    "replace": "החלפה בגרסה חדשה",
    "move": "העברה למאגר אחר",
    "delete": "מחיקה",
}
CHECK = "בדיקת הטקסט"
DOWNLOAD = "הורדת הקובץ"
STATE_CHANGED = "מצב המסמך השתנה בינתיים."
NOT_MOVED = {
    "part": "הקובץ נמצא בתוך קובץ אחר, ועובר רק יחד איתו.",
    "busy": "המסמך נקרא עכשיו, או שגרסה חדשה שלו בדרך. אפשר להעביר אותו כשיהיה מוכן.",
    "there": "אותו קובץ כבר נמצא במאגר שבחרתם.",
}

# What went wrong with a whole file, and what to do

REASONS = {
    "unreadable": "לא הצלחנו לקרוא את הקובץ: הוא פגום, או שאינו מהסוג שסיומת שמו מבטיחה. "
    "נסו לשמור אותו מחדש ולהעלות שוב.",
    "encrypted": "הקובץ מוגן בסיסמה. הסירו את הסיסמה והעלו שוב.",
    "no_text": "לא נמצא בקובץ טקסט. אם זו סריקה, ודאו שהיא קריאה וישרה, או העלו אותה אחרי זיהוי תווים (OCR).",
    "unsupported": "סוג הקובץ אינו נתמך. אפשר לשמור אותו כ־PDF או כ־Word (docx) ולהעלות שוב.",
    "no_converter": "זה קובץ מתוכנת Office ישנה, ולקריאתו נחוצה תוכנת LibreOffice שאינה מותקנת בשרת. "
    "שמרו אותו בתבנית חדשה (docx, xlsx, pptx) והעלו שוב, או בקשו ממי שמנהל את השרת להתקין אותה.",
    "too_many_pages": "במסמך יש יותר מדי עמודים. חלקו אותו לכמה קבצים והעלו שוב.",
    "timed_out": "קריאת הקובץ ארכה יותר מדי והופסקה. נסו לחלק אותו לכמה קבצים.",
    "out_of_memory": "הקובץ דרש יותר מדי זיכרון. נסו לחלק אותו לכמה קבצים.",
    "empty": "הקובץ ריק. בדקו שבחרתם בקובץ הנכון.",
    "too_expanded": "הקובץ הדחוס מתפרס לגודל חריג או מכיל קבצים רבים מדי, ולכן לא נפתח. "
    "העלו את הקבצים שבתוכו בלי לדחוס אותם.",
    "too_nested": "הקובץ נמצא עמוק מדי: ארכיון בתוך ארכיון בתוך ארכיון. חלצו אותו והעלו אותו לבדו.",
    "internal": "אירעה תקלה אצלנו בקריאת הקובץ. הפרטים נרשמו ביומן; אפשר לנסות שוב.",
    "index_unusable": "האינדקס של המאגר פגום או נבנה בהגדרות אחרות. מי שמנהל את השרת צריך להריץ darash reindex; "
    "אחר כך אפשר לנסות שוב.",
    "worker_died": "קריאת הקובץ קרסה שוב ושוב ולכן הופסקה. נסו לשמור אותו מחדש בתוכנה אחרת ולהעלות שוב.",
    "too_large": "הקובץ גדול מדי: אפשר להעלות עד {limit} מגה־בייט.",
    "storage_full": "אין מקום בדיסק של השרת. פנו מקום ונסו שוב.",
    "empty_name": "לקובץ אין שם. תנו לו שם והעלו שוב.",
    "no_files": "לא נבחרו קבצים.",
    "bad_upload": "ההעלאה הגיעה משובשת. נסו שוב.",
}
REASON_UNKNOWN = "הקובץ לא נקלט. אפשר לנסות שוב."

# How well pages were read: in the list, in a citation, in the check of the text

WARNINGS = {
    "scanned_without_text": "עמודים סרוקים בלי טקסט",
    "low_quality": "טקסט שנראה משובש",
    "unmapped_characters": "תווים שלא זוהו",
    "unreadable_page": "עמודים שלא הצלחנו לקרוא",
}
WARNING_UNKNOWN = "הערה על הקריאה"
WARNING_PAGES = "{warning}: עמ׳ {pages}"
PAGE_NOTES = {
    "low_quality": "איכות הטקסט של העמוד נמוכה: ייתכן שמילים בו משובשות. בדקו אותו מול התמונה.",
    "unmapped_characters": "בעמוד יש תווים שלא זוהו. בדקו אותו מול התמונה.",
    "read_from_scan": "העמוד נסרק, וייתכנו שגיאות. בדקו מספרים ושמות מול התמונה.",
    "scanned_without_text": "העמוד סרוק ולא נמצא בו טקסט. מה שכתוב בו לא יימצא בחיפוש.",
    "unreadable_page": "לא הצלחנו לקרוא את העמוד. מה שכתוב בו לא יימצא בחיפוש.",
}
PAGE_NOTE_UNKNOWN = "הייתה הערה על קריאת העמוד. בדקו אותו מול המקור."
MARKS = {"scanned": "העמוד נסרק, ייתכנו שגיאות", "low": "איכות הטקסט נמוכה"}
VERDICTS = {"good": "טובה", "doubtful": "מוטלת בספק", "poor": "נמוכה"}

# Checking the text of a document beside its pages

CHECK_QUALITY = "איכות הטקסט: {verdict}"
CHECK_SCANNED = "נקרא מסריקה"
CHECK_DOUBTFUL = "עמודים שכדאי לבדוק"
CHECK_NONE_DOUBTFUL = "לא נמצאו עמודים שצריך לבדוק במיוחד."
CHECK_NEXT_DOUBTFUL = "לעמוד הבא שכדאי לבדוק"
CHECK_TEXT = "הטקסט שנקרא"
CHECK_IMAGE = "העמוד המקורי"
CHECK_HINT = "לחיצה על מילה מסמנת אותה בעמוד, ולחיצה על העמוד מסמנת את המילה בטקסט."
CHECK_NO_TEXT = "לא נמצא טקסט בעמוד הזה."
CHECK_NOT_READY = "המסמך עוד לא נקרא. אפשר לבדוק את הטקסט כשהוא מוכן."
CHECK_OF = "{place} (מתוך {total})"
BACK_TO_DOCUMENTS = "חזרה למסמכים"

# What the page's own scripts say

SCRIPT = {
    "deleteDocument": "למחוק את המסמך «{name}»?",
    "deleteDocumentText": "הוא יוסר מהחיפוש ומהשרת. תשובות קודמות שהסתמכו עליו יישארו עם הקטע שצוטט, אך בלי העמוד.",
    "cancelDocument": "לבטל את קריאת «{name}»?",
    "cancelDocumentText": "הקובץ יוסר מהשרת ולא ייכנס לחיפוש. אפשר להעלות אותו שוב.",
    "cancelWaiting": "לבטל את כל המסמכים שממתינים?",
    "cancelWaitingText": "הקבצים שעוד לא נקראו יוסרו מהשרת. מסמכים מוכנים יישארו.",
    "cancelYes": "ביטול הקריאה",
    "cancelNo": "להמשיך בה",
    "listFailed": "אין קשר עם השרת. מנסים שוב…",
    "actionFailed": "הפעולה לא הצליחה. נסו שוב.",
    "uploading": "בהעלאה",
    "uploadTotal": "{done} מתוך {total} קבצים",
    "uploadEnded": "ההעלאה הסתיימה: {done} מתוך {total} קבצים נקלטו.",
    "uploadStop": "עצירת ההעלאה",
    "uploadStopped": "ההעלאה נעצרה: {done} מתוך {total} קבצים נקלטו.",
    "uploadHidden": "קבצים נסתרים וזמניים לא הועלו: {count}.",
    "uploadNothing": "לא נמצאו קבצים להעלאה.",
    "uploadFailed": "ההעלאה נכשלה",
    "alreadyThere": "הקובץ כבר נמצא במאגר",
    "uploadLost": "החיבור נקטע באמצע ההעלאה. נסו שוב.",
    "guideEnded": "אפשר לחזור להיכרות בכל עת, מהתפריט שליד שמכם.",
    "uploadShare": "{share}%",
    "dropNowhere": "גררו את הקבצים אל כרטיס של מאגר, או פתחו מאגר וגררו אליו.",
    "badCollection": "תנו למאגר שם, עד 100 תווים.",
    "deletedDocument": "«{name}» נמחק.",
    "deleteOne": "למחוק את המסמך שנבחר?",
    "deleteMany": "למחוק את {count} המסמכים שנבחרו?",
    "deletedOne": "המסמך נמחק.",
    "deletedMany": "{count} מסמכים נמחקו.",
    "move": "העברה",
    "moveOne": "לאן להעביר את המסמך?",
    "moveMany": "לאן להעביר את {count} המסמכים?",
    "moveWhere": "המאגר",
    "moveText": "מי שהמאגר החדש פתוח להם יוכלו לקרוא ולחפש במסמך. תשובות קודמות ימשיכו להפנות אליו, למי שרשאים.",
    "movedOne": "המסמך עבר אל «{name}».",
    "movedMany": "{count} מסמכים עברו אל «{name}».",
    "openMoved": "פתיחת המאגר",
    "chosenOne": "נבחר מסמך אחד",
    "chosenMany": "נבחרו {count} מסמכים",
    "newVersions": "{count} מהקבצים כבר נמצאים במאגר, באותן תיקיות. להחליף את אלה שהשתנו?",
    "newVersionsText": "הגרסה הקודמת של קובץ שהשתנה תוסר כשהחדשה תהיה מוכנה. קבצים שלא השתנו יישארו כפי שהם.",
    "newVersionsYes": "להחליף",
    "newVersionsNo": "לדלג עליהם",
}
