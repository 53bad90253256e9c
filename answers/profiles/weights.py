"""What a model takes in memory, as data. The arithmetic is in `memory.py`."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Weights:
    """Parameters are counted in billions (10**9); `active` is how many of them a token passes, where not all.

    `kept` of them stay in 16 bits when the others are quantised: embeddings and output head. `bits` is what the others
    come in. Of the `layers` that keep keys and values, `window_layers` keep only the last `window` tokens, and may have
    other heads. `state_mib` is what a conversation takes beside that, however long it is (Mamba layers).
    """

    parameters: float
    layers: int
    kv_heads: int
    head_size: int
    kept: float = 0.0
    active: float = 0.0
    bits: Literal[16, 4] = 16
    window: int = 0
    window_layers: int = 0
    window_kv_heads: int = 0
    window_head_size: int = 0
    state_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class Variant:
    """The same model with its weights in fewer bits, under a name of its own, in a form that vLLM reads."""

    hub_id: str
    bits: Literal[8, 4]
