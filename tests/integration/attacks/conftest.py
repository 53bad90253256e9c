"""The team that the attacks of a file are made on."""

from collections.abc import Iterator

import pytest

from tests.database import new_engine
from tests.integration.attacks.team import Team, build_team


@pytest.fixture(scope="package")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """A running Darash with a lawyer and everybody who would like to read what is the lawyer's."""
    data = tmp_path_factory.mktemp("team")
    built = build_team(data, new_engine(data))
    with built.visitor() as started:
        built.portal = started.portal
        yield built
