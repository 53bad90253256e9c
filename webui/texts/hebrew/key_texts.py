"""The Hebrew sentences about API keys, and of the API itself. Knows no pages and no routes."""

HEADING = "מפתחות לתוכנות"
EXPLANATION = (
    "מפתח מאפשר לתוכנה אחרת לפנות לדרש בשמכם: סקריפט, או צ׳אט כמו Open WebUI. התוכנה רואה רק את מה שאתם רואים, "
    "ואפשר לבטל את המפתח בכל רגע."
)

NEW = "מפתח חדש"
NAME = "למי המפתח?"
NAME_EXAMPLE = "למשל: הצ׳אט של המחלקה"
SCOPES_HEADING = "מה מותר לתוכנה"
SCOPES = {
    "read": "לקרוא ולחפש במאגרים, במסמכים ובשיחות שלכם",
    "ask": "לשאול שאלות ולקבל תשובות",
    "write": "לשנות: להעלות ולמחוק מסמכים, לנהל מאגרים ולפתוח אותם לאחרים",
}
SCOPES_SHORT = {"read": "קריאה וחיפוש", "ask": "שאלות", "write": "שינויים"}
LIFETIME = "לכמה זמן"
LIFETIMES = {7: "שבוע", 30: "חודש", 90: "שלושה חודשים", 365: "שנה"}
MAKE = "יצירת מפתח"

MADE = "המפתח מוכן:"
SHOWN_ONCE = "העתיקו אותו עכשיו ושמרו אותו במקום בטוח. הוא לא יוצג שוב."
KEY = "המפתח"
ADDRESS = "הכתובת לתוכנות שמתחברות כמו ל־OpenAI"

KEYS_HEADING = "המפתחות שלכם"
NO_KEYS = "עדיין אין לכם מפתחות."
MADE_ON = "נוצר ב־{day}"
ENDS_ON = "בתוקף עד {day}"
USED_ON = "שימוש אחרון ב־{day}"
NEVER_USED = "עוד לא היה בשימוש"
ENDED = "פג תוקפו"
REVOKED = "בוטל"
REVOKE = "ביטול המפתח"
REVOKE_SURE = "לבטל את המפתח? תוכנות שמשתמשות בו יפסיקו לעבוד מייד."
REVOKE_NOW = "לבטל את המפתח"

REFUSED = {
    "not_valid": "כדי ליצור מפתח צריך לתת לו שם ולסמן לפחות דבר אחד שמותר לתוכנה.",
    "too_many": "יש לכם כבר {most} מפתחות בתוקף. בטלו מפתח שאינו בשימוש ונסו שוב.",
}

# What chat programs show of Darash

EVERYTHING = "דרש: כל המאגרים"
