"""Settings of the web server. Read once at start from `DARASH_*`, then passed as arguments."""

from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator
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

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be empty or an address such as https://darash.example.org")
        return value.rstrip("/")

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
        """Where to listen, as `host` and `port`."""
        return {"host": self.host, "port": self.port}
