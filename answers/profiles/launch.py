"""How a model that fits is served: the command line of vLLM, and the variables for docker-compose.yml."""

import shlex
from importlib.resources import files
from pathlib import Path

from answers.profiles.memory import UTILISATION
from answers.profiles.recommendation import Fit

IN_CONTAINER = "/templates"
"""Where docker-compose.yml shows the container our chat templates."""


def command(fit: Fit) -> str:
    """The command that serves the model on this machine, for a POSIX shell."""
    sizes = ["--max-model-len", str(fit.context), "--max-num-seqs", str(fit.users)]
    share = ["--gpu-memory-utilization", f"{UTILISATION:.2f}"]
    return shlex.join(["vllm", "serve", fit.hub_id, *sizes, *share, *_arguments(fit, str(template_folder()))])


def compose_variables(fit: Fit) -> dict[str, str]:
    """The lines of `.env` with which `docker compose --profile gpu up` serves the model and Darash uses it."""
    return {
        "DARASH_MODEL_URL": "http://vllm:8000",
        "DARASH_MODEL_NAME": fit.hub_id,
        "DARASH_MODEL_CONTEXT": str(fit.context),
        "DARASH_MODEL_PARALLEL": str(fit.users),
        "DARASH_VLLM_ARGUMENTS": shlex.join(_arguments(fit, IN_CONTAINER)),
    }


def template_folder() -> Path:
    """Where our chat templates lie on this machine."""
    return Path(str(files("answers.profiles").joinpath("templates")))


def _arguments(fit: Fit, templates: str) -> list[str]:
    """What differs from one model to another beside its name and sizes."""
    profile = fit.profile
    return [
        *(["--quantization", "fp8"] if fit.quantised_on_loading else []),
        *(["--reasoning-parser", profile.reasoning_parser] if profile.reasoning_parser else []),
        *profile.flags,
        *(["--chat-template", f"{templates}/{profile.template}"] if profile.template else []),
    ]
