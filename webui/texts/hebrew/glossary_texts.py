"""The Hebrew sentences about glossaries, and about why a passage was found.

Direction marks never appear here: pages set directions with markup.
"""

GLOSSARY = "מילון"
GLOSSARY_OF = "מילון המאגר"
EXPLANATION = (
    "מילים שאומרות אותו דבר: מי שמחפש אחת מהן ימצא גם את השנייה. קיצורים ושמות שהמסמכים עצמם מגדירים "
    "(להלן, ראשי תיבות) נמצאים לבד, ואפשר להוסיף מילים של הארגון."
)
TERM = "מילה או קיצור"
MEANING = "אומרים גם"
TERM_EXAMPLE = "גמלאי"
MEANING_EXAMPLE = "פנסיונר"
ADD = "הוספה"
ADD_HEADING = "הוספת צמד"
SEARCH = "חיפוש במילון"
SEARCH_BUTTON = "חיפוש"
CLEAR_SEARCH = "לכל המילון"
EMPTY = "המילון עוד ריק. הוא יתמלא כשמסמכים יגדירו קיצורים ושמות, ובמה שתוסיפו."
NO_MATCH = "אין במילון צמדים שמתאימים לחיפוש."
COUNT = "{total} צמדים"
COUNT_ONE = "צמד אחד"
SAME_AS = "פירושו גם"

FOUND_IN = "נמצא במסמך"
FOUND_MORE = "ובעוד {count} מקומות"
FOUND_MORE_ONE = "ובעוד מקום אחד"
OWN = "נוסף ב־{date}"
SWITCHED_OFF = "הוסר ב־{date}"

STATES = {
    "used": "בשימוש בחיפוש",
    "hidden": "הוסר מהחיפוש",
    "several": "לא בשימוש: המסמכים מגדירים אותו בכמה דרכים. אפשר לבחור איזו נכונה.",
    "part": "לא נחוץ בחיפוש: צד אחד הוא חלק מהאחר, והמילים נמצאות גם בלעדיו.",
}

EDIT = "עריכה"
SAVE = "שמירה"
REMOVE = "הסרה"
USE = "להשתמש בחיפוש"

REFUSED = {
    "empty": "צריך למלא את שני הצדדים, כל אחד במילה אחת לפחות.",
    "too_long": "הטקסט ארוך מדי: עד {term} תווים במילה או בקיצור, ועד {meaning} תווים בצד השני.",
    "same": "שני הצדדים זהים בעיני החיפוש, ולכן אין מה להוסיף.",
    "known": "הצמד הזה כבר נמצא במילון.",
    "too_many": "המילון מלא: אפשר להוסיף עד {most} צמדים. הסירו צמדים שאינם נחוצים ונסו שוב.",
}
GONE = "הצמד השתנה או נמחק בינתיים. זה המילון כפי שהוא עכשיו."

# Why a passage was found

WHY = "למה נמצא?"
WHY_WORDS = "המילים שנמצאו"
WHY_NO_WORDS = "אין בקטע מילה מהשאלה: הוא נמצא לפי המשמעות."
WHY_SCORE = "ממה מורכב הציון"
FORMS = {
    "same": "אותה מילה",
    "prefix": "אותה מילה, באותיות שימוש אחרות",
    "ending": "אותה מילה, בסיומת אחרת",
    "spelling": "אותה מילה, בכתיב אחר",
    "acronym": "ראשי תיבות ופירושם",
    "number": "אותו מספר או תאריך",
    "glossary": "לפי מילון המאגר",
    "part": "חלק מהמילה",
}
PARTS = {
    "words": "מילים משותפות",
    "near6": "סמוכות מאוד זו לזו",
    "near12": "סמוכות זו לזו",
    "order": "בסדר שבו נשאלו",
    "number": "מספר או תאריך, כפי שנשאל",
    "titled": "מילות הכותרת",
    "long": "אורך הקטע",
    "meaning": "קרבת משמעות",
    "cross": "מודל הדירוג",
}
WHY_NOW = "לפי חיפוש שנעשה עכשיו."
SEARCH_NOTHING = "לא נמצאו קטעים."
SEARCH_SCORE = "ציון {score}"
SEARCH_LINE = "{asked}: {found} ({how})"
SEARCH_PART = "{name}: {value}, {share}% מהציון"
SEARCH_PART_ALONE = "{name}: {value}"
