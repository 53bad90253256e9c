"""Which models a server offers, out of its `/v1/models`. Knows no connections.

Servers differ in where they say how many tokens a model can hold: vLLM and SGLang in `max_model_len`, OpenRouter and
others in `context_length`, llama.cpp in `n_ctx` of `meta`; Ollama, LM Studio and `transformers serve` do not. What the
model was trained for (`n_ctx_train`) is not read: the server may hold far less.
"""

import re
from collections.abc import Sequence

from answers.errors import ModelError
from answers.serving.model import ServedModel

_NO_CHAT = re.compile(r"embed|rerank|\bbge\b|whisper", re.IGNORECASE)


def offered(listed: object, url: str) -> list[ServedModel]:
    """The models of a list. Raises `ModelError` where there is none: something else listens at `url`."""
    data = listed["data"] if isinstance(listed, dict) and "data" in listed else listed
    if data is None and listed is not None:  # Ollama, as long as it has no model
        return []
    if not isinstance(data, list):
        raise ModelError(f"{url}/v1/models does not list models")
    return [ServedModel(str(one["id"]), _context(one)) for one in data if isinstance(one, dict) and one.get("id")]


def chosen(models: Sequence[ServedModel], name: str, url: str) -> ServedModel:
    """The model with that name, else the first of the offered ones whose name does not say that it is no chat model.

    A name that is not in the list is used all the same: llama.cpp lists its model by its file, and takes any name.
    """
    if not name:
        if not models:
            raise ModelError(f"{url} offers no model")
        return min(models, key=lambda model: bool(_NO_CHAT.search(model.name)))
    alone = models[0].context if len(models) == 1 else 0
    return next((model for model in models if model.name == name), ServedModel(name, alone))


def _context(one: dict[str, object]) -> int:
    meta = one.get("meta")
    sizes = (one.get("max_model_len"), one.get("context_length"), meta.get("n_ctx") if isinstance(meta, dict) else 0)
    return next((size for size in sizes if isinstance(size, int) and size > 0), 0)
