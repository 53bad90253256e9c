"""Which browser owns a name."""

from webui.claims import MOST_BROWSERS, MOST_PER_BROWSER, Claims


def test_a_name_belongs_to_who_claimed_it():
    """Only the browser whose event it is owns it."""
    claims = Claims()
    claims.claim("a", "event")
    assert claims.owns("a", "event")
    assert not claims.owns("b", "event")
    assert not claims.owns("a", "other")


def test_a_greedy_browser_loses_only_its_own():
    """A browser that claims without end stays within its bound and takes nothing from another."""
    claims = Claims()
    claims.claim("quiet", "mine")
    for number in range(10 * MOST_PER_BROWSER):
        claims.claim("greedy", f"n{number}")
    assert claims.owns("quiet", "mine")
    assert len(claims.names["greedy"]) == MOST_PER_BROWSER


def test_memory_is_bounded():
    """Browsers that were not seen for long are forgotten, with everything they claimed."""
    claims = Claims()
    for number in range(MOST_BROWSERS + 50):
        claims.claim(f"b{number}", f"n{number}")
    assert len(claims.names) == MOST_BROWSERS
