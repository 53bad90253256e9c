"""An attempt: what an attacker wants, what he sends for it, and what he must get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient

from tests.integration.attacks.team import MARK, Team

REFUSED = (303, 401, 403, 404, 405, 422)

Statuses = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """`{document}` and the like in what is sent become the ids of what is the lawyer's."""

    wants: str
    method: str
    path: str
    status: Statuses
    json: Any = None
    form: Mapping[str, str] | None = None
    files: Mapping[str, tuple[str, bytes]] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def each_of(table: Sequence[Attempt]) -> pytest.MarkDecorator:
    """Makes a test of every attempt, by what it wants."""
    return pytest.mark.parametrize("attempt", table, ids=[attempt.wants for attempt in table])


def sent(attempt: Attempt, attacker: TestClient, team: Team) -> Response:
    """What the app answers to the attempt."""
    return attacker.request(
        attempt.method,
        attempt.path.format(**team.names),
        json=_filled(attempt.json, team.names),
        data=_filled(attempt.form, team.names),
        files=attempt.files,
        headers=dict(attempt.headers),
    )


def fails(attempt: Attempt, attacker: TestClient, team: Team) -> None:
    """Makes the attempt: it gets the status it must get, nothing that is secret, and changes nothing."""
    before = team.state()
    response = sent(attempt, attacker, team)
    wanted = attempt.status if isinstance(attempt.status, tuple) else (attempt.status,)
    assert response.status_code in wanted, response.text[:500]
    tells_nothing(response.content + repr(response.headers.raw).encode())
    assert team.state() == before


def tells_nothing(said: bytes) -> None:
    """Nothing of the lawyer's is in it."""
    assert MARK.encode() not in said, said[:2000].decode("utf-8", "replace")


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, Mapping):
        return {name: _filled(each, names) for name, each in value.items()}
    return [_filled(each, names) for each in value] if isinstance(value, list) else value
