"""People of the team without rights to what is the lawyer's: of every role, with other rights, each signed in."""

import pytest

from tests.integration.attacks.attempt import Attempt, each_of, fails
from tests.integration.attacks.team import Team
from tests.integration.attacks.wishes import CHANGING, EVERYTHING, SCREEN_CHANGING, at

OF_PUBLIC = {"collection": "{public}", "document": "{public_document}"}
PUBLIC_CHANGES = [each for each in (*CHANGING, *SCREEN_CHANGING) if "{collection}" in each.path]


@pytest.mark.parametrize("who", ["colleague", "editor", "manager", "owner"])
@each_of(EVERYTHING)
def test_a_person_wants(attempt: Attempt, who: str, team: Team) -> None:
    """What is the lawyer's is not there for anybody else, whatever the role; not for the owner either."""
    fails(attempt, team.signed_in(who), team)


@each_of(at((403, 404), EVERYTHING))
def test_a_guest_wants(attempt: Attempt, team: Team) -> None:
    """A guest reads what was granted, and nothing of the lawyer's."""
    fails(attempt, team.signed_in("guest"), team)
