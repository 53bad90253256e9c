"""The English sentences about one's conversations: their list, what their questions search, the keyboard."""

# The list at the side

SEARCH = "Search conversations"
NOTHING_FOUND = "No conversation has all these words."
PINNED = "Pinned"
TODAY = "Today"
YESTERDAY = "Yesterday"
LAST_DAYS = "In the last week"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MORE = "Older conversations"
ACTS = "What to do with the conversation: {title}"
PIN = "Pin to the top"
UNPIN = "Unpin"
RENAME = "Rename"


def found(count: int) -> str:
    """How many conversations have what was looked for."""
    return {0: NOTHING_FOUND, 1: "One conversation was found"}.get(count, f"{count} conversations were found")


# What a question searches

SEARCHED = "Searching in:"
CHOOSE = "What to search"
CHOOSE_LEAD = "The choice is kept with the conversation."
ALL_COLLECTIONS = "All collections"

# The keyboard. Keys are called by what is printed on them.

SHORTCUTS = "Keyboard shortcuts"
KEYS = (
    (("Enter",), "Send the question"),
    (("Shift", "Enter"), "A new line in the question"),
    (("/",), "To the box of the question"),
    (("Esc",), "Stop the answer, or close what was opened"),
    (("Alt", "N"), "New conversation"),
    (("Ctrl", "K"), "Search conversations"),
    (("Alt", "↑"), "The previous conversation of the list"),
    (("Alt", "↓"), "The next conversation of the list"),
    (("Alt", "S"), "The next source of the last answer"),
    (("?",), "This window"),
)
SINGLE_KEYS = "Shortcuts of a single character (/ or ?) work too"

# What the page's own scripts say

SCRIPT = {
    "conversationDeleted": "The conversation was deleted.",
    "undo": "Undo",
    "changeFailed": "The change was not saved. Try again in a moment.",
    "newTitle": "The new name of the conversation",
    "pin": PIN,
    "unpin": UNPIN,
    "allCollections": ALL_COLLECTIONS,
    "andMore": "{names} and {count} more",
}
