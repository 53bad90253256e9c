"""The Hebrew sentences about collections, and to whom they are open."""

# All collections

COLLECTIONS = "מאגרים"
COLLECTIONS_LEAD = "מאגר הוא אוסף של מסמכים שמחפשים בו יחד. כאן מופיעים המאגרים שפתוחים לכם."
NO_COLLECTIONS = "עדיין אין מאגרים שפתוחים לכם."
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
OWNED_BY = "בבעלות {names}"
OPEN_DOCUMENTS = "למסמכים"
SHARING = "שיתוף והגדרות"

NEW = "מאגר חדש"
NEW_NAME = "שם המאגר"
NEW_EXAMPLE = "למשל: נהלים 2026"
NEW_BUTTON = "יצירת המאגר"
NEW_HINT = "המאגר יהיה פרטי שלכם, עד שתפתחו אותו לאחרים."
BAD_NAME = "תנו למאגר שם, עד {longest} תווים."

# One collection

BACK = "חזרה לכל המאגרים"
WHO_MAY = "למי המאגר פתוח"
WHO_MAY_LEAD = "שינוי כאן תקף מייד, גם לתשובות שנכתבות ברגע זה."
TEAM = "כל הצוות (בלי אורחים)"
PERSON = "{name} ({sign_in})"
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
DELETE = "מחיקת המאגר"
DELETE_LEAD = "המאגר וכל המסמכים שבו יימחקו לכולם, ואי אפשר להחזיר אותם. תשובות שכבר ניתנו יישארו, בלי המקורות."
DELETE_ASK = "למחוק את «{name}» ({documents})?"
DELETE_BUTTON = "מחיקה לצמיתות"

DONE = {
    "renamed": "השם נשמר.",
    "opened": "ההרשאה נשמרה, והיא תקפה מעכשיו.",
    "closed": "הגישה הוסרה, והיא סגורה מעכשיו.",
    "handed": "הבעלות הועברה.",
    "deleted": "המאגר נמחק.",
    "made": "המאגר מוכן. אפשר להוסיף לו מסמכים, ולפתוח אותו לאחרים.",
}

# Why something was not done

LAST_OWNER = "למאגר צריך להיות לפחות אדם אחד שהוא בבעלותו. העבירו קודם את הבעלות, או מחקו את המאגר."
GUESTS_READ = "לאורחים אפשר לפתוח מאגר לצפייה בלבד."
TEAM_NOT_OWNER = "אפשר לפתוח מאגר לכל הצוות לצפייה או לעריכה, אבל לא לתת לכולם בעלות."
NOBODY_CHOSEN = "בחרו למי לפתוח את המאגר."

# The documents of a collection, on the main screen

CHOOSE = "המאגר"
"""Of the list from which one is chosen."""
READ_ONLY = "המאגר הזה פתוח לכם לצפייה: אפשר לקרוא ולשאול, אבל לא להוסיף או לשנות מסמכים."
ADDED_BY = "העלאה:"
