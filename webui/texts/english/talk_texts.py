"""The English sentences about what was said: what can be done with it, and what the marks on it mean."""

# Below questions and answers

TOOLS_OF_QUESTION = "What to do with the question"
TOOLS_OF_ANSWER = "What to do with the answer"
TOOLS = {
    "copy": "Copy with the sources",
    "again": "Another answer to the same question",
    "edit": "Edit the question",
    "good": "Good answer",
    "bad": "Bad answer",
}
COPY_TEXT = "Copy as plain text"
COPY_CODE = "Copy the code"
TABLE = "Table"
BRANCHES_OF_QUESTION = "Wordings of the question"
BRANCHES_OF_ANSWER = "Answers to the same question"
BRANCH = "{number} of {total}"
PREVIOUS_BRANCH = "Previous"
NEXT_BRANCH = "Next"
EARLIER = "Show earlier messages"

# What stands in an answer

SOURCES = "Sources"
WHAT_IS_VERIFIED = "What was checked?"
HOW_VERIFIED = (
    "Beside each sentence stands the number of a source. Darash compared the numbers, dates and words of the "
    "sentence with the passage of the source. A sentence that is not all there has a dotted line. The check "
    "does not understand everything: before an important decision, read the source itself."
)
WHY_MARKED = (
    "The text of this page was not read with certainty, and its numbers and names may have mistakes. Open the source "
    "and compare with the image of the page."
)

# What somebody says of an answer

BAD_HEADING = "What is bad about the answer?"
BAD_TEXT = (
    "Whoever runs Darash will see what you write, with the question and the answer. That is how searching gets better."
)
BAD_REMARK = "In your own words (optional)"
BAD_SEND = "Send"
BAD_CANCEL = "Cancel"
REASONS = {
    "wrong": "The answer is wrong",
    "not_in_source": "The source does not say so",
    "missing": "Something important is missing",
    "wrong_source": "The source is not the right one, or out of date",
    "unclear": "The answer is not clear",
    "refused": "There is no answer, though it is in the documents",
    "language": "The Hebrew is not right",
}

# Before the first question

BEGIN_TRY = "You can begin with one of these:"

# What the page's own scripts say

SCRIPT = {
    "whyDoubtful": "Darash did not find all of this sentence in the source beside it. Open the source and check.",
    "started": "The question was sent. Searching the documents.",
    "copied": "Copied",
    "copyFailed": "Copying did not work. Select the text and copy it.",
    "sources": "Sources:",
    "toEnd": "To the end of the conversation",
    "editQuestion": "The question",
    "editHint": "The earlier answer is kept; the arrows below the question lead back to it.",
    "askEdited": "Ask",
    "cancelEdit": "Cancel",
    "badThanks": "Thank you, it was noted.",
    "goodThanks": "Thank you, it was noted that the answer is good.",
    "opinionFailed": "Your opinion could not be noted. Try again.",
}
