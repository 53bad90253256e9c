"""The OpenID Connect provider: what it says about itself, and who it says somebody is. The only file that asks it.

Nothing is asked until somebody presses the button. Requests go to the issuer and to the addresses it names; redirects
are not followed and proxy variables not read. Knows no accounts.
"""

import time
from collections.abc import Mapping
from typing import Any, cast

import httpx
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

PATIENCE = 10.0
"""Seconds for each request."""

REMEMBERED_SECONDS = 3600.0
LEEWAY = 60
"""Seconds by which two clocks may differ."""

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures with a key that only the provider has: never `none`, and none with a secret that we know too."""

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderSilent(Exception):  # what happened, as the other errors here
    """The provider does not answer, or not as one."""


class ProviderRefused(Exception):
    """The provider does not say who somebody is, or what it says cannot be believed."""


class Provider:
    """A provider, by its issuer, and what this Darash is called there; `secret` may be empty."""

    def __init__(self, issuer: str, client_id: str, secret: str) -> None:
        self.issuer = issuer
        self.client_id = client_id
        self._secret = secret
        self._known: Mapping[str, Any] = {}
        self._keys = KeySet([])
        self._asked_at = 0.0

    async def about(self) -> Mapping[str, Any]:
        """What it says about itself (OpenID Connect Discovery 1.0), an hour old at most. Raises `ProviderSilent`."""
        if not self._known or time.monotonic() - self._asked_at > REMEMBERED_SECONDS:
            async with _client() as client:
                known = await _json(client, self.issuer.rstrip("/") + "/.well-known/openid-configuration")
                if known.get("issuer") != self.issuer or any(not isinstance(known.get(name), str) for name in NEEDED):
                    raise ProviderSilent(f"what {self.issuer} says about itself is of another, or not complete")
                self._known, self._asked_at = known, time.monotonic()
                await self._ask_for_keys(client)
        return self._known

    async def claims(self, code: str, verifier: str, nonce: str, back: str) -> Mapping[str, Any]:
        """Who somebody is: what the ID token says, and the rest from the userinfo endpoint.

        The token has to be signed by a key of the provider, made by it, for us, for this very request, and be fresh
        (OpenID Connect Core 1.0, 3.1.3.7). Raises `ProviderRefused`, `ProviderSilent`.
        """
        about = await self.about()
        async with _client() as client:
            tokens = await self._exchanged(client, about, code, verifier, back)
            said = await self._believed(client, tokens, nonce)
            if not isinstance(about.get("userinfo_endpoint"), str):
                return said
            bearer = {"authorization": f"Bearer {tokens['access_token']}"}
            more = await _json(client, about["userinfo_endpoint"], bearer)
        if more.get("sub") != said["sub"]:  # Core 5.3.2
            raise ProviderRefused("the userinfo is of somebody else")
        return {**more, **said}

    async def _exchanged(
        self, client: httpx.AsyncClient, about: Mapping[str, Any], code: str, verifier: str, back: str
    ) -> Mapping[str, str]:
        """The tokens that the provider gives for a code (RFC 6749, 4.1.3, with RFC 7636)."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        methods = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = bool(self._secret) and "client_secret_basic" in methods
        form |= {} if basic else {"client_id": self.client_id}
        form |= {} if basic or not self._secret else {"client_secret": self._secret}
        auth = (_form_encoded(self.client_id), _form_encoded(self._secret)) if basic else None
        try:
            response = await client.post(about["token_endpoint"], data=form, auth=auth or httpx.Auth())
            tokens = response.json() if response.is_success else {}
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise ProviderSilent(f"{self.issuer} gave no token: {type(error).__name__}") from error
        if not isinstance(tokens, dict) or not all(
            isinstance(tokens.get(name), str) for name in ("id_token", "access_token")
        ):
            raise ProviderRefused(f"the provider gave no token: status {response.status_code}")
        return cast(Mapping[str, str], tokens)

    async def _believed(self, client: httpx.AsyncClient, tokens: Mapping[str, str], nonce: str) -> Mapping[str, Any]:
        """What an ID token says, once all of it was verified."""
        try:
            try:
                token = jwt.decode(tokens["id_token"], self._keys, algorithms=ALGORITHMS)
            except InvalidKeyIdError:  # it has changed its keys
                await self._ask_for_keys(client)
                token = jwt.decode(tokens["id_token"], self._keys, algorithms=ALGORITHMS)
            wanted = {
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self.client_id},
                "sub": {"essential": True},
            }
            params = {"nonce": nonce, "client_id": self.client_id, "access_token": tokens["access_token"]}
            said = CodeIDToken(token.claims, token.header, wanted, params)
            said.validate(leeway=LEEWAY)
        except (JoseError, ValueError) as error:
            raise ProviderRefused(f"the ID token cannot be believed: {error}") from error
        if not isinstance(said["sub"], str) or not said["sub"]:
            raise ProviderRefused("the ID token names nobody")
        return dict(said)

    async def _ask_for_keys(self, client: httpx.AsyncClient) -> None:
        try:
            self._keys = KeySet.import_key_set(cast(Any, await _json(client, self._known["jwks_uri"])))
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderSilent("the keys of the provider cannot be read") from error


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=False)


async def _json(client: httpx.AsyncClient, address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
    """The JSON object at an address. Raises `ProviderSilent`."""
    try:
        value = (await client.get(address, headers=headers)).raise_for_status().json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ProviderSilent(f"{address} does not answer: {type(error).__name__}") from error
    if not isinstance(value, dict):
        raise ProviderSilent(f"{address} answers with something else")
    return value


def _form_encoded(text: str) -> str:
    """A part of the Basic header as RFC 6749, 2.3.1, wants it."""
    return str(httpx.QueryParams({"": text}))[1:]
