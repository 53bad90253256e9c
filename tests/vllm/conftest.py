"""The servers that `scripts/test-vllm` started; without them the tests of this folder are skipped."""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from tests.vllm.forced import Noisy, Vllm


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def vllm() -> Vllm:
    """The vLLM that runs."""
    if "DARASH_TEST_VLLM" not in os.environ:
        pytest.skip("no vLLM was started; run `make test-vllm`")
    names = ("DARASH_TEST_VLLM", "DARASH_TEST_VLLM_KEY", "DARASH_TEST_VLLM_PROCESS")
    url, key, process = (os.environ[name] for name in names)
    return Vllm(url, key, int(process))


@pytest.fixture(scope="session")
def truth(vllm: Vllm) -> Any:
    """What sentence-transformers makes of a few texts, see `make_encoders.py`."""
    return json.loads(Path(os.environ["DARASH_TEST_VLLM_TRUTH"]).read_text(encoding="utf-8"))


@pytest.fixture
async def model(vllm: Vllm) -> AsyncIterator[Noisy]:
    """Our own client of it, as the product opens it, forced to write what a test wants."""
    opened = open_model(AnswerSettings(model_url=vllm.url, model_api_key=SecretStr(vllm.key), model_first_seconds=60))
    assert opened is not None
    yield Noisy(opened)
    await opened.close()
