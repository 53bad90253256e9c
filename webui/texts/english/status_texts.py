# ruff: noqa: S105 - a token is a piece of a word here
"""The English sentences about the state of Darash and its use, and of the navigation over all settings pages."""

# Where one may go

SETTINGS = "Settings"
MINE = "Mine"
OF_TEAM = "The team"
OF_SYSTEM = "The system"

# Amounts

SIZES = ("{count} bytes", "{count} KB", "{count} MB", "{count} GB", "{count} TB")
PERCENT = "{count}%"
NOT_YET = "Not yet"

# The state

STATUS = "System status"
STATUS_LEAD = "What works, what needs care, and how much room the documents take. The page renews itself."
FINE = "Fine"
LOOK = "Needs care"

CHECKS = "Check"
WORKER = {
    "working": "Documents are being read this moment.",
    "idle": "No documents are waiting to be read.",
    "stalled": (
        "Documents are waiting and nobody reads them. Restart Darash, or run the command darash worker beside it."
    ),
}
QUEUED = ("One document is waiting.", "{count} documents are waiting.")
FAILED_NONE = "All documents of your collections were read."
FAILED = (
    "One document was not read. The reason stands beside it.",
    "{count} documents were not read. The reason stands beside each.",
)
TO_DOCUMENTS = "To the documents"
DISK_FINE = "There is room on the disk: {free} free of {total}."
DISK_FULL = "The disk is almost full: {free} free of {total}. Free some room, or uploads and answers will not be kept."
OCR_FINE = "Scanned pages are read (Tesseract)."
OCR_MISSING = "Tesseract is not installed on this computer, so scanned pages stay without text."
DATABASE = {"sqlite": "Database: SQLite, {size}.", "postgresql": "Database: PostgreSQL, {size}."}
INDEX_BROKEN = (
    "The index of the collection {name} is not sound. On the computer that Darash runs on, run darash reindex."
)
INDEX_OLD = "The index of the collection {name} is being rebuilt, and nothing is found in it meanwhile."
UNNAMED_COLLECTION = "that is not open to you"

# Model servers

MODEL = "Language model"
NO_MODEL = "No language model is connected: answers are sentences from the documents, word for word (quotation mode)."
MODEL_NAME = "Model: {name}"
MODEL_CONTEXT = "Greatest length: {count} tokens"
SERVER_FINE = "Answers"
SERVER_WRONG = "Does not answer"
SERVER = "Server"
FIRST_TOKEN = "To the first word"
RATE = "Speed of writing"
SECONDS = "{count} seconds"
TOKENS_A_SECOND = "{count} tokens a second"
BUSY = "Being written now"
WAITING = "Waiting in line"
MEASURED = (
    "The speed was measured on the last answer since the start.",
    "The speed was measured on the last {count} answers since the start.",
)
NOT_MEASURED = "The speed will stand here after the first answer."
MODEL_DOWN = "The server answered with an error. Look into its log."

# The embedder

EMBEDDER = "Searching by meaning"
EMBEDDER_NAME = "Search model: {name}"
EMBEDDER_SHIPPED = "The search model that comes with Darash ({name})"
EMBEDDER_MISSING = (
    "The search model is not available, so only words are searched. On the computer that Darash runs on: "
    "darash embedder status."
)
UP_TO_DATE = "All collections can be searched with this model."
RENEWING = "The collections are moving to this model. Until they have, the one before is searched with."
WAY = "{done} of {total} passages"
ALL_COLLECTIONS = "All collections"

# Storage

STORAGE = "Storage"
STORAGE_LEAD = "The original files, page images and index of each collection."
COLLECTION = "Collection"
DOCUMENTS = "Documents"
ORIGINALS = "Original files"
IMAGES = "Page images"
INDEX = "Index"
TOTAL = "Total"
SHARE_OF_ALL = "Share of all"
CLOSED_COLLECTIONS = ("One collection that is not open to you", "{count} collections that are not open to you")
NOTHING_STORED = "There are no documents yet."

# Use

USE = "Use and opinions"
USE_LEAD = (
    "How much is asked, and what people think of the answers. Only numbers are counted: the questions "
    "themselves stay with those who asked."
)
USE_NONE = "No questions were asked in this time."
QUESTIONS = "Questions of the last {days} days"
ASKED = "Questions"
ASKERS = "People who asked"
FOUND_SHARE = "Answered from documents"
GOOD_SHARE = "Good opinions"
ANSWERED = "Answered"
REFUSED = "Not found in the documents"
BROKEN = "Not completed"
OPINIONS = "Opinions of the last {weeks} weeks"
OPINIONS_NONE = "There are no opinions yet. Below each answer one can say whether it helped."
GOOD = "Good answers"
BAD = "Answers that did not help"
REASONS_HEADING = "What was wrong"
DAY = "Day"
WEEK = "Week from {day}"
WEEKS = "Week"
AS_TABLE = "The figures as a table"
COUNT = "How many"
BAR = "{label}: {parts}"
PART = "{name} {count}"
CHART_SUMMARY = "Bar chart, {total} in all. The figures stand in a table below it too."

# What quotation mode is, and how to connect a model

CONNECT = "Quotation mode, and connecting a language model"
QUOTED_WHAT = (
    "Darash finds the answers in the documents without a language model too. In quotation mode an answer is the "
    "sentences that answer the question, as they stand in the document, each with its source beside it. A "
    "language model makes one text of the same passages, and the sources stay beside it."
)
CONNECTED = "A language model is connected."
CONNECTED_MORE = "Which one, and how it is"
CONNECT_GAINS = "What a language model adds"
CONNECT_GAINED = (
    ("An answer in its own words that joins several sources, each sentence checked against its source at the end."),
    "Questions that follow on: you can ask “and what about guests?” without repeating the question.",
    "A summary of a whole document, and a comparison of documents.",
)
CONNECT_HOW = "How to connect one"
CONNECT_WHO = "This is done once, on the computer that Darash runs on. If somebody else runs it, show them this page."
CONNECT_RUN = (
    "Start a model server. Ollama suits a single computer, and vLLM one with an NVIDIA card. Any server that "
    "speaks the OpenAI API will do as well."
)
CONNECT_FOUND = "A server was found running on this computer:"
CONNECT_CHOOSE = (
    "Choose a model. This command shows which models suit your graphics card, and how good their Hebrew is:"
)
CONNECT_WRITE = "Write the address of the server into the file .env in the folder that Darash is started from:"
CONNECT_RESTART = "Restart Darash, and check that all is connected:"
CONNECT_AWAY = (
    "Mind: if the server is on another computer, questions and the passages that were found are sent to it. A "
    "server on the same computer lets nothing out."
)
