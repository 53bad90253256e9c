"""The Hebrew sentences about the audit log."""

AUDIT = "יומן הפעולות"
LEAD = (
    "מי נכנס, העלה, מחק, שיתף, שינה הרשאות, ייצא או השתמש במפתח, ומתי. שאלות, תשובות ותוכן של מסמכים אינם נכתבים כאן "
    "לעולם, ושמות של מאגרים ומסמכים מוצגים רק אם הם פתוחים לכם."
)
PERSON = "אדם"
ANYBODY = "כולם"
ACTION = "פעולה"
ANYTHING = "כל הפעולות"
SINCE = "מתאריך"
UNTIL = "עד תאריך"
SHOW = "הצגה"
CLEAR = "ניקוי הסינון"
COUNT = "{total} שורות"
COUNT_ONE = "שורה אחת"
NOTHING = "אין שורות שמתאימות לסינון."
DOWNLOAD = "הורדה כקובץ JSON"
DOWNLOAD_HINT = "ההורדה עצמה נרשמת ביומן."
CHECK = "בדיקת הרצף"
CHECK_HINT = "כל שורה חתומה יחד עם זו שלפניה. הבדיקה מגלה שורות ששונו, נמחקו או הוכנסו באמצע."
WHOLE = "הרצף שלם: נבדקו {rows} שורות. מי שישמרו את החתימה האחרונה במקום אחר יוכלו לגלות גם מחיקה מן הסוף:"
LAST_SEAL = "החתימה האחרונה"
BROKEN = "הרצף נקטע בשורה {number}: היא, או מה שלפניה, השתנו מאז שנכתבו. פנו למי שמנהל את השרת והשוו לגיבוי."
SOMEBODY = "מי שנמחקו"
GONE = "כבר לא כאן"
NOBODY = "ללא משתמש"
WITHOUT_NAME = "נמחק או שאינו פתוח לכם"
FROM = "מהכתובת {address}"
NEWER = "החדשות יותר"
OLDER = "הישנות יותר"

ACTIONS = {
    "signed_in": "כניסה",
    "sign_in_failed": "ניסיון כניסה שנכשל",
    "signed_out": "יציאה",
    "password_changed": "שינוי סיסמה",
    "names_changed": "שינוי שמות בחשבון",
    "joined": "הצטרפות לצוות",
    "invited": "הזמנה לצוות",
    "invitation_revoked": "ביטול הזמנה",
    "link_made": "יצירת קישור כניסה",
    "suspended": "השעיית גישה",
    "restored": "החזרת גישה",
    "role_changed": "שינוי תפקיד",
    "person_deleted": "מחיקת אדם מהצוות",
    "group_made": "יצירת קבוצה",
    "group_renamed": "שינוי שם של קבוצה",
    "group_deleted": "מחיקת קבוצה",
    "group_joined": "הוספה לקבוצה",
    "group_left": "הוצאה מקבוצה",
    "collection_made": "יצירת מאגר",
    "collection_renamed": "שינוי שם של מאגר",
    "suggestions_changed": "שינוי השאלות המוצעות במאגר",
    "collection_deleted": "מחיקת מאגר",
    "granted": "פתיחת מאגר",
    "grant_revoked": "סגירת מאגר",
    "uploaded": "העלאת מסמך",
    "document_moved": "העברת מסמך",
    "document_deleted": "מחיקת מסמך",
    "downloaded": "הורדת מסמך",
    "glossary_changed": "שינוי במילון",
    "shared": "שיתוף שיחה",
    "share_revoked": "ביטול שיתוף",
    "share_opened": "פתיחת שיחה ששותפה",
    "exported": "ייצוא לקובץ",
    "conversation_deleted": "מחיקת שיחה",
    "conversation_restored": "שחזור שיחה שנמחקה",
    "key_made": "יצירת מפתח לתוכנה",
    "key_revoked": "ביטול מפתח לתוכנה",
    "key_used": "שימוש במפתח",
    "audit_exported": "הורדת היומן",
    "retention_applied": "מחיקת מה שעבר זמן השמירה שלו",
    "backup_made": "גיבוי",
}

LEVELS = {"reader": "צפייה", "editor": "עריכה", "owner": "בעלות"}
WAYS = {"password": "סיסמה", "link": "קישור", "invitation": "הזמנה", "provider": "ספק הזהויות", "team": "לאנשי הצוות"}
DETAILS = {
    "how": "הדרך: {value}",
    "account": "האדם: {value}",
    "group": "הקבוצה: {value}",
    "team": "לכל הצוות",
    "before": "מתפקיד: {value}",
    "role": "התפקיד: {value}",
    "level": "ההרשאה: {value}",
    "collection": "אל המאגר: {value}",
    "documents": "מסמכים: {value}",
    "conversations": "שיחות שנמחקו: {value}",
    "audit": "שורות יומן שנמחקו: {value}",
}
"""What is said of the details that are worth a word; the others are for programs."""
