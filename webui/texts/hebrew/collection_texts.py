"""The Hebrew sentences about collections, and to whom they are open."""

# All collections

COLLECTIONS = "מאגרים"
COLLECTIONS_LEAD = "מאגר הוא אוסף של מסמכים שמחפשים בו יחד. פתחו מאגר כדי לראות את המסמכים שבו ולהוסיף."
NO_COLLECTIONS_GUEST = "עדיין לא נפתח לכם אף מאגר. פנו למי שהזמינו אתכם."
LEVELS = {"reader": "צפייה", "editor": "עריכה", "owner": "בעלות"}
LEVELS_MEAN = {
    "reader": "צפייה: לשאול, לפתוח מקורות ולהוריד מסמכים",
    "editor": "עריכה: גם להוסיף, להחליף ולמחוק מסמכים",
    "owner": "בעלות: גם לפתוח לאחרים, לשנות שם ולמחוק את המאגר",
}
DOCUMENTS = "{count} מסמכים"
DOCUMENTS_ONE = "מסמך אחד"
DOCUMENTS_NONE = "בלי מסמכים"
CHANGED = "עודכן ב־{day}"
OPEN_TO_YOU = "פתוח רק לכם"
OPEN_TO_TEAM = "פתוח לכל הצוות"
OPEN_TO_SOME = "פתוח לכם ול־{names}"
OPEN_TO_MANY = "פתוח לכם, ל־{names} ולעוד {count}"
MORE_OF = "עוד על המאגר"
ASK_IN = "לשאול במאגר הזה"
OPEN_DOCUMENTS = "למסמכים"
SHARING = "שיתוף והגדרות"

NEW = "מאגר חדש"
NEW_NAME = "שם המאגר"
NEW_EXAMPLE = "למשל: נהלים 2026"
NEW_BUTTON = "יצירת המאגר"
NEW_HINT = "המאגר יהיה פרטי שלכם, עד שתפתחו אותו לאחרים."
BAD_NAME = "תנו למאגר שם, עד {longest} תווים."

# One collection

BACK = "כל המאגרים"
WHO_MAY = "למי המאגר פתוח"
WHO_MAY_LEAD = "שינוי כאן תקף מייד, גם לתשובות שנכתבות ברגע זה."
TEAM = "כל הצוות (בלי אורחים)"
GROUP = "קבוצה: {name}"
YOU = "אתם"
SUSPENDED = "הגישה מושעית"
CHANGE = "שינוי"
LEVEL_OF = "ההרשאה של {name}"
REMOVE = "הסרה"
REMOVE_ASK = "להסיר את הגישה של {name}?"
REMOVE_TEXT = "תשובות שכבר קיבלו יישארו אצלם, והמקורות שבהן ייסגרו."
OPEN_TO = "פתיחה לאחרים"
WHOM = "למי"
WHOM_CHOOSE = "בחרו"
TEAM_PART = "הצוות"
GROUPS_PART = "קבוצות"
PEOPLE_PART = "אנשים"
LEVEL = "הרשאה"
OPEN_BUTTON = "פתיחה"

RENAME = "שינוי שם"
RENAME_BUTTON = "שמירת השם"
HAND_OVER = "העברת הבעלות"
HAND_OVER_LEAD = "מי שתבחרו יקבלו את המאגר לבעלותם, ולכם תישאר הרשאת עריכה."
HAND_OVER_TO = "למי להעביר"
HAND_OVER_BUTTON = "העברה"
SUGGESTED = "שאלות מוצעות"
SUGGESTED_LEAD = "השאלות שיוצעו למי שמתחילים לשאול כשהמאגר פתוח להם: שאלה בכל שורה, עד {most} שאלות."
SUGGESTED_LABEL = "השאלות"
SUGGESTED_BUTTON = "שמירת השאלות"
DELETE = "מחיקת המאגר"
DELETE_LEAD = "המאגר וכל המסמכים שבו יימחקו לכולם, ואי אפשר להחזיר אותם. תשובות שכבר ניתנו יישארו, בלי המקורות."
DELETE_ASK = "למחוק את «{name}» ({documents})?"
DELETE_BUTTON = "מחיקה לצמיתות"

DONE = {
    "renamed": "השם נשמר.",
    "suggested": "השאלות המוצעות נשמרו.",
    "opened": "ההרשאה נשמרה, והיא תקפה מעכשיו.",
    "closed": "הגישה הוסרה, והיא סגורה מעכשיו.",
    "handed": "הבעלות הועברה.",
}

# Why something was not done

LAST_OWNER = "למאגר צריך להיות לפחות אדם אחד שהוא בבעלותו. העבירו קודם את הבעלות, או מחקו את המאגר."
GUESTS_READ = "לאורחים אפשר לפתוח מאגר לצפייה בלבד."
TEAM_NOT_OWNER = "אפשר לפתוח מאגר לכל הצוות לצפייה או לעריכה, אבל לא לתת לכולם בעלות."
BAD_SUGGESTIONS = "אפשר להציע עד {most} שאלות, ועד {longest} תווים בכל אחת."
NOBODY_CHOSEN = "בחרו למי לפתוח את המאגר."

# The documents of a collection, on the main screen

READ_ONLY = "המאגר הזה פתוח לכם לצפייה: אפשר לקרוא ולשאול, אבל לא להוסיף או לשנות מסמכים."
