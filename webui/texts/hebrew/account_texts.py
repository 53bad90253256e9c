# ruff: noqa: S105 - sentences about passwords are none
"""The Hebrew sentences about signing in, passwords, and one's own account."""

# Signing in

NAME = "שם לכניסה"
NAME_HINT = "באותיות עבריות או לטיניות, ספרות ונקודה. כתובת דואר אלקטרוני מתאימה גם היא."
PASSWORD = "סיסמה"
SIGN_IN_WITH = "כניסה עם {provider}"
OR_WITH_PASSWORD = "או עם שם וסיסמה"
NO_PASSWORD = "אין לי סיסמה, או ששכחתי אותה"
NO_PASSWORD_TEXT = (
    "פנו למי שמנהל אצלכם את דרש, ובקשו הזמנה או קישור כניסה חדש. במחשב שבו דרש פועל אפשר להפיק קישור בפקודה:"
)
NEW_BY_LINK = "שכחתי את הסיסמה: לבחור חדשה"
WRONG = "השם או הסיסמה אינם נכונים. בדקו את שפת המקלדת ואת Caps Lock ונסו שוב."
WAIT_SECONDS = "היו יותר מדי ניסיונות כניסה שלא הצליחו. אפשר לנסות שוב בעוד {wait} שניות."
WAIT_MINUTES = "היו יותר מדי ניסיונות כניסה שלא הצליחו. אפשר לנסות שוב בעוד {wait} דקות, או להיכנס עם קישור כניסה."
KEY_MAY_NOT = "למפתח הזה אין הרשאה לפעולה. אפשר ליצור מפתח עם ההרשאה המתאימה בעמוד המפתחות."

# Signing in with a provider

PROVIDER = "הכניסה הארגונית"
PROVIDER_SILENT = "{provider} אינה עונה כרגע. נסו שוב בעוד כמה דקות; אם זה נמשך, פנו למי שמנהל אצלכם את דרש."
PROVIDER_REFUSED = "הכניסה עם {provider} לא הושלמה. נסו שוב מעמוד הכניסה."
PROVIDER_STRANGER = "החשבון שלכם אצל {provider} אינו מורשה כאן. פנו למי שמנהל אצלכם את דרש."
SUSPENDED = "הגישה שלכם לדרש מושעית. פנו למי שמנהל אצלכם את דרש."

# Joining by an invitation

JOIN = "ברוכים הבאים לדרש"
JOIN_TEXT = "הוזמנתם לשאול שאלות ולקבל תשובות מתוך המסמכים של הצוות. נשאר רק לבחור שם וסיסמה."
JOIN_BUTTON = "הצטרפות"
JOIN_USED = "ההזמנה כבר נוצלה, בוטלה או שתוקפה פג. בקשו הזמנה חדשה ממי שהזמין אתכם."
JOIN_SIGNED_IN = "קישור ההזמנה מיועד למי שעוד אין לו חשבון, ואתם כבר בפנים. כדי להשתמש בו, צאו קודם מהחשבון."
SHOWN_NAME = "איך לקרוא לכם"
SHOWN_NAME_HINT = "כך תופיעו אצל אחרים, למשל: דנה כהן"

# One's own account

ACCOUNT = "החשבון שלי"
NAMES = "שם"
SAVE = "שמירה"
NAMES_KEPT = "השם נשמר."
PASSWORD_CHANGE = "החלפת סיסמה"
PASSWORD_FIRST = "בחירת סיסמה"
PASSWORD_FIRST_TEXT = "עוד אין לכם סיסמה. עם שם וסיסמה תוכלו להיכנס מכל מחשב, בלי קישור."
PASSWORD_NOW = "הסיסמה הנוכחית"
PASSWORD_NEW = "סיסמה חדשה"
PASSWORD_AGAIN = "שוב, לאימות"
PASSWORD_HINT = "לפחות {shortest} תווים. כמה מילים שאינן קשורות זו לזו קלות לזכור וקשות לניחוש."
PASSWORD_KEPT = "הסיסמה נשמרה. בכל שאר המכשירים צריך להיכנס מחדש."
PASSWORD_OF_PROVIDER = "אתם נכנסים עם {provider}, ולכן אין כאן סיסמה."
DEVICES = "מכשירים"
DEVICES_TEXT = "אם נכנסתם ממחשב שאינו שלכם, או שמכשיר אבד, אפשר לסיים את הכניסה בכל המכשירים בבת אחת."
SIGN_OUT_EVERYWHERE = "יציאה מכל המכשירים"
SIGN_OUT_HERE = "יציאה מהמכשיר הזה"
DONE = {"names": NAMES_KEPT, "password": PASSWORD_KEPT}
"""What may be told of the change before, by its name in the address."""

# What is wrong with what was filled in

NAME_BAD = "בשם לכניסה יש 2 עד 64 אותיות עבריות או לטיניות, ספרות, רווחים, גרש, נקודה ומקף, או כתובת דואר אלקטרוני."
NAME_TAKEN = "השם הזה כבר תפוס. בחרו שם אחר."
SHOWN_NAME_MISSING = "כתבו איך לקרוא לכם."
PASSWORD_WRONG = "הסיסמה הנוכחית אינה נכונה."
PASSWORD_DIFFERS = "שתי הסיסמאות אינן זהות."
NAME_FIRST = "בחרו קודם שם לכניסה: בלעדיו אי אפשר להיכנס עם הסיסמה."
WEAK = {
    "short": "הסיסמה קצרה מדי: צריך לפחות {shortest} תווים.",
    "long": "הסיסמה ארוכה מדי: אפשר עד {longest} תווים.",
    "obvious": "קל מדי לנחש את הסיסמה הזאת. הוסיפו מילה או שתיים שאינן קשורות אליכם.",
}
