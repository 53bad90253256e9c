"""The Model Context Protocol at `/mcp`: two tools that only read, `search` and `ask`, for programs that speak it.

The one place that knows the SDK. Each request stands alone and is authorised by the gate like any other: there are no
sessions of the protocol that could outlive a key.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi.concurrency import run_in_threadpool
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from indexes.errors import IndexesError, NotFound
from indexes.version import VERSION
from webui.accounts.gate import account_of
from webui.api.field import CollectionIds, Question
from webui.api.presence import Presence
from webui.api.search import SearchAnswer, SearchRequest, found
from webui.api.spoken import AnswerForm, answer_form
from webui.api.states import finished
from webui.limits import TooMuch
from webui.pages.message import message
from webui.security import MOST_BODY
from webui.services import Services
from webui.texts import texts


class AskTool(BaseModel):
    """A question of its own: the protocol has no conversations."""

    question: Question
    collections: CollectionIds = Field(default_factory=list)


def route(services: Services) -> Route:
    """The route of the protocol. Only `POST` does something: nothing is ever said to a program that did not ask."""
    return Route("/mcp", McpEndpoint(services), methods=["GET", "POST"])


class McpEndpoint:
    """ASGI app of the protocol over streamable HTTP, answering in JSON."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.server: Server[Any] = Server(
            "darash",
            version=VERSION,
            instructions="Searches and answers from the documents that the holder of the key may read.",
            on_list_tools=self._tools,
            on_call_tool=self._call,
        )
        self.calls: Mapping[str, Callable[[str, dict[str, Any]], Awaitable[BaseModel]]] = {
            "search": self._search,
            "ask": self._ask,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; 405 where a stream would be opened, of which there are none (MCP, transports).

        Whoever goes away stops the answer.
        """
        if scope["method"] != "POST":
            await message(scope, 405, texts.BAD_REQUEST, detail="Only POST: there are no streams.")(
                scope, receive, send
            )
            return
        manager = StreamableHTTPSessionManager(
            self.server, json_response=True, stateless=True, max_request_body_size=MOST_BODY
        )
        presence = Presence(receive)
        async with manager.run():
            await presence.keep(manager.handle_request(scope, presence.receive, send))

    async def _tools(self, _: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(
            tools=[
                _tool(
                    "search", "Passages of the team's documents that answer a question.", SearchRequest, SearchAnswer
                ),
                _tool("ask", "An answer from the team's documents, with checkable citations.", AskTool, AnswerForm),
            ]
        )

    async def _call(self, context: ServerRequestContext[Any], wanted: CallToolRequestParams) -> CallToolResult:
        call = self.calls.get(wanted.name)
        if call is None:
            return _refusal(f"There is no tool {wanted.name[:100]!r}.")
        try:
            result = await call(_asking(context), wanted.arguments or {})
        except ValidationError as error:
            return _refusal(f"The arguments are not valid: {error.error_count()} of them.")
        except NotFound:
            return _refusal("There is no such collection, or the account may not see it.")
        except TooMuch as refusal:
            return _refusal(texts.TOO_MUCH[refusal.what])
        except IndexesError:
            return _refusal(texts.PROBLEMS["search_failed"])
        text = TextContent(type="text", text=result.model_dump_json())
        return CallToolResult(content=[text], structured_content=result.model_dump())

    async def _search(self, account_id: str, arguments: dict[str, Any]) -> BaseModel:
        wanted = SearchRequest.model_validate(arguments)
        return SearchAnswer(passages=await run_in_threadpool(found, self.services, account_id, wanted))

    async def _ask(self, account_id: str, arguments: dict[str, Any]) -> BaseModel:
        asked = AskTool.model_validate(arguments)
        return answer_form(await finished(self.services.chat.answer(account_id, asked.question, (), asked.collections)))


def _asking(context: ServerRequestContext[Any]) -> str:
    """The account that the gate found for the HTTP request behind a call."""
    if not isinstance(context.request, Request):
        raise TypeError("a call without an HTTP request")
    return account_of(context.request)


def _tool(name: str, description: str, takes: type[BaseModel], gives: type[BaseModel]) -> Tool:
    return Tool(
        name=name,
        description=description,
        input_schema=takes.model_json_schema(),
        output_schema=gives.model_json_schema(),
        annotations=ToolAnnotations(read_only_hint=True),
    )


def _refusal(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)
