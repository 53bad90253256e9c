"""Numbers as people write them."""


def number_text(number: float) -> str:
    """A number with its thousands told apart: `1,250`, `0.5`. Israel writes both signs as English does."""
    return f"{number:,}"
