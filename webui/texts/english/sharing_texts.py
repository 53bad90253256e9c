"""The English sentences about sharing and exporting conversations."""

SHARE_AND_EXPORT = "Share and export"
TAKE_ANSWER = "Save the answer"
WORD = "Word"
PDF = "PDF"
MARKDOWN = "Markdown"

# The page of one conversation

SHARE_LEAD = (
    "A share is a picture of the conversation at this moment, to be read only: the questions, the answers and"
    " the names of the sources. It does not open the documents themselves, and what you ask later does not "
    "get into it."
)
EMPTY = "There is no answer in this conversation yet that can be shared or exported."
LINK_HEADING = "A link to read it"
LINK_LEAD = (
    "Whoever has the link can read the conversation without signing in to Darash. Send it only to people who "
    "may see it."
)
MAKE_LINK = "Make a link"
LINK_MADE = "The link is ready. It is shown only once, so copy it now."
LINK = "The link"
TEAM_HEADING = "Share with people of the team"
TEAM_LEAD = "The conversation appears on their page of shares after they sign in to Darash."
GROUPS = "Groups"
PEOPLE = "People"
NOBODY = "There is nobody else in the team yet."
SHARE_WITH = "Share"
CHOOSE_SOMEBODY = "Nobody was chosen. Tick at least one person or group and try again."
HOW_LONG = "For how long"
DAYS = {1: "A day", 7: "A week", 30: "A month", 90: "Three months"}
WITH_PASSAGES = "Include the passages quoted from the documents"
NOT_FOR_GUESTS = "Sharing is open to people of the team only. You can save the conversation to a file."
NAMES_BETWEEN = ", "

EXPORT_HEADING = "Save to a file"
EXPORT_LEAD = "The conversation with all its sources and quoted passages, as far as you may read them now."
TABLE_OF_SOURCES = "Table of sources (CSV)"
LIST_OF_DOCUMENTS = "List of documents (CSV)"

# Lists of shares

SHARES = "Shared conversations"
SHARES_LEAD = "What you share with others, and what others share with you."
MADE_HERE = "Shares of this conversation"
MADE_BY_ME = "Shared by me"
OPENED_TO_ME = "Shared with me"
NONE_MADE = "You have not shared a conversation yet. Every conversation has a link “Share and export”."
NONE_OPENED = "Nobody has shared a conversation with you yet."
HAS_LINK = "Link"
BY = "By {name}"
WITH = "With {names}"
SINCE = "From {day}"
UNTIL = "Until {day}"
PASSAGES_IN = "With the quoted passages"
PASSAGES_OUT = "Without the quoted passages"
REVOKE = "Revoke the share"
REVOKE_QUESTION = (
    "Whoever has the share will not be able to open it any more. It cannot be brought back, only made anew."
)
REVOKE_SURE = "Revoke"
REVOKED = "The share was revoked."
MANAGE = "Manage"

# A shared conversation, as others see it

SHARED_LEAD = "A read-only copy of a conversation with Darash, of {day}. Open until {until}."
SHARED_NOTICE = (
    "The answers were written by software from the documents named as sources. Check the source before relying on them."
)
QUESTION = "Question"
ANSWER = "Answer"
SOURCES = "Sources"
WITHHELD = "The answer was made of passages from the documents, and they are not included here."
SHARE_GONE = "The link is not active: it may have expired, or the share was revoked. Ask whoever sent it for a new one."

# Files

EXPORTED = "Saved from Darash on {day}."
FILE_OF_CONVERSATION = "conversation"
FILE_OF_ANSWER = "answer"
FILE_OF_DOCUMENTS = "documents - {name}"
SOURCE_COLUMNS = ("Question", "Number", "Document", "Place", "Quoted passage")
DOCUMENT_COLUMNS = ("Name", "File", "Folder", "Pages", "State", "Added on")
