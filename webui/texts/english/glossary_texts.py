"""The English sentences about glossaries, and about why a passage was found."""

from webui.texts.hebrew import glossary_texts as hebrew

GLOSSARY = "Glossary"
GLOSSARY_OF = "Glossary of the collection"
EXPLANATION = (
    "Words that say the same: whoever searches for one finds the other too. Short forms and names that the documents "
    "define themselves are found by themselves, and you can add words of your organisation."
)
TERM = "Word or short form"
MEANING = "Also said as"
TERM_EXAMPLE, MEANING_EXAMPLE = hebrew.TERM_EXAMPLE, hebrew.MEANING_EXAMPLE  # the words of Hebrew documents
ADD = "Add"
ADD_HEADING = "Add a pair"
SEARCH = "Search the glossary"
SEARCH_BUTTON = "Search"
CLEAR_SEARCH = "The whole glossary"
EMPTY = "The glossary is empty. It fills when documents define short forms and names, and with what you add."
NO_MATCH = "No pairs in the glossary match the search."
COUNT = "{total} pairs"
COUNT_ONE = "One pair"
SAME_AS = "also means"

FOUND_IN = "Found in"
FOUND_MORE = "and in {count} more places"
FOUND_MORE_ONE = "and in one more place"
OWN = "Added on {date}"
SWITCHED_OFF = "Removed on {date}"

STATES = {
    "used": "Used in searching",
    "hidden": "Removed from searching",
    "several": "Not used: the documents define it in several ways. You can choose which is right.",
    "part": "Not needed in searching: one side is a part of the other, so the words are found without it.",
}

EDIT = "Edit"
SAVE = "Save"
REMOVE = "Remove"
USE = "Use in searching"

REFUSED = {
    "empty": "Fill in both sides, each with at least one word.",
    "too_long": (
        "The text is too long: up to {term} characters for the word or short form, and up to {meaning} for the "
        "other side."
    ),
    "same": "Both sides are the same to the search, so there is nothing to add.",
    "known": "This pair is in the glossary already.",
    "too_many": ("The glossary is full: up to {most} pairs can be added. Remove pairs you do not need, and try again."),
}
GONE = "The pair was changed or deleted meanwhile. This is the glossary as it is now."

# Why a passage was found

WHY = "Why was it found?"
WHY_WORDS = "Words that were found"
WHY_NO_WORDS = "No word of the question is in the passage: it was found by its meaning."
WHY_SCORE = "What the score is made of"
FORMS = {
    "same": "the same word",
    "prefix": "the same word with another prefix",
    "ending": "the same word with another ending",
    "spelling": "the same word in another spelling",
    "acronym": "an acronym and what it stands for",
    "number": "the same number or date",
    "glossary": "by the glossary of the collection",
    "part": "a part of the word",
}
PARTS = {
    "words": "Words in common",
    "near6": "Very near to each other",
    "near12": "Near to each other",
    "order": "In the order they were asked",
    "number": "A number or date, as asked",
    "titled": "Words of the title",
    "long": "Length of the passage",
    "meaning": "Near in meaning",
    "cross": "The ranking model",
}
WHY_NOW = "By a search made just now."
SEARCH_NOTHING = "No passages were found."
SEARCH_SCORE = "score {score}"
SEARCH_LINE = "{asked}: {found} ({how})"
SEARCH_PART = "{name}: {value}, {share}% of the score"
SEARCH_PART_ALONE = "{name}: {value}"
