"""JSON routes of what one says of an answer: good or not, and why."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, BaseModel, Field

from webui.accounts.gate import account_of
from webui.api.field import Id
from webui.api.problem import refusals
from webui.chat import storable
from webui.opinions import LONGEST_REMARK, REASONS, Reason
from webui.services import Services

Remark = Annotated[str, Field(max_length=LONGEST_REMARK), AfterValidator(storable)]


class OpinionForm(BaseModel):
    """What is said of an answer."""

    good: bool
    reasons: list[Reason] = Field(
        default_factory=list, max_length=len(REASONS), description="What is wrong with it; of a good answer none counts"
    )
    remark: Remark = Field("", description="The same in words")


def routes(services: Services) -> APIRouter:
    """`PUT` and `DELETE /api/turns/ID/opinion`, of answers in one's own conversations."""
    router = APIRouter(prefix="/api/turns", tags=["conversations"])

    @router.put("/{turn_id}/opinion", status_code=204, responses=refusals(404, 413))
    def put_opinion(request: Request, turn_id: Id, said: OpinionForm) -> Response:
        """Says whether an answer is good, in place of what you said before. Whoever runs Darash can read it."""
        services.opinions.put(account_of(request), turn_id, said.good, said.reasons, said.remark.strip())
        return Response(status_code=204)

    @router.delete("/{turn_id}/opinion", status_code=204, responses=refusals(404))
    def withdraw_opinion(request: Request, turn_id: Id) -> Response:
        """Takes back what you said of an answer."""
        services.opinions.withdraw(account_of(request), turn_id)
        return Response(status_code=204)

    return router
