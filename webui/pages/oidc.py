"""Leaving for the OIDC provider, and coming back from there signed in."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from indexes.errors import NotFound
from webui.accounts.gate import address_of
from webui.accounts.oidc import BACK, SECONDS, Stranger
from webui.accounts.provider import ProviderRefused, ProviderSilent
from webui.accounts.sessions import cookie
from webui.accounts.token import new_token
from webui.pages.sign_in import entered, provider_name, sign_in_page
from webui.services import Services
from webui.texts import account_texts

log = logging.getLogger(__name__)

COOKIE = "darash_oidc"
SECURE_COOKIE = f"__Host-{COOKIE}"


def routes(services: Services) -> APIRouter:
    """`GET /oidc/start`, `GET /oidc/back`."""
    router = APIRouter()
    secure = services.settings.secure
    name = SECURE_COOKIE if secure else COOKIE

    @router.get("/oidc/start")
    async def start(request: Request) -> Response:
        if not services.oidc.offered:
            raise NotFound("no provider is set")
        secret = new_token()
        try:
            response = RedirectResponse(await services.oidc.leave(secret), 303)
        except ProviderSilent as error:
            return await run_in_threadpool(_failed, services, request, error)
        response.set_cookie(name, secret, max_age=SECONDS, httponly=True, samesite="lax", secure=secure)
        return response

    @router.get(BACK)
    async def back(request: Request) -> Response:
        if not services.oidc.offered:
            raise NotFound("no provider is set")
        try:
            claims = await services.oidc.come_back(cookie(request.scope, name), dict(request.query_params))
            response = await run_in_threadpool(_arrived, services, request, claims)
        except (ProviderRefused, ProviderSilent, Stranger) as error:
            response = await run_in_threadpool(_failed, services, request, error)
        response.delete_cookie(name, httponly=True, samesite="lax", secure=secure)
        return response

    return router


def _arrived(services: Services, request: Request, claims: Mapping[str, Any]) -> Response:
    account = services.oidc.account(claims)
    if account.suspended_at is not None:
        services.audit.record("", "sign_in_failed", account.id, address_of(request))
        return sign_in_page(services, request, 403, account_texts.SUSPENDED)
    return entered(services, request, account.id, "provider")


def _failed(services: Services, request: Request, error: Exception) -> Response:
    log.warning("signing in with the provider failed: %s", error)
    if isinstance(error, Stranger):
        services.audit.record("", "sign_in_failed", str(error), address_of(request))
        status, sentence = 403, account_texts.PROVIDER_STRANGER
    elif isinstance(error, ProviderSilent):
        status, sentence = 503, account_texts.PROVIDER_SILENT
    else:
        status, sentence = 400, account_texts.PROVIDER_REFUSED
    return sign_in_page(services, request, status, sentence.format(provider=provider_name(services)))
