"""Hits made by hand, and a model server that misbehaves."""

from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from indexes.chunk import Chunk, Hit, Span
from tests.fake_model_server import FakeModelServer, fake_model_server


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server() -> AsyncIterator[FakeModelServer]:
    """A model server on a port of its own; tell it what it `will` do."""
    async with fake_model_server() as fake:
        yield fake


@pytest.fixture
def hit() -> Callable[..., Hit]:
    """Makes the hit of a passage: its text on page 1, or one text for each page from there."""

    def make(*texts: str, name: str = "1", title: str = "נוהל", headings: Sequence[str] = ()) -> Hit:
        spans = tuple(Span(page, 10 * page, 10 * page + len(text)) for page, text in enumerate(texts, start=1))
        return Hit(Chunk(f"c{name}", f"d{name}", "k", title, tuple(headings), spans, "".join(texts)), 1.0)

    return make
