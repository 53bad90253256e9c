"""Looking for model servers: what answers at an address, or at the usual ports of this machine."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from answers.errors import AnswersError
from answers.serving.connection import Timeouts
from answers.serving.model_server import ModelServer

USUAL_PORTS: Mapping[str, int] = {"vLLM": 8000, "llama.cpp": 8080, "Ollama": 11434, "LM Studio": 1234}
"""Where model servers listen when nobody told them otherwise."""

_WAIT = Timeouts(connect=1, first=1, following=1)


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found at an address: the names of the models, or the reason why there are none."""

    name: str
    url: str
    models: tuple[str, ...] = ()
    reason: str = ""


async def find_model_server(
    url: str = "", api_key: str = "", ports: Mapping[str, int] = USUAL_PORTS
) -> tuple[Probe, ...]:
    """What answers at the addresses in `url`; when that is empty, at the usual ports. One probe per address asked."""
    named = [("DARASH_MODEL_URL", address) for address in url.split()]
    usual = [(name, f"http://127.0.0.1:{port}") for name, port in ports.items()]
    return tuple(await asyncio.gather(*(_probe(name, address, api_key) for name, address in named or usual)))


async def _probe(name: str, url: str, api_key: str) -> Probe:
    async with ModelServer(url, api_key=api_key, timeouts=_WAIT) as server:
        try:
            models = await server.models()
        except AnswersError as error:
            return Probe(name, url, reason=str(error))
    return Probe(name, url, tuple(model.name for model in models), "" if models else "no models")
