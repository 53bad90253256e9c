"""What an OpenID Connect provider says: what of it is believed. The provider here says whatever a test wants."""

import asyncio
import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from webui.accounts.provider import Provider, ProviderRefused, ProviderSilent

KEY = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"})
STRANGERS_KEY = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"})
NEW_KEY = RSAKey.generate_key(2048, {"kid": "two", "alg": "RS256"})


class Told:
    """A provider that says what it was told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.key = KEY
        self.published = [KEY]
        self.claims: dict[str, Any] = {}
        self.userinfo: Mapping[str, Any] = {"sub": "17", "groups": ["a"]}
        self.about: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str], str]] = []
        self.token: Callable[[], str] = self._token
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                self.answer({name: values[0] for name, values in parse_qs(body).items()})

            def answer(self, form: dict[str, str]) -> None:
                told.asked.append((self.path, form, self.headers.get("authorization", "")))
                body = json.dumps(told.says(self.path)).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def says(self, path: str) -> object:
        if path == "/token":
            return {"access_token": "at", "token_type": "Bearer", "id_token": self.token()}
        if path == "/keys":
            return {"keys": [key.as_dict(private=False) for key in self.published]}
        if path == "/userinfo":
            return self.userinfo
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        ends["userinfo_endpoint"] = "userinfo"
        return {"issuer": self.url, **{name: f"{self.url}/{end}" for name, end in ends.items()}, **self.about}

    def _token(self) -> str:
        at = int(time.time())
        said = {"iss": self.url, "aud": "darash", "sub": "17", "nonce": "n", "iat": at, "exp": at + 60, **self.claims}
        said = {name: value for name, value in said.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, said, self.key)


@pytest.fixture
def told() -> Iterator[Told]:
    """A provider on this machine."""
    told = Told()
    thread = threading.Thread(target=told.server.serve_forever, args=(0.05,))
    thread.start()
    yield told
    told.server.shutdown()
    thread.join()
    told.server.server_close()


def claims(told: Told, secret: str = "s") -> Mapping[str, Any]:
    return asyncio.run(Provider(told.url, "darash", secret).claims("code", "verifier", "n", "http://x/oidc/back"))


def test_what_is_right_is_believed(told):
    """A token signed, addressed and fresh as it should be says who somebody is; userinfo adds to it."""
    said = claims(told)
    assert (said["sub"], said["groups"]) == ("17", ["a"])
    form = next(form for path, form, _ in told.asked if path == "/token")
    assert form == {
        "grant_type": "authorization_code",
        "code": "code",
        "redirect_uri": "http://x/oidc/back",
        "code_verifier": "verifier",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another", "more"]},
        {"aud": ["darash", "another"], "azp": "another"},
        {"nonce": "m"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"iat": 2**40},
        {"sub": None},
        {"sub": ""},
        {"sub": 17},
        {"at_hash": "wrong"},
    ],
    ids=str,
)
def test_what_is_wrong_is_not_believed(told, wrong):
    """A token of another provider, for another client or request, or out of time, says nothing."""
    told.claims = wrong
    with pytest.raises(ProviderRefused):
        claims(told)


def test_a_strangers_signature_is_not_believed(told):
    """A token that somebody else signed under the name of the provider's key is refused."""
    told.key = STRANGERS_KEY
    with pytest.raises(ProviderRefused):
        claims(told)


def test_a_token_without_a_signature_is_not_believed(told):
    """A token that says of itself that it needs no signature is refused."""
    head, body, _ = told._token().split(".")
    told.token = lambda: f"eyJhbGciOiJub25lIn0.{body}."
    with pytest.raises(ProviderRefused):
        claims(told)
    told.token = lambda: f"{head}.{body}."
    with pytest.raises(ProviderRefused):
        claims(told)


def test_a_public_key_is_no_secret(told):
    """A token signed with the public key as if it were a shared secret is refused (RFC 8725, 2.1)."""
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"one"}').rstrip(b"=").decode()
    signed = f"{head}.{told._token().split('.')[1]}"
    mac = hmac.new(KEY.as_pem(private=False), signed.encode(), "sha256").digest()
    told.token = lambda: f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    with pytest.raises(ProviderRefused):
        claims(told)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "..", "\u05d0"])
def test_what_is_no_token_is_refused(told, token):
    """Anything else in place of a token is refused."""
    told.token = lambda: token
    with pytest.raises(ProviderRefused):
        claims(told)


def test_the_userinfo_of_somebody_else_is_refused(told):
    """Userinfo has to be of the same person (OpenID Connect Core 1.0, 5.3.2)."""
    told.userinfo = {"sub": "18", "groups": ["management"]}
    with pytest.raises(ProviderRefused):
        claims(told)


def test_the_token_counts_more_than_userinfo(told):
    """What is signed is not overwritten by what is not."""
    told.claims, told.userinfo = {"groups": ["signed"]}, {"sub": "17", "groups": ["unsigned"]}
    assert claims(told)["groups"] == ["signed"]


def test_new_keys_are_asked_for(told):
    """A provider may change its keys; they are asked for again when a token names one that is not known."""
    provider = Provider(told.url, "darash", "s")

    async def twice() -> Mapping[str, Any]:
        await provider.claims("code", "verifier", "n", "back")
        told.key, told.published = NEW_KEY, [NEW_KEY]
        return await provider.claims("code", "verifier", "n", "back")

    assert asyncio.run(twice())["sub"] == "17"
    assert [path for path, _, _ in told.asked].count("/keys") == 2


@pytest.mark.parametrize(
    ("secret", "methods", "basic", "posted"),
    [
        ("s", None, True, None),
        ("s", ["client_secret_basic", "client_secret_post"], True, None),
        ("s", ["client_secret_post"], False, "s"),
        ("", None, False, None),
    ],
)
def test_how_the_client_says_who_it_is(told, secret, methods, basic, posted):
    """The secret goes where the provider wants it, and a client without one says its name alone."""
    told.about = {"token_endpoint_auth_methods_supported": methods} if methods else {}
    claims(told, secret)
    form, header = next((form, header) for path, form, header in told.asked if path == "/token")
    assert header.startswith("Basic ") == basic
    assert form.get("client_secret") == posted
    assert form.get("client_id") == (None if basic else "darash")


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"jwks_uri": 7},
        {"jwks_uri": "http://127.0.0.1:9/"},
    ],
    ids=str,
)
def test_what_a_provider_says_of_itself_has_to_be_its_own(told, about):
    """A document of another issuer, or one that is not complete, is no provider."""
    told.about = about
    with pytest.raises(ProviderSilent):
        claims(told)


def test_what_it_says_of_itself_is_remembered(told):
    """It is asked once, not at every sign-in."""
    provider = Provider(told.url, "darash", "s")

    async def twice() -> None:
        await provider.about()
        await provider.about()

    asyncio.run(twice())
    assert [path for path, _, _ in told.asked] == ["/.well-known/openid-configuration", "/keys"]
