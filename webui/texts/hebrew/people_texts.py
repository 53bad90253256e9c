"""The Hebrew sentences about people, invitations and groups."""

# The people

TEAM = "אנשי הצוות"
TEAM_LEAD = "מי שמשתמשים בדרש הזה. כל אחד ואחת רואים את המאגרים שנפתחו להם, וזה לא תלוי בתפקיד."
YOU = "אתם"
NAMESAKE = "{name} ({sign_in})"
"""Somebody who is called as somebody else is, with the name for signing in."""

SUSPENDED = "הגישה מושעית"
SIGNED_IN_AT = "כניסה אחרונה: {moment}"
NEVER_SIGNED_IN = "עדיין לא היו כאן"
JOINED_AT = "בצוות מאז {day}"
SIGN_IN_NAME = "שם הכניסה: {name}"
BY_PROVIDER = "כניסה דרך ספק הזהויות של הארגון"
IN_GROUPS = "בקבוצות: {groups}"

ROLES_MEAN = {
    "owner": "בעלים: הכול, גם תפקידים, מחיקת אנשים ויומן הפעולות",
    "manager": "מנהל/ת: הזמנת אנשים, השעיה של אנשי צוות ואורחים, קבוצות ומצב המערכת",
    "member": "חבר/ת צוות: מאגרים משלהם, העלאה, שאלות ושיתוף",
    "guest": "אורח/ת: קריאה ושאלות, רק במה שנפתח להם במפורש",
}
ROLES_NOTE = "אף תפקיד אינו פותח מאגרים: גם בעלים אינם רואים מאגר פרטי של אחרים."

# Inviting

INVITE_HEADING = "הזמנת אדם לצוות"
INVITE_NAME = "שם (כך אחרים יראו אותו)"
INVITE_ROLE = "תפקיד"
INVITE_DAYS = "הקישור תקף"
DAYS = {1: "יום אחד", 3: "שלושה ימים", 7: "שבוע", 30: "שלושים יום"}
INVITE_BUTTON = "יצירת קישור הזמנה"
INVITE_LINK = "קישור ההזמנה"
INVITED = "ההזמנה מוכנה"
INVITED_HOW = "העתיקו את הקישור ושלחו אותו ל{name}. הוא מוצג רק עכשיו, פותח חשבון אחד, ותקף עד {moment}."
SOMEBODY = "מי שהזמנתם"

INVITATIONS = "הזמנות שממתינות"
NO_INVITATIONS = "אין הזמנות שממתינות."
UNNAMED = "ללא שם"
INVITED_BY = "הוזמנו על ידי {name}"
GOOD_UNTIL = "תקף עד {moment}"
REVOKE = "ביטול ההזמנה"
REVOKED = "ההזמנה בוטלה, והקישור שלה כבר לא פותח דבר."

# One person

BACK_TO_TEAM = "חזרה לאנשי הצוות"
ROLE = "תפקיד"
CHANGE_ROLE = "שינוי התפקיד"
ROLE_CHANGED = "התפקיד השתנה."
LINK_HEADING = "קישור כניסה חד־פעמי"
LINK_TEXT = (
    "למי שאין להם סיסמה או ששכחו אותה. הקישור פותח את החשבון כמו סיסמה, ולכן שלחו אותו רק אליהם. "
    "יצירת הקישור נרשמת ביומן."
)
MAKE_LINK = "יצירת קישור כניסה"
LINK = "קישור הכניסה"
LINK_MADE = "קישור הכניסה מוכן"
LINK_HOW = "הוא מוצג רק עכשיו, פותח כניסה אחת, ותקף עד {moment}."
ACCESS = "גישה"
SUSPEND = "השעיית הגישה"
SUSPEND_TEXT = "השעיה סוגרת מייד את כל הכניסות, המפתחות וקישורי השיתוף. דבר אינו נמחק, ואפשר להחזיר את הגישה."
SUSPEND_QUESTION = "להשעות את הגישה של {name}? הכניסות הפתוחות ייסגרו מייד."
SUSPEND_SURE = "להשעות"
SUSPENDED_NOW = "הגישה הושעתה, וכל הכניסות הפתוחות נסגרו."
RESTORE = "החזרת הגישה"
RESTORE_TEXT = "הגישה מושעית: כניסות, מפתחות וקישורי שיתוף סגורים. אחרי ההחזרה נכנסים מחדש כרגיל."
RESTORED = "הגישה הוחזרה."
AUDIT_OF = "הפעולות ביומן"

# Deleting a person

DELETE = "מחיקה מהצוות"
DELETE_TEXT = "לפני המחיקה יוצג מה יימחק."
DELETE_LINK = "למחיקה מהצוות…"
DELETE_HEADING = "מחיקת {name} מהצוות"
DELETE_LEAD = "המחיקה סופית, ואי אפשר לבטל אותה. כדי רק לסגור את הגישה אפשר להשעות."
WILL_GO = "מה יימחק"
GOES_ACCOUNT = "החשבון, הכניסות, ההזמנות, החברות בקבוצות וההרשאות"
GOES_CONVERSATIONS = ("שיחה אחת, על השאלות והתשובות שבה", "{count} שיחות, על השאלות והתשובות שבהן")
GOES_SHARES = ("שיתוף אחד של שיחה", "{count} שיתופים של שיחות")
GOES_KEYS = ("מפתח אחד לתוכנה", "{count} מפתחות לתוכנות")
GOES_COLLECTIONS = ("מאגר אחד שאין לו בעלים אחרים", "{count} מאגרים שאין להם בעלים אחרים")
GOES_DOCUMENTS = ("מסמך אחד במאגרים האלה", "{count} מסמכים במאגרים האלה")
UP_TO_YOU = "{what} (לפי הבחירה שלמטה)"
WILL_STAY = "מה יישאר"
STAYS_DOCUMENTS = "מסמכים שנוספו למאגרים של אחרים, בלי רישום של מי הוסיף אותם"
STAYS_AUDIT = "שורות ביומן הפעולות, עם מספר אקראי בלבד ובלי שם"
COLLECTIONS_CHOICE = "מה לעשות במאגרים האלה?"
COLLECTIONS_HAND = "להעביר אותם לבעלות של"
CHOOSE_SUCCESSOR = "בחרו למי"
COLLECTIONS_DELETE = "למחוק אותם, על כל המסמכים שבהם"
DELETE_BUTTON = "למחוק לצמיתות"
CANCEL = "ביטול"
DELETED = "האדם נמחק מהצוות, וכל מה שהיה שלו נמחק או הועבר."

# What is refused

NOT_ALLOWED = "התפקיד שלכם אינו מאפשר את הפעולה הזאת. אפשר לבקש ממי שהם בעלים של דרש."
NOT_ONESELF = "לקבוצה מצרף אדם אחר: מי שמנהלים קבוצות אינם מצרפים אליהן את עצמם. אפשר לבקש ממנהלים אחרים או מהבעלים."
LAST_OWNER = "זה החשבון האחרון של בעלים, ומישהו צריך להישאר. תנו קודם תפקיד של בעלים לעוד מישהו."
IS_SUSPENDED = "הגישה מושעית, ולכן אין קישור כניסה. החזירו קודם את הגישה."

# Groups

GROUPS_TITLE = "קבוצות"
GROUPS_LEAD = (
    "אפשר לפתוח מאגר או שיחה לקבוצה במקום לכל אדם לחוד. מי שמצטרפים לקבוצה רואים מייד את מה שנפתח לה, "
    "ומי שיוצאים ממנה מפסיקים לראות."
)
NO_GROUPS = "עדיין אין קבוצות."
NEW_GROUP = "קבוצה חדשה"
GROUP_NAME = "שם הקבוצה"
MAKE_GROUP = "יצירת הקבוצה"
GROUP_TAKEN = "אי אפשר לקרוא כך לקבוצה: השם תפוס, ריק, או ארוך מ־{most} תווים."
MEMBERS = "{count} אנשים"
MEMBERS_ONE = "אדם אחד"
MEMBERS_NONE = "אין בה אנשים"
BACK_TO_GROUPS = "חזרה לקבוצות"
IN_THE_GROUP = "בקבוצה"
NOBODY_IN_GROUP = "עדיין אין אנשים בקבוצה."
BY_CLAIM = "לפי ספק הזהויות: נקבע מחדש בכל כניסה"
ADD_TO_GROUP = "הוספת אדם"
ADD_PERSON = "אדם"
ADD = "הוספה"
EVERYBODY_IN = "כל אנשי הצוות כבר בקבוצה."
REMOVE = "הוצאה"
REMOVE_LABEL = "הוצאה מהקבוצה: {name}"
RENAME = "שינוי שם הקבוצה"
RENAME_BUTTON = "שמירה"
RENAME_HINT = "קבוצה שמגיעה מספק הזהויות תיווצר שוב בשם המקורי."
DELETE_GROUP = "מחיקת הקבוצה"
DELETE_GROUP_TEXT = "האנשים נשארים. מה שנפתח רק לקבוצה ייסגר בפניהם."
DELETE_GROUP_QUESTION = "למחוק את הקבוצה {name}? מה שנפתח רק לה ייסגר מייד בפני מי שהיו בה."
DELETE_GROUP_SURE = "למחוק את הקבוצה"
GROUP_DONE = {
    "made": "הקבוצה נוצרה.",
    "renamed": "שם הקבוצה השתנה.",
    "joined": "נוספו לקבוצה.",
    "left": "הוצאו מהקבוצה.",
    "deleted": "הקבוצה נמחקה.",
}
TEAM_DONE = {
    "revoked": REVOKED,
    "suspended": SUSPENDED_NOW,
    "restored": RESTORED,
    "role": ROLE_CHANGED,
    "deleted": DELETED,
}
