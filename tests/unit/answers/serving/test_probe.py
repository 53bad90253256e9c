import pytest

from answers.serving.probe import Probe, find_model_server
from tests.fake_model_server import FakeModelServer

pytestmark = pytest.mark.anyio


async def test_looking_for_servers_says_what_is_there(server: FakeModelServer) -> None:
    """Every address gets a probe: with models, or with the reason why there are none."""
    port = int(server.url.rsplit(":", 1)[1])
    found, missing = await find_model_server(ports={"vLLM": port, "Ollama": 9})
    assert found == Probe("vLLM", server.url, ("tiny",))
    assert (missing.name, missing.models) == ("Ollama", ())
    assert "nothing answers" in missing.reason


async def test_every_address_of_the_setting_is_asked(server: FakeModelServer) -> None:
    """Several addresses with blanks between are several probes, and the usual ports are left alone."""
    probes = await find_model_server(f"{server.url}/v1  http://127.0.0.1:9")
    assert [(probe.name, probe.models) for probe in probes] == [
        ("DARASH_MODEL_URL", ("tiny",)),
        ("DARASH_MODEL_URL", ()),
    ]
