"""What is too easy to guess in a Hebrew password, whatever the language of the screen. No sentences."""

WORDS = (
    "סיסמה", "סיסמא", "סיסמתי", "שלום", "ישראל", "ירושלים", "תלאביב", "דרש", "מנהל", "משרד", "עירייה", "אהבה", "אמא",
    "אבא", "בוקרטוב", "תודה", "כניסה", "סודי", "חורף", "קיץ", "אביב", "סתיו",
)  # fmt: skip

ROWS = ("אבגדהוזחטיכלמנסעפצקרשת", "קראטוןםפ", "שדגכעיחלך", "זסבהנמצת")
"""Letters as they follow each other in the alphabet and on the keyboard."""
