"""Settings of the web server."""

import pytest
from pydantic import ValidationError

from webui.settings import WebSettings


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({}, "http://127.0.0.1:7860"),
        ({"host": "0.0.0.0", "port": 80}, "http://127.0.0.1:80"),
        ({"host": "::1"}, "http://[::1]:7860"),
        ({"public_url": "https://darash.example.org/"}, "https://darash.example.org"),
    ],
)
def test_the_address_to_print(values, address):
    """The public address where there is one, else one that works on this machine."""
    assert WebSettings(_env_file=None, **values).address == address


@pytest.mark.parametrize("public_url", ["darash.example.org", "ftp://x.example", "https://"])
def test_a_public_address_must_be_one(public_url):
    """Anything but an http(s) address is refused at start."""
    with pytest.raises(ValidationError):
        WebSettings(_env_file=None, public_url=public_url)


def test_only_https_makes_the_cookie_secure():
    """A cookie marked Secure would never come back over plain http."""
    assert WebSettings(_env_file=None, public_url="https://x.example").secure
    assert not WebSettings(_env_file=None, public_url="http://x.example").secure


@pytest.mark.parametrize(
    "issuer", ["http://login.example.org", "login.example.org", "https://x.example/?a=b", "https://x.example/#a"]
)
def test_a_provider_must_be_reached_safely(issuer):
    """Who somebody is does not travel over plain http, except on this machine."""
    with pytest.raises(ValidationError):
        WebSettings(_env_file=None, oidc_issuer=issuer, oidc_client_id="darash")
    assert WebSettings(_env_file=None, oidc_issuer="http://localhost:9400", oidc_client_id="darash").oidc_issuer


def test_a_provider_needs_a_client_id():
    """A provider at which we are not registered is a mistake that is told at start."""
    with pytest.raises(ValidationError):
        WebSettings(_env_file=None, oidc_issuer="https://login.example.org")


def test_nobody_becomes_owner_by_a_provider():
    """The role of new people is a setting, and owner is none."""
    with pytest.raises(ValidationError):
        WebSettings(_env_file=None, oidc_role="owner")
