"""OpenAI's API, so that chat programs can use Darash as a model: `/v1/models` and `POST /v1/chat/completions`.

A conversation belongs to the program that sends it: nothing of it is kept here.
"""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse

from indexes.catalogue import Collection
from webui.accounts.gate import account_of
from webui.api.completion import Completion, CompletionRequest, ModelForm, ModelList
from webui.api.models import EVERYTHING, meant, model_id
from webui.api.presence import Presence
from webui.api.problem import OpenAIProblem, refusals
from webui.api.states import EVENT_STREAM, STREAMED, begun
from webui.api.telling import Telling
from webui.filename import visible
from webui.services import Services
from webui.texts import key_texts


def routes(services: Services) -> APIRouter:
    """The routes below `/v1`."""
    router = APIRouter(prefix="/v1", tags=["openai"])
    _add_models(router, services)
    _add_completions(router, services)
    return router


def _add_models(router: APIRouter, services: Services) -> None:
    """`GET /v1/models`, `GET /v1/models/ID`."""
    permissions = services.permissions

    @router.get("/models", responses=refusals(model=OpenAIProblem))
    def models(request: Request) -> ModelList:
        """A model for every collection that you may read, and one for all of them."""
        return ModelList(data=[_form(each) for each in (None, *permissions.readable(account_of(request)))])

    @router.get("/models/{model}", responses=refusals(404, model=OpenAIProblem))
    def model(request: Request, model: str) -> ModelForm:
        """One of them."""
        return _form(meant(permissions.readable(account_of(request)), model))


def _add_completions(router: APIRouter, services: Services) -> None:
    """`POST /v1/chat/completions`."""
    answers = STREAMED | refusals(404, 413, 429, 503, model=OpenAIProblem)

    @router.post("/chat/completions", response_model=Completion, responses=answers)
    async def chat_completions(request: Request, asked: CompletionRequest) -> Response:
        """Answers the last message of the user from the collection that the model stands for."""
        account_id, telling = account_of(request), Telling(asked)
        readable = await run_in_threadpool(services.permissions.readable, account_id)
        collection = meant(readable, asked.model)
        chosen = [collection.id] if collection else []
        states = await begun(services.chat.answer(account_id, asked.question, asked.turns, chosen))
        if asked.stream:
            return StreamingResponse(telling.stream(states), media_type=EVENT_STREAM)
        whole = await Presence(request.receive, has_body=False).keep(telling.whole(states))
        return JSONResponse(whole.model_dump())


def _form(collection: Collection | None) -> ModelForm:
    if collection is None:
        return ModelForm(id=EVERYTHING, created=0, name=key_texts.EVERYTHING)
    return ModelForm(id=model_id(collection), created=int(collection.created_at), name=visible(collection.name))
