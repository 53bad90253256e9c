"""The English sentences about collections, and to whom they are open."""

# All collections

COLLECTIONS = "Collections"
COLLECTIONS_LEAD = "A collection is a set of documents that are searched together. These are the ones open to you."
NO_COLLECTIONS_GUEST = "No collection was opened to you yet. Ask the person who invited you."
LEVELS = {"reader": "Viewing", "editor": "Editing", "owner": "Ownership"}
LEVELS_MEAN = {
    "reader": "Viewing: ask questions, open sources and download documents",
    "editor": "Editing: also add, replace and delete documents",
    "owner": "Ownership: also open it to others, rename and delete the collection",
}
DOCUMENTS = "{count} documents"
DOCUMENTS_ONE = "One document"
DOCUMENTS_NONE = "No documents"
CHANGED = "Changed on {day}"
OPEN_TO_YOU = "Open to you alone"
OPEN_TO_TEAM = "Open to the whole team"
OPEN_TO_SOME = "Open to you and {names}"
OPEN_TO_MANY = "Open to you, {names} and {count} more"
MORE_OF = "More about the collection"
ASK_IN = "Ask in this collection"
OPEN_DOCUMENTS = "Documents"
SHARING = "Sharing and settings"

NEW = "New collection"
NEW_NAME = "Name of the collection"
NEW_EXAMPLE = "For example: Procedures 2026"
NEW_BUTTON = "Create the collection"
NEW_HINT = "The collection will be yours alone until you open it to others."
BAD_NAME = "Give the collection a name of up to {longest} characters."

# One collection

BACK = "Back to all collections"
WHO_MAY = "Who the collection is open to"
WHO_MAY_LEAD = "A change here counts at once, also for answers that are being written this moment."
TEAM = "The whole team (not guests)"
GROUP = "Group: {name}"
YOU = "you"
SUSPENDED = "access suspended"
CHANGE = "Change"
LEVEL_OF = "Permission of {name}"
REMOVE = "Remove"
REMOVE_ASK = "Remove the access of {name}?"
REMOVE_TEXT = "Answers that they already have stay theirs, and the sources in them close."
OPEN_TO = "Open to others"
WHOM = "To whom"
WHOM_CHOOSE = "Choose"
TEAM_PART = "The team"
GROUPS_PART = "Groups"
PEOPLE_PART = "People"
LEVEL = "Permission"
OPEN_BUTTON = "Open"

RENAME = "Rename"
RENAME_BUTTON = "Save the name"
HAND_OVER = "Hand over the ownership"
HAND_OVER_LEAD = "Whoever you choose becomes the owner of the collection, and you keep the permission to edit it."
HAND_OVER_TO = "To whom"
HAND_OVER_BUTTON = "Hand over"
SUGGESTED = "Suggested questions"
SUGGESTED_LEAD = (
    "Questions offered to those who begin to ask when the collection is open to them: one on each line, up to "
    "{most} questions."
)
SUGGESTED_LABEL = "The questions"
SUGGESTED_BUTTON = "Save the questions"
DELETE = "Delete the collection"
DELETE_LEAD = (
    "The collection and all its documents are deleted for everybody and cannot be brought back. Answers that "
    "were given stay, without their sources."
)
DELETE_ASK = "Delete “{name}” ({documents})?"
DELETE_BUTTON = "Delete for good"

DONE = {
    "renamed": "The name is saved.",
    "suggested": "The suggested questions are saved.",
    "opened": "The permission is saved and counts from now on.",
    "closed": "The access is removed and closed from now on.",
    "handed": "The ownership was handed over.",
}

# Why something was not done

LAST_OWNER = (
    "A collection needs at least one person who owns it. Hand over the ownership first, or delete the collection."
)
GUESTS_READ = "A collection can be opened to guests for viewing only."
TEAM_NOT_OWNER = "A collection can be opened to the whole team for viewing or editing, but not owned by everybody."
BAD_SUGGESTIONS = "Up to {most} questions can be suggested, each of up to {longest} characters."
NOBODY_CHOSEN = "Choose whom to open the collection to."

# The documents of a collection, on the main screen

READ_ONLY = "This collection is open to you for viewing: you can read and ask, but not add or change documents."
