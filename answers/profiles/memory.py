"""How much memory of a graphics card a model takes: weights, keys and values, and an allowance for the rest.

Weights: bytes of the parameters. Quantised ones take 8 bits, or 4.25 in the 4-bit forms: AWQ and GPTQ keep a scale of
16 bits and a zero point of 4 for every group of 128 (Lin et al. 2023, arXiv 2306.00978), MXFP4 a scale of 8 for every
32 (OCP Microscaling Formats 1.0). Embeddings and output head stay in 16 bits. Keys and values: two vectors for every
layer and token, so 2 x layers x heads x size x 2 bytes (Kwon et al. 2023, arXiv 2309.06180, section 3); layers with a
window hold no more than the window.

The allowance is 1.5 GiB for activations and CUDA graphs, inside the 90 % of the card that vLLM takes (its default of
--gpu-memory-utilization); what CUDA itself takes lies in the other 10 %. The allowance was not measured by us.
"""

from dataclasses import dataclass
from typing import Literal

from answers.profiles.weights import Weights

Bits = Literal[16, 8, 4]

UTILISATION = 0.9
ALLOWANCE_GIB = 1.5
_BITS_STORED: dict[Bits, float] = {16: 16.0, 8: 8.0, 4: 4.25}
_CACHE_BYTES = 2
"""Of a number among the keys and values, which stay in 16 bits."""
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Memory:
    """What a model takes, in GiB: its weights, and the keys and values of the conversations it holds at once."""

    weights: float
    cache: float

    @property
    def card(self) -> float:
        """The memory that a card has to have, in GiB."""
        return (self.weights + self.cache + ALLOWANCE_GIB) / UTILISATION


def memory(weights: Weights, bits: Bits, context: int, users: int) -> Memory:
    """What it takes to hold `users` conversations at once, each of `context` tokens."""
    return Memory(weight_bytes(weights, bits) / _GIB, users * conversation_bytes(weights, context) / _GIB)


def users_that_fit(weights: Weights, bits: Bits, context: int, card_gib: float) -> int:
    """How many conversations of `context` tokens a card holds at once; 0 where it does not hold the weights and one."""
    room = card_gib * UTILISATION - ALLOWANCE_GIB - weight_bytes(weights, bits) / _GIB
    return max(0, int(room * _GIB / conversation_bytes(weights, context)))


def weight_bytes(weights: Weights, bits: Bits) -> float:
    """What the files of the weights take. Weights that come in 4 bits are not made any larger or smaller."""
    stored = _BITS_STORED[min(bits, weights.bits)]
    return 1e9 * (weights.kept * 2 + (weights.parameters - weights.kept) * stored / 8)


def conversation_bytes(weights: Weights, context: int) -> float:
    """What a conversation of `context` tokens takes beside the weights."""
    whole = (weights.layers - weights.window_layers) * weights.kv_heads * weights.head_size * context
    heads, size = weights.window_kv_heads or weights.kv_heads, weights.window_head_size or weights.head_size
    window = weights.window_layers * heads * size * min(context, weights.window)
    return 2 * _CACHE_BYTES * (whole + window) + weights.state_mib * (1 << 20)
