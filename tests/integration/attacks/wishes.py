"""What anybody might want of the lawyer's, by every way there is. The status is what a person without rights gets."""

from dataclasses import replace

from tests.integration.attacks.attempt import Attempt, Statuses

PDF = {"file": ("a.pdf", b"%PDF-1.4")}
ASK = {"question": "כמה?", "collections": ["{collection}"], "stream": False}
CHAT = {"model": "{model}", "messages": [{"role": "user", "content": "כמה?"}]}

READING = [
    Attempt("the list of documents", "GET", "/api/documents?collection={collection}", 404),
    Attempt("the record of a document", "GET", "/api/documents/{document}", 404),
    Attempt("the text of a page", "GET", "/api/documents/{document}/pages/1", 404),
    Attempt("the picture of a page", "GET", "/api/documents/{document}/pages/1.webp", 404),
    Attempt("the original file", "GET", "/api/documents/{document}/original", 404),
    Attempt("a piece of the original", "GET", "/api/documents/{document}/original", 404, headers={"range": "bytes=0-"}),
    Attempt("a conversation", "GET", "/api/conversations/{conversation}", 404),
    Attempt("to search", "POST", "/api/search", 404, json={"question": "כמה?", "collections": ["{collection}"]}),
    Attempt("an answer", "POST", "/api/ask", 404, json=ASK),
    Attempt("an answer as a stream", "POST", "/api/ask", 404, json={**ASK, "stream": True}),
    Attempt(
        "to go on in a conversation", "POST", "/api/ask", 404, json={"question": "?", "conversation": "{conversation}"}
    ),
    Attempt("the collection as a model", "GET", "/v1/models/{model}", 404),
    Attempt("a chat with the collection", "POST", "/v1/chat/completions", 404, json=CHAT),
    Attempt("a streamed chat with it", "POST", "/v1/chat/completions", 404, json={**CHAT, "stream": True}),
]

SCREEN = [
    Attempt("a cited source", "GET", "/source/{turn}/1", 404),
    Attempt("a cited source in a window", "GET", "/view/{turn}/1", 404),
    Attempt("another page of a source", "GET", "/source/{turn}/1?page=1", 404),
    Attempt("the text beside the picture", "GET", "/documents/{document}/check", 404),
    Attempt("the drawn list of documents", "GET", "/documents/list?collection={collection}", 404),
    Attempt("the glossary", "GET", "/glossary/{collection}", 404),
    Attempt("the page of the collection", "GET", "/collections/{collection}", 404),
    Attempt("to share a conversation", "GET", "/share/{conversation}", 404),
    Attempt("a conversation as DOCX", "GET", "/export/conversation/{conversation}.docx", 404),
    Attempt("a conversation as PDF", "GET", "/export/conversation/{conversation}.pdf", 404),
    Attempt("an answer as Markdown", "GET", "/export/turn/{turn}.md", 404),
    Attempt("what was shared", "GET", "/shares/{share}", 404),
]

CHANGING = [
    Attempt("to delete a document", "DELETE", "/api/documents/{document}", 404),
    Attempt("to read a document again", "POST", "/api/documents/{document}/retry", 404),
    Attempt("to hold a document", "POST", "/api/documents/{document}/pause", 404),
    Attempt("to hold a collection", "POST", "/api/collections/{collection}/pause", 404),
    Attempt("to cancel a collection", "POST", "/api/collections/{collection}/cancel", 404),
    Attempt("to upload into it", "POST", "/api/documents?collection={collection}", 404, files=PDF),
    Attempt(
        "to replace a document", "POST", "/api/documents?collection={collection}&replaces={document}", 404, files=PDF
    ),
    Attempt("to rename a collection", "PATCH", "/api/collections/{collection}", 404, json={"name": "שלי"}),
    Attempt("to delete a collection", "DELETE", "/api/collections/{collection}", 404),
    Attempt("to delete a conversation", "DELETE", "/api/conversations/{conversation}", 404),
    Attempt("to rename a conversation", "PATCH", "/api/conversations/{conversation}", 404, json={"title": "שלי"}),
    Attempt("to bring a conversation back", "POST", "/api/conversations/{conversation}/restore", 404),
    Attempt("to say what an answer is worth", "PUT", "/api/turns/{turn}/opinion", 404, json={"good": False}),
    Attempt("to take that back", "DELETE", "/api/turns/{turn}/opinion", 404),
]

SCREEN_CHANGING = [
    Attempt("to add to the glossary", "POST", "/glossary/{collection}", 404, form={"term": "א", "meaning": "ב"}),
    Attempt("to drop a pair", "POST", "/glossary/{collection}/{pair}/remove", 404),
    Attempt(
        "to change a pair", "POST", "/glossary/{collection}/{pair}/change", 404, form={"term": "א", "meaning": "ב"}
    ),
    Attempt("a link to a conversation", "POST", "/share/{conversation}", 404, form={"how": "link", "days": "7"}),
    Attempt("to take a share back", "POST", "/shares/{share}/revoke", 404),
    Attempt("to end a key", "POST", "/keys/{key}/revoke", 404),
    Attempt(
        "a grant", "POST", "/collections/{collection}/open", 404, form={"whom": "person-{colleague}", "level": "owner"}
    ),
    Attempt("a grant to everybody", "POST", "/collections/{collection}/open", 404, form={"whom": "team"}),
    Attempt("to shut its owner out", "POST", "/collections/{collection}/close", 404, form={"whom": "person-{lawyer}"}),
    Attempt("to own it", "POST", "/collections/{collection}/hand-over", 404, form={"whom": "person-{colleague}"}),
    Attempt("to rename it on its page", "POST", "/collections/{collection}/name", 404, form={"name": "שלי"}),
    Attempt("to delete it on its page", "POST", "/collections/{collection}/delete", 404),
]

EVERYTHING = [*READING, *SCREEN, *CHANGING, *SCREEN_CHANGING]


def at(status: Statuses, *tables: list[Attempt]) -> list[Attempt]:
    """The same wishes of somebody who is refused with another status."""
    return [replace(attempt, status=status) for table in tables for attempt in table]
