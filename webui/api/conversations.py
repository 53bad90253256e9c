"""JSON routes of one's own conversations: list, read, change, delete. Asking in them is `webui/api/ask.py`."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from webui.accounts.gate import account_of, address_of
from webui.api.field import CollectionIds, Id, Name
from webui.api.problem import refusals
from webui.api.spoken import TurnForm, turn_form
from webui.conversations import Conversation
from webui.services import Services


class ConversationForm(BaseModel):
    """A conversation as lists show it. Moments are in seconds since 1970."""

    id: str
    title: str
    created_at: float
    updated_at: float
    pinned_at: float | None = Field(description="Since when it stands above the others, if it does")
    collection_ids: list[str] = Field(description="What its questions search on the screen; empty: all you may read")


class WholeConversation(ConversationForm):
    """A conversation with what was said in it, in order."""

    turns: list[TurnForm]


class ConversationChange(BaseModel):
    """What is to change in a conversation; what is not named stays."""

    title: Name | None = None
    pinned: bool | None = Field(None, description="Whether it stands above the others")
    collection_ids: CollectionIds | None = None


def routes(services: Services) -> APIRouter:
    """`/api/conversations`: list, read, change, delete and restore. Nobody has those of others."""
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
    def change_conversation(request: Request, conversation_id: Id, change: ConversationChange) -> ConversationForm:
        """Renames a conversation, pins it, or keeps which collections are searched for its questions."""
        account_id, wanted = account_of(request), change.collection_ids
        chosen = services.permissions.chosen(account_id, wanted) if wanted else wanted
        if change.title is not None:
            kept.rename(account_id, conversation_id, change.title)
        if change.pinned is not None:
            kept.pin(account_id, conversation_id, change.pinned)
        if chosen is not None:
            kept.choose(account_id, conversation_id, chosen)
        return _form(kept.get(account_id, conversation_id))

    @router.delete("/conversations/{conversation_id}", status_code=204, responses=refusals(404))
    def delete_conversation(request: Request, conversation_id: Id) -> Response:
        """Deletes a conversation. For some minutes it can be restored, then all that was said in it is removed."""
        account_id = account_of(request)
        kept.delete(account_id, conversation_id)
        services.audit.record(account_id, "conversation_deleted", conversation_id, address_of(request))
        return Response(status_code=204)

    @router.post("/conversations/{conversation_id}/restore", responses=refusals(404))
    def restore_conversation(request: Request, conversation_id: Id) -> ConversationForm:
        """Brings back a conversation that was deleted a moment ago."""
        account_id = account_of(request)
        kept.restore(account_id, conversation_id)
        services.audit.record(account_id, "conversation_restored", conversation_id, address_of(request))
        return _form(kept.get(account_id, conversation_id))

    return router


def _form(conversation: Conversation) -> ConversationForm:
    return ConversationForm(**{name: getattr(conversation, name) for name in ConversationForm.model_fields})
