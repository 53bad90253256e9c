"""Settings of the web server. Read once at start from `DARASH_*`, then passed as arguments."""

from ipaddress import ip_network
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class WebSettings(BaseSettings):
    """Where the web server listens and how long a browser stays signed in."""

    model_config = SettingsConfigDict(env_prefix="DARASH_", env_file=".env", extra="ignore", frozen=True)

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 to be reachable from other machines")
    port: int = Field(7860, ge=1, le=65535, description="Port to listen on")
    public_url: str = Field(
        "",
        description="Address people use when it is not the machine's own, for example https://darash.example.org; "
        "needed behind a reverse proxy and for any host name other than localhost. With https the cookie is Secure",
    )
    session_days: int = Field(30, ge=1, le=365, description="Days until a browser has to sign in again")

    trusted_hosts: str = Field(
        "", description="Further names by which people reach Darash, such as `darash.local`, with blanks between"
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks (`172.20.0.0/24`) of reverse proxies, with blanks between: these are "
        "believed when they say where a request comes from, and nobody else is",
    )
    answers_at_once: int = Field(3, ge=1, description="Answers that one person may have written at the same time")
    questions_a_minute: int = Field(20, ge=1, description="Questions that one person may ask within a minute")
    uploads_at_once: int = Field(6, ge=1, description="Uploads that one person may have on their way at the same time")

    keep_conversations_days: int = Field(
        0, ge=0, description="Days after its last question until a conversation is removed; 0: never"
    )
    keep_audit_days: int = Field(0, ge=0, description="Days until a row of the audit log is removed; 0: never")

    oidc_issuer: str = Field(
        "",
        description="Address of an OpenID Connect provider with which people may sign in, exactly as it calls itself; "
        "empty: none. Register `/oidc/back` below the public address there",
    )
    oidc_client_id: str = Field("", description="What the provider calls this Darash")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="The secret it gave for that; empty: none")
    oidc_name: str = Field("", description="What the provider is called on the sign-in button")
    oidc_groups_claim: str = Field("groups", description="The claim that lists somebody's groups; empty: none does")
    oidc_role: Literal["manager", "member", "guest"] = Field(
        "member", description="What people are when they sign in with the provider for the first time"
    )
    oidc_domains: str = Field(
        "", description="Domains of verified e-mail addresses that may come in, with blanks between; empty: all"
    )

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be empty or an address such as https://darash.example.org")
        return value.rstrip("/")

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for each in value.split():
            ip_network(each)
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        at = urlsplit(value)
        safe = at.scheme == "https" or (at.scheme == "http" and at.hostname in ("localhost", "127.0.0.1"))
        if value and (not safe or at.query or at.fragment):
            raise ValueError("must be an address with https (OpenID Connect Discovery 1.0, 3)")
        return value

    @model_validator(mode="after")
    def _is_registered(self) -> Self:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("DARASH_OIDC_ISSUER needs DARASH_OIDC_CLIENT_ID")
        return self

    @property
    def further_hosts(self) -> tuple[str, ...]:
        """Names of ours beside `localhost` and the public one."""
        return tuple(self.trusted_hosts.lower().split())

    @property
    def address(self) -> str:
        """The address to print: the public one, else the local one."""
        if self.public_url:
            return self.public_url
        everywhere = self.host in ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not listened on
        host = "127.0.0.1" if everywhere else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether browsers reach Darash over TLS."""
        return self.public_url.startswith("https://")

    @property
    def listening(self) -> dict[str, Any]:
        """How to listen, as arguments of uvicorn: where, and whose word on the client's address counts."""
        return {"host": self.host, "port": self.port, "forwarded_allow_ips": self.trusted_proxies.split()}
