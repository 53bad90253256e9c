"""JSON routes of one's own conversations: list, read, rename, delete. Asking in them is `webui/api/ask.py`."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from webui.accounts.gate import account_of, address_of
from webui.api.field import Id, Name
from webui.api.problem import refusals
from webui.api.spoken import TurnForm, turn_form
from webui.conversations import Conversation
from webui.services import Services


class ConversationForm(BaseModel):
    """A conversation as lists show it."""

    id: str
    title: str
    created_at: float
    updated_at: float


class WholeConversation(ConversationForm):
    """A conversation with what was said in it, in order."""

    turns: list[TurnForm]


class NewTitle(BaseModel):
    """What a conversation is to be called."""

    title: Name


def routes(services: Services) -> APIRouter:
    """`GET /api/conversations`; `GET`, `PATCH` and `DELETE /api/conversations/ID`. Nobody has those of others."""
    router = APIRouter(prefix="/api", tags=["conversations"])
    kept = services.conversations

    @router.get("/conversations", responses=refusals())
    def conversations(request: Request) -> list[ConversationForm]:
        """Your conversations, the one last spoken in first."""
        return [_form(each) for each in kept.list(account_of(request))]

    @router.get("/conversations/{conversation_id}", responses=refusals(404))
    def conversation(request: Request, conversation_id: Id) -> WholeConversation:
        """One conversation with its turns."""
        account_id = account_of(request)
        readable = {collection.id for collection in services.permissions.readable(account_id)}
        turns = [turn_form(turn, readable) for turn in kept.turns(account_id, conversation_id)]
        return WholeConversation(**_form(kept.get(account_id, conversation_id)).model_dump(), turns=turns)

    @router.patch("/conversations/{conversation_id}", responses=refusals(404, 413))
    def rename_conversation(request: Request, conversation_id: Id, new: NewTitle) -> ConversationForm:
        """Gives a conversation another title."""
        kept.rename(account_of(request), conversation_id, new.title)
        return _form(kept.get(account_of(request), conversation_id))

    @router.delete("/conversations/{conversation_id}", status_code=204, responses=refusals(404))
    def delete_conversation(request: Request, conversation_id: Id) -> Response:
        """Deletes a conversation with all that was said in it."""
        account_id = account_of(request)
        kept.delete(account_id, conversation_id)
        services.audit.record(account_id, "conversation_deleted", conversation_id, address_of(request))
        return Response(status_code=204)

    return router


def _form(conversation: Conversation) -> ConversationForm:
    return ConversationForm(**{name: getattr(conversation, name) for name in ConversationForm.model_fields})
