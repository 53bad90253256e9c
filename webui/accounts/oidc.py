"""Signing in with an OpenID Connect provider: the authorization code flow with PKCE, and whose account it leads to.

A browser that leaves for the provider carries one secret in a cookie for ten minutes. State, nonce and PKCE verifier
are digests of it, so nothing has to be kept here, and an answer fits the one browser that asked and nobody else's.
Somebody is who the provider calls so (issuer and subject), whatever the e-mail address says.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from sqlalchemy.exc import IntegrityError

from webui.accounts.account import Account, Accounts, shown_name, sign_in_name
from webui.accounts.group import Groups
from webui.accounts.provider import Provider, ProviderRefused
from webui.settings import WebSettings

BACK = "/oidc/back"
SECONDS = 600
"""How long somebody may take at the provider."""

_MOST_NAMESAKES = 100


class Stranger(Exception):  # what happened, as the other errors here
    """The provider knows somebody who may not come in here."""


class Oidc:
    """Signing in with the provider of the settings."""

    def __init__(self, settings: WebSettings, accounts: Accounts, groups: Groups) -> None:
        self.settings = settings
        self.accounts = accounts
        self.groups = groups
        self.provider = Provider(
            settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value()
        )

    @property
    def offered(self) -> bool:
        """Whether there is a provider."""
        return bool(self.settings.oidc_issuer)

    async def leave(self, secret: str) -> str:
        """Where to send a browser that carries `secret`. Raises `ProviderSilent`."""
        about = await self.provider.about()
        known = about.get("scopes_supported") or ()
        scopes = ["openid", "profile", "email", *(["groups"] if "groups" in known else [])]
        asked = {
            "response_type": "code",
            "client_id": self.settings.oidc_client_id,
            "redirect_uri": self.settings.address + BACK,
            "scope": " ".join(scopes),
            "state": _part(secret, "state"),
            "nonce": _part(secret, "nonce"),
            "code_challenge": create_s256_code_challenge(_part(secret, "verifier")),
            "code_challenge_method": "S256",
        }
        return str(add_params_to_uri(about["authorization_endpoint"], list(asked.items())))

    async def come_back(self, secret: str, answer: Mapping[str, str]) -> Mapping[str, Any]:
        """Who the provider says it is that comes back with an `answer`, in the browser that carries `secret`.

        Raises `ProviderRefused`, `ProviderSilent`.
        """
        state = answer.get("state", "").encode()
        if not secret or not hmac.compare_digest(state, _part(secret, "state").encode()):
            raise ProviderRefused("the answer belongs to another browser, or comes too late")
        if answer.get("iss", self.provider.issuer) != self.provider.issuer:  # RFC 9207
            raise ProviderRefused("the answer is of another provider")
        if not answer.get("code"):
            raise ProviderRefused(f"the provider gave no code: {answer.get('error', '')[:80]!r}")
        back = self.settings.address + BACK
        return await self.provider.claims(answer["code"], _part(secret, "verifier"), _part(secret, "nonce"), back)

    def account(self, claims: Mapping[str, Any]) -> Account:
        """The account of somebody with those claims, made at the first time; with the groups that they name now.

        It may be suspended, and then its groups stay as they are. Raises `Stranger`.
        """
        subject = f"{self.provider.issuer} {claims['sub']}"
        account = self.accounts.by_subject(subject)
        if not self._may_come(claims):
            raise Stranger(account.id if account else "")
        account = account or self._made(subject, claims)
        if account.suspended_at is None and self.settings.oidc_groups_claim:
            self.groups.sync(account.id, _names(claims.get(self.settings.oidc_groups_claim)))
        return account

    def _may_come(self, claims: Mapping[str, Any]) -> bool:
        domains = self.settings.oidc_domains.lower().split()
        domain = str(claims.get("email", "")).lower().rpartition("@")[2]
        return not domains or (claims.get("email_verified") is True and domain in domains)

    def _made(self, subject: str, claims: Mapping[str, Any]) -> Account:
        """A new account, called as the provider calls the person, or nearly so where somebody else is."""
        said = [str(claims[name]) for name in ("preferred_username", "email", "name") if claims.get(name)]
        wanted = next(filter(None, map(sign_in_name, said)), "oidc")
        shown = shown_name(str(claims.get("name") or (said[0] if said else wanted)))
        for number in range(1, _MOST_NAMESAKES):
            try:
                name = wanted if number == 1 else f"{wanted[:56]}-{number}"
                return self.accounts.create(name, shown, self.settings.oidc_role, subject)
            except IntegrityError:  # a namesake, or the same person in two windows
                if (account := self.accounts.by_subject(subject)) is not None:
                    return account
        raise Stranger("")


def _part(secret: str, purpose: str) -> str:
    """What a secret becomes for one purpose: 43 letters, from which neither it nor the other parts can be found."""
    made = hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _names(claim: object) -> list[str]:
    """The names in a claim that is a list, or one name; without a claim, somebody is in no group."""
    listed = claim if isinstance(claim, list) else [claim]
    return [name for name in listed if isinstance(name, str)]
