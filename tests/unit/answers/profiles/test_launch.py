import re
import shlex
from pathlib import Path

import pytest
import yaml

from answers.profiles.launch import IN_CONTAINER, command, compose_variables, template_folder
from answers.profiles.profile import profiles
from answers.profiles.recommendation import Fit, recommended
from tests.conftest import ROOT

FITS = [found for card in (16, 24, 48, 640) for found in recommended(profiles(), card, 16384, 1)]
SERVICE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]["vllm"]


def in_compose(found: Fit) -> list[str]:
    """The arguments that Compose hands to vLLM: variables put in first, then split into words as a shell does."""
    variables = compose_variables(found)
    filled = re.sub(r"\$\{(\w+):-([^}]*)\}", lambda name: variables.get(name[1]) or name[2], SERVICE["command"])
    return shlex.split(filled)


@pytest.mark.parametrize("found", FITS, ids=lambda found: f"{found.profile.name} {found.bits}")
def test_the_command_and_compose_serve_alike(found: Fit) -> None:
    """The printed command and the compose file with the printed lines start vLLM with the same arguments."""
    vllm, serve, *arguments = shlex.split(command(found))
    assert (vllm, serve) == ("vllm", "serve")
    assert [one.replace(str(template_folder()), IN_CONTAINER) for one in ["--model", *arguments]] == in_compose(found)


@pytest.mark.parametrize("found", FITS, ids=lambda found: f"{found.profile.name} {found.bits}")
def test_a_line_of_the_env_file_needs_no_quotes_inside(found: Fit) -> None:
    """Compose, the shell and Darash read the lines alike: no quotes, dollars or hashes are in them."""
    assert not re.search(r"[\"'$#\\]", "".join(compose_variables(found).values()))


def test_the_compose_file_shows_the_container_our_templates() -> None:
    """What is named in the arguments lies where the compose file mounts it."""
    (mounted,) = [volume for volume in SERVICE["volumes"] if IN_CONTAINER in volume]
    source, target, mode = mounted.split(":")
    assert (ROOT / source).resolve() == Path(template_folder()).resolve()
    assert (target, mode) == (IN_CONTAINER, "ro")


def test_a_base_model_is_served_with_our_template() -> None:
    """Without a template vLLM refuses every conversation."""
    bases = [found for found in FITS if not found.profile.instructed]
    assert bases
    assert all("--chat-template" in command(found) for found in bases)
    assert all(Path(shlex.split(command(found))[-1]).is_file() for found in bases)


def test_thinking_is_kept_apart_by_the_server() -> None:
    """A model that thinks before every answer is served with the parser that tells its thoughts from its answer."""
    thinking = [found for found in FITS if found.profile.thinks]
    assert thinking
    assert all("--reasoning-parser" in command(found) for found in thinking)
