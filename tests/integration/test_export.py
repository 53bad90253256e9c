"""Files to take along over HTTP: names, types, and what is not there."""

import csv
import io

import pytest

from answers.answer import Answer
from tests.web_parts import QUOTE, citation_of, new_collection, ready_document

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@pytest.fixture
def said(services):
    """A conversation of two exchanges: its id, the id of the first answer, the id of the collection."""
    owner = services.accounts.owner().id
    collection = new_collection(services, "חוזים: 2024/25")
    citation = citation_of(ready_document(services, collection.id, title="=חוזה"))
    conversation = services.conversations.create(owner, 'מה עולה "אגרה"?')
    first = services.conversations.add_question(owner, conversation.id, "שאלה ראשונה")
    services.conversations.save_answer(first.id, Answer("התשובה [1].", (citation,), finished=True))
    second = services.conversations.add_question(owner, conversation.id, "שאלה שנייה")
    services.conversations.save_answer(second.id, Answer("תשובה שנייה.", finished=True))
    return conversation.id, first.id, collection.id


@pytest.mark.parametrize("kind", TYPES)
def test_a_conversation_is_saved_under_its_name(client, said, kind):
    """Each format comes as a file with a Hebrew name (RFC 6266), its type, and a word that it is to be saved."""
    response = client.get(f"/export/conversation/{said[0]}.{kind}")
    assert response.status_code == 200
    assert response.headers["content-type"] == TYPES[kind]
    name = "%D7%9E%D7%94%20%D7%A2%D7%95%D7%9C%D7%94%20%D7%90%D7%92%D7%A8%D7%94%20%3F".removesuffix("%20%3F")
    expected = f"attachment; filename=\"darash.{kind}\"; filename*=UTF-8''{name}.{kind}"
    assert response.headers["content-disposition"] == expected
    assert response.headers["cache-control"] == "no-store"


def test_one_answer_is_saved_with_its_question_and_sources(client, said):
    """Of a conversation, only that exchange."""
    text = client.get(f"/export/turn/{said[1]}.md").text
    assert "שאלה ראשונה" in text
    assert QUOTE in text
    assert "שנייה" not in text


def test_sources_and_documents_come_as_tables(client, said):
    """The sources of a conversation and the documents of a collection; a title that looks like a formula is a text."""
    sources = rows(client.get(f"/export/conversation/{said[0]}.csv").content)
    assert sources[1] == ["שאלה ראשונה", "1", "'=חוזה", "עמוד 1", QUOTE]
    documents = rows(client.get(f"/export/collection/{said[2]}.csv").content)
    assert documents[1][:2] == ["'=חוזה", "'=חוזה.pdf"]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "path",
    [
        "conversation/{0}.exe",
        "conversation/x.pdf",
        "turn/x.md",
        "turn/{0}.md",
        "collection/x.csv",
        "collection/{2}.pdf",
    ],
)
def test_what_is_not_there_is_not_exported(client, said, path):
    """Other formats and unknown ids are 404."""
    assert client.get(f"/export/{path.format(*said)}").status_code == 404


@pytest.mark.parametrize("path", ["conversation/{0}.pdf", "turn/{1}.docx", "collection/{2}.csv"])
def test_nobody_exports_without_signing_in(visitor, said, path):
    """Without a session there are no files."""
    assert visitor.get(f"/export/{path.format(*said)}").status_code == 401
