"""The English sentences of the web, of its screen and of every page."""

# The page

TITLE = "Darash"
TAGLINE = "Answers from your own documents"
VIEW_TALK = "Chat"
VIEW_DOCUMENTS = "Documents"
VIEWS = "View"
MENU = "List of conversations"
SKIP = "Skip to the question"
LOADING = "Just a moment…"

# The language of the screen

LANGUAGE = "Language of the screen"
LANGUAGE_NAME = "English"
LANGUAGE_LEAD = (
    "Answers are always written in Hebrew, from the documents. Here you choose in which language the screen speaks."
)

# Days and moments

DAY = "{day.day} {month} {day.year}"
MOMENT = "{day}, {time:%H:%M}"

# Every page: the way back, the menu of the person, the theme

THEME = "Look"
THEMES = {"": "As the device", "light": "Light", "dark": "Dark"}
THEME_LEAD = "As the device: the screen is light or dark, as your computer or phone is set."
BACK_TO_TALK = "Back to the conversation"
ME = "Menu of {name}"
ROLES = {"owner": "Owner", "manager": "Manager", "member": "Member", "guest": "Guest"}
MY_ACCOUNT = "My account"
MY_COLLECTIONS = "Collections"
MY_SHARES = "Shared conversations"
MY_KEYS = "API keys"
TEAM = "People"
GROUPS = "Groups"
AUDIT = "Activity log"
SIGN_OUT = "Sign out"
COPY = "Copy"
COPIED = "Copied"

# Conversations

NEW_CONVERSATION = "New conversation"
CONVERSATIONS = "Earlier conversations"
NO_CONVERSATIONS = "Your conversations will appear here."
UNTITLED = "Untitled conversation"
DELETE_CONVERSATION = "Delete the conversation"

# Asking and answering

CHAT = "The conversation"
QUESTION = "Your question"
QUESTION_PLACEHOLDER = "What would you like to know?"
STOP = "Stop"
READ_AS = "Typed with an English keyboard, read as: {text}"
ASK_AGAIN = "Ask again"
ASK_NEXT = "You can go on and ask:"
SEARCHING = "Searching the documents…"
THINKING = "Thinking…"
THOUGHTS = "Train of thought"
IN_LINE = "It is busy: place {place} in line"
SEARCHED = "Searched: {question}"
SEARCHED_ALSO = "Also searched: {terms}"
DOUBTFUL = "Not verified in the source"
MISSING = "Not found in the source: {missing}"
MISSING_BETWEEN = "; "
ALL_VERIFIED = "All sentences with a number were verified against the source."
EMPTY_HEADING = "What would you like to know?"
EMPTY_TEXT = (
    "Ask in Hebrew and get an answer from your own documents. Each sentence has a number beside it: click it "
    "to open the page it was taken from."
)
NOTHING_TO_SEARCH_HEADING = "There is nothing to search yet"
NOTHING_TO_SEARCH = (
    "No collection of documents is open to you now. Ask the person who invited you to open one, and then you can ask."
)
QUOTED_BANNER = (
    "Quotation mode: no language model is connected, so answers are sentences from the documents, word for word."
)
QUOTED_MORE = "How do I connect a model?"
NOT_KEPT = (
    "The question cannot be saved just now: the server's disk is full or the database does not answer. Try "
    "again in a moment."
)
CONVERSATION_GONE = "This conversation was deleted or is not yours. You can start a new one."
CHOSEN_GONE = (
    "One of the collections chosen to search was deleted or is no longer open to you. "
    "Choose again where to search, and ask."
)

PROBLEMS = {
    "empty_question": "No question was asked. Write one and try again.",
    "too_long": "The question is too long. Shorten it and try again.",
    "model_error": "The model server reported an error in the middle of the answer. What was written so far is kept.",
    "model_unavailable": "The model server does not answer. Make sure that it runs, and try again.",
    "model_refused": "The model server refused the request: the access key is wrong. Check DARASH_MODEL_API_KEY.",
    "model_dropped": (
        "The connection to the model server broke in the middle of the answer. What was written so far is kept."
    ),
    "model_slow": "The model server did not answer in time. You can try again in a moment.",
    "model_busy": "Too many questions are waiting for the model server now. Try again in a few minutes.",
    "model_cut": "The answer reached the greatest length and was cut off.",
    "thoughts_only": (
        "The model thought aloud and reached no answer. Ask more briefly and precisely, or connect a model that "
        "thinks less."
    ),
    "index_renewing": (
        "Darash was updated, and the index of the collection is being rebuilt. You can ask again in a few minutes."
    ),
    "search_failed": (
        "Searching the documents failed. If it happens again, run darash doctor on the computer that Darash runs on."
    ),
    "rights_changed": (
        "Your permissions changed while the answer was written, so it was stopped. You can ask again in what is "
        "open to you now."
    ),
    "stopped": "The answer was stopped before its end.",
    "interrupted": "The server was stopped in the middle of the answer. What was written so far is kept.",
}
PROBLEM_UNKNOWN = (
    "Something went wrong on the way to the answer. What was written so far is kept, and you can ask again."
)


def reading_part(done: int, parts: int) -> str:
    """Which part is being read, when `done` of all parts are."""
    return f"Reading part {min(done + 1, parts)} of {parts}"


def verified(sentences: int, total: int) -> str:
    """How many of the sentences with a citation were verified, fewer than all."""
    if total == 1:
        return "The sentence was not verified against the source."
    if sentences == 0:
        return f"None of the {total} sentences was verified against the source."
    return f"{sentences} of {total} sentences {'was' if sentences == 1 else 'were'} verified."


# The source panel

SOURCE = "The source"
CLOSE = "Close"
QUOTE = "The quoted passage"
CITED_PAGE = "Back to the quoted passage"
PREVIOUS_PAGE = "Previous"
NEXT_PAGE = "Next"
PAGE_IMAGE = "Image of {page} of {title}"
SOURCE_GONE = (
    "The document is no longer in the collection: it was deleted or replaced. This is the passage that was "
    "quoted from it, as kept with the answer."
)
SOURCE_REPLACED = (
    "The document was replaced by a new version. This is the passage that was quoted from the previous one, "
    "as kept with the answer."
)
SOURCE_MOVED = (
    "The document was read anew, and the quoted page is no longer in it. This is the passage as kept with the answer."
)
SOURCE_CLOSED = (
    "The collection that this source comes from is no longer open to you, or was deleted. The answer stays as"
    " you got it."
)
NEW_VERSION = "The new version"

# What places in documents are called

PAGE = "page {label}"
SLIDE = "slide {label}"
SHEET = "sheet {label}"
ROW = "row {row}"
ROWS = "rows {row}–{last}"
MESSAGE = "message"
MESSAGE_FROM = "message from {label}"
LIST_COMMA = ", "

# What the page's own scripts say

SCRIPT = {
    "delete": "Delete",
    "cancel": "Cancel",
    "loading": LOADING,
    "sourceFailed": "The source could not be opened. The document may have been deleted.",
    "ready": "The answer is ready.",
    "signedOut": "You are no longer signed in. Reload the page to sign in again.",
}

# Gradio's own words: by the keys under which it looks them up, and those that stand in its code

GRADIO_KEYS = {
    "common.complete": "Done",
    "common.copy_message": COPY,
    "common.copied_message": COPIED,
    "chat_interface.chatbot": CHAT,
    "chat_interface.conversation": CHAT,
    "chat_interface.message_placeholder": QUESTION_PLACEHOLDER,
    "chat_interface.new_chat": NEW_CONVERSATION,
    "status.queue_position": "Place {position} of {size} in line",
    "blocks.lost_connection": "The connection to the server was lost. Connecting again…",
    "blocks.waiting_for_inputs": "Waiting for the upload to end. Try again in a moment.",
    "blocks.connection_can_break": "On a phone, the connection may break in another tab or with the screen off.",
}

GRADIO = {
    "Submit": "Send",
    "Stop": STOP,
    "Scroll to bottom": "To the end of the conversation",
    "Scroll down": "To the end of the conversation",
    "chatbot conversation": CHAT,
    "Clear": "Clear",
    "Loading": LOADING,
    "Loading...": LOADING,
}
GRADIO_PREFIXES = {
    "Select example": "Example question: {rest}",
    "user's message:": "Your question",
    "bot's message:": "Darash's answer",
}

# The server's own pages and answers (webui/pages, webui/api, webui/security.py)

SIGN_IN = "Sign in to Darash"
SIGN_IN_BUTTON = "Sign in"
SIGN_IN_READY = "The link is good. One click, and you can start to ask."
SIGN_IN_NEEDED = (
    "To sign in, open the link that is shown in the window in which Darash runs. This command makes a new link there:"
)
SIGN_IN_USED = (
    "The link was used already or has expired: each link signs in once. For a new one, run this on the computer that "
    "Darash runs on:"
)
NOT_FOUND = "Not found: it may have been deleted, or it is not open to you."
NOT_SIGNED_IN = "Sign in first."
BAD_REQUEST = "The request is not valid."
TOO_MUCH = {
    "answers": "Several of your answers are still being written. Wait until one ends, or stop it, and ask again.",
    "questions": "You asked many questions in the last minute. Wait a little and ask again.",
    "uploads": "Several of your uploads are still on their way. Wait until one ends and try again.",
    "works": "Several searches or files that you asked for are still being made. Wait until one ends and try again.",
}
SERVER_ERROR = "Something went wrong on the server. The details are in its log under the number {request_id}."
CROSS_SITE = "The request came from another site and was refused."
WRONG_HOST = "Darash does not know this address. Put it into DARASH_PUBLIC_URL and restart Darash."
