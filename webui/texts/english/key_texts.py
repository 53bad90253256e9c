"""The English sentences about API keys, and of the API itself."""

HEADING = "API keys"
EXPLANATION = (
    "A key lets another program use Darash in your name: a script, or a chat such as Open WebUI. The program "
    "sees only what you see, and you can revoke the key at any moment."
)

NEW = "New key"
NAME = "What is the key for?"
NAME_EXAMPLE = "For example: our department's chat"
SCOPES_HEADING = "What the program may do"
SCOPES = {
    "read": "Read and search your collections, documents and conversations",
    "ask": "Ask questions and get answers",
    "write": "Change things: upload and delete documents, keep collections and open them to others",
}
SCOPES_SHORT = {"read": "reading and searching", "ask": "questions", "write": "changes"}
LIFETIME = "For how long"
LIFETIMES = {7: "A week", 30: "A month", 90: "Three months", 365: "A year"}
MAKE = "Create the key"

MADE = "The key is ready:"
SHOWN_ONCE = "Copy it now and keep it somewhere safe. It will not be shown again."
KEY = "The key"
ADDRESS = "The address for programs that connect as to OpenAI"

KEYS_HEADING = "Your keys"
NO_KEYS = "You have no keys yet."
MADE_ON = "Made on {day}"
ENDS_ON = "Good until {day}"
USED_ON = "Last used on {day}"
NEVER_USED = "Not used yet"
ENDED = "Expired"
REVOKED = "Revoked"
REVOKE = "Revoke the key"
REVOKE_SURE = "Revoke the key? Programs that use it stop working at once."
REVOKE_NOW = "Revoke the key"

REFUSED = {
    "not_valid": "To create a key, give it a name and tick at least one thing that the program may do.",
    "too_many": "You already have {most} good keys. Revoke one that is not used, and try again.",
}

# What chat programs show of Darash

EVERYTHING = "Darash: all collections"
