"""The English sentences about documents: uploading, the list, what went wrong, checking the text."""

# Uploading

DROP_HEADING = "Add documents"
DROP_TEXT = "Drop files or folders here, or"
CHOOSE_FILES = "choose files"
CHOOSE_FOLDER = "choose a folder"
DROP_FORMATS = (
    "PDF and Word documents, Excel sheets, PowerPoint slides, OpenDocument files, HTML pages, EPUB books, "
    "text, e-mail (EML and MSG), scanned images, and ZIP files of all these. They are kept on your server and"
    " do not leave it."
)

# The list

DOCUMENTS_HEADING = "Documents"
NO_DOCUMENTS = "There are no documents in the collection yet."
NO_DOCUMENTS_NEXT = (
    "Drop files or folders on the frame above. Reading begins at once, and you can ask about each document when "
    "it is ready."
)
NO_DOCUMENTS_READER = "Whoever edits the collection can add documents to it."
NO_MATCH = "No documents match the filter."
CLEAR_FILTER = "Show all documents"
SUMMARY = "{total} documents"
SUMMARY_ONE = "One document"
SUMMARY_READY = "Ready: {count}"
SUMMARY_BUSY = "Waiting or being read: {count}"
SUMMARY_PAUSED = "Paused: {count}"
SUMMARY_FAILED = "Failed: {count}"
FILTER_NAME = "Search by name"
FILTER_STATE = "State"
FILTERS = {
    "": "All documents",
    "busy": "Waiting or being read",
    "failed": "Failed",
    "ready": "Ready",
}
SORT = "Order"
SORTS = {
    "": "What needs care, then the newest",
    "new": "Newest first",
    "old": "Oldest first",
    "name": "By name",
    "large": "Largest first",
}
PAUSE_ALL = "Pause all"
RESUME_ALL = "Resume all"
CANCEL_ALL = "Cancel all that wait"
ROWS = "Pages of the list"
ROWS_SHOWN = "{first} to {last} of {total}"
ROWS_BEFORE = "Previous"
ROWS_AFTER = "Next"
ALL_DOCUMENTS = "Back to all documents"
INSIDE = "Inside"
FOLDER = "In the folder"
REPLACES = "Will replace"
ADDED = "Added on {day}"
ADDED_BY = "Added on {day} by"
CHOOSE = "Choose {name}"
MORE = "What can be done with {name}"
CHOSEN = "The chosen documents"
CHOOSE_NONE = "Choose none"
PARTS = "{count} files inside"
PARTS_ONE = "One file inside"
PARTS_ALL = "Show all files inside"

STATES = {
    "queued": "Waiting in line",
    "paused": "Paused",
    "reading": "Being read",
    "indexing": "Being added to the search",
    "ready": "Ready",
    "failed": "Failed",
}
MOVING = "Being moved"
PAGES_DONE = "Page {done} of {total}"
PARTS_DONE = "Part {done} of {total}"
COUNTS = {
    "page": ("One page", "{total} pages"),
    "slide": ("One slide", "{total} slides"),
    "sheet": ("One sheet", "{total} sheets"),
    "message": ("One message", "{total} messages"),
}
SCANNED_ONE = "one of them read from a scan"
SCANNED_SOME = "{count} of them read from a scan"
SCANNED_ALL = "read from a scan"
ACTIONS = {
    "pause": "Pause",
    "resume": "Resume",
    "cancel": "Cancel",
    "retry": "Try again",
    "replace": "Replace",
    "move": "Move to another collection",
    "delete": "Delete",
}
CHECK = "Check the text"
DOWNLOAD = "Download the file"
STATE_CHANGED = "The state of the document has changed meanwhile."
NOT_MOVED = {
    "part": "The file lies inside another one, and moves only with it.",
    "busy": "The document is being read now, or a new version of it is on its way. It can be moved when it is ready.",
    "there": "The collection that you chose has the same file already.",
}

# What went wrong with a whole file, and what to do

REASONS = {
    "unreadable": (
        "The file could not be read: it is damaged, or not of the kind that its name says. Save it anew and "
        "upload it again."
    ),
    "encrypted": "The file is protected by a password. Remove the password and upload it again.",
    "no_text": (
        "There is no text in the file. If it is a scan, make sure that it is legible and straight, or upload it "
        "after recognising its text (OCR)."
    ),
    "unsupported": "Files of this kind cannot be read. Save it as PDF or Word (docx) and upload it again.",
    "no_converter": (
        "This file is of an old Office version. Reading it takes LibreOffice, which is not installed on the "
        "server. Save it in a new format (docx, xlsx, pptx) and upload it again, or ask whoever runs the server "
        "to install it."
    ),
    "too_many_pages": "The document has too many pages. Split it into several files and upload it again.",
    "timed_out": "Reading the file took too long and was stopped. Try to split it into several files.",
    "out_of_memory": "The file needed too much memory. Try to split it into several files.",
    "empty": "The file is empty. Check that you chose the right one.",
    "too_expanded": (
        "The compressed file expands to an unusual size or holds too many files, so it was not opened. Upload the"
        " files inside it without compressing them."
    ),
    "too_nested": (
        "The file lies too deep: an archive in an archive in an archive. Extract it and upload it by itself."
    ),
    "internal": (
        "Something went wrong on our side while the file was read. The details are in the log; you can try again."
    ),
    "index_unusable": (
        "The index of the collection is damaged or was built with other settings. Whoever runs the server has to "
        "run darash reindex; then you can try again."
    ),
    "worker_died": (
        "Reading the file crashed again and again and was stopped. Save it anew in another program and upload it again."
    ),
    "too_large": "The file is too large: up to {limit} MB can be uploaded.",
    "storage_full": "The server's disk is full. Free some room and try again.",
    "empty_name": "The file has no name. Give it one and upload it again.",
    "no_files": "No files were chosen.",
    "bad_upload": "The upload arrived garbled. Try again.",
}
REASON_UNKNOWN = "The file was not taken in. You can try again."

# How well pages were read: in the list, in a citation, in the check of the text

WARNINGS = {
    "scanned_without_text": "Scanned pages without text",
    "low_quality": "Text that looks garbled",
    "unmapped_characters": "Characters that were not recognised",
    "unreadable_page": "Pages that could not be read",
}
WARNING_UNKNOWN = "A note about the reading"
WARNING_PAGES = "{warning}: p. {pages}"
PAGE_NOTES = {
    "low_quality": "The text of this page is of low quality: words in it may be garbled. Check it against the image.",
    "unmapped_characters": "Some characters of this page were not recognised. Check it against the image.",
    "read_from_scan": "The page was scanned, and there may be mistakes. Check numbers and names against the image.",
    "scanned_without_text": "The page is a scan in which no text was found. Searching does not find what is on it.",
    "unreadable_page": "The page could not be read. Searching does not find what is on it.",
}
PAGE_NOTE_UNKNOWN = "There was a note about the reading of this page. Check it against the source."
MARKS = {"scanned": "Scanned, there may be mistakes", "low": "Text of low quality"}
VERDICTS = {"good": "good", "doubtful": "doubtful", "poor": "low"}

# Checking the text of a document beside its pages

CHECK_QUALITY = "Quality of the text: {verdict}"
CHECK_SCANNED = "Read from a scan"
CHECK_DOUBTFUL = "Pages worth checking"
CHECK_NONE_DOUBTFUL = "No pages need a special check."
CHECK_NEXT_DOUBTFUL = "To the next page worth checking"
CHECK_TEXT = "The text that was read"
CHECK_IMAGE = "The original page"
CHECK_HINT = "Click a word to mark it on the page, or click the page to mark the word in the text."
CHECK_NO_TEXT = "No text was found on this page."
CHECK_NOT_READY = "The document was not read yet. Its text can be checked when it is ready."
CHECK_OF = "{place} (of {total})"
BACK_TO_DOCUMENTS = "Back to the documents"

# What the page's own scripts say

SCRIPT = {
    "deleteDocument": "Delete the document “{name}”?",
    "deleteDocumentText": (
        "It is removed from the search and from the server. Earlier answers that rely on it keep the passage they"
        " quote, but not the page."
    ),
    "cancelDocument": "Cancel the reading of “{name}”?",
    "cancelDocumentText": "The file is removed from the server and not searched. It can be uploaded again.",
    "cancelWaiting": "Cancel all documents that wait?",
    "cancelWaitingText": "Files that were not read yet are removed from the server. Documents that are ready stay.",
    "cancelYes": "Cancel the reading",
    "cancelNo": "Go on",
    "listFailed": "No connection to the server. Trying again…",
    "actionFailed": "That did not work. Try again.",
    "uploading": "Uploading",
    "uploadTotal": "{done} of {total} files",
    "uploadEnded": "The upload has ended: {done} of {total} files were taken in.",
    "uploadStop": "Stop the upload",
    "uploadStopped": "The upload was stopped: {done} of {total} files were taken in.",
    "uploadHidden": "Hidden and temporary files were left out: {count}.",
    "uploadNothing": "There are no files to upload.",
    "uploadFailed": "The upload failed",
    "alreadyThere": "The file is in the collection already",
    "uploadLost": "The connection was lost during the upload. Try again.",
    "guideEnded": "You can come back to it at any time, from the menu beside your name.",
    "uploadShare": "{share}%",
    "dropNowhere": "Drop the files on the card of a collection, or open a collection and drop them there.",
    "badCollection": "Give the collection a name of up to 100 characters.",
    "deletedDocument": "“{name}” was deleted.",
    "deleteOne": "Delete the chosen document?",
    "deleteMany": "Delete the {count} chosen documents?",
    "deletedOne": "The document was deleted.",
    "deletedMany": "{count} documents were deleted.",
    "move": "Move",
    "moveOne": "Where should the document go?",
    "moveMany": "Where should the {count} documents go?",
    "moveWhere": "The collection",
    "moveText": (
        "Whoever the new collection is open to can read and search the document. Earlier answers go on pointing "
        "to it, for those who may read it."
    ),
    "movedOne": "The document moved to “{name}”.",
    "movedMany": "{count} documents moved to “{name}”.",
    "openMoved": "Open the collection",
    "chosenOne": "One document is chosen",
    "chosenMany": "{count} documents are chosen",
    "newVersions": (
        "{count} of the files are in the collection already, in the same folders. Replace those that changed?"
    ),
    "newVersionsText": (
        "The previous version of a changed file is removed when the new one is ready. Files that did not change "
        "stay as they are."
    ),
    "newVersionsYes": "Replace",
    "newVersionsNo": "Skip them",
}
