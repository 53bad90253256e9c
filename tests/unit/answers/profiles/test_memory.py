import pytest

from answers.profiles.memory import (
    ALLOWANCE_GIB,
    Bits,
    conversation_bytes,
    memory,
    users_that_fit,
    weight_bytes,
)
from answers.profiles.profile import profile_for, profiles
from answers.profiles.weights import Weights

SMALL = Weights(parameters=1.0, kept=0.25, layers=10, kv_heads=2, head_size=64)
WINDOWED = Weights(
    parameters=1.0,
    layers=6,
    kv_heads=2,
    head_size=512,
    window=1024,
    window_layers=5,
    window_kv_heads=8,
    window_head_size=256,
    state_mib=3,
)


@pytest.mark.parametrize(
    ("model", "bits", "gigabytes"),
    [
        # Sizes of the files that are published, in GB (10**9 bytes), as the hub lists them.
        ("dicta-il/dictalm2.0-instruct", 16, 14.502),
        ("dicta-il/dictalm2.0-instruct-AWQ", 4, 4.17),
        ("SicariusSicariiStuff/Zion_Alpha", 16, 14.48),
        ("SicariusSicariiStuff/Zion_Alpha_Instruction_Tuned", 16, 14.49),
        ("Qwen/Qwen3-8B", 16, 16.4),
        ("google/gemma-4-E4B-it", 16, 15.993),
        ("google/gemma-3-12b-it", 16, 23.6),  # its text part
        # Of another 8-bit form (AWQ with group scales) of the base of DictaLM 3.0 Nemotron.
        ("dicta-il/DictaLM-3.0-Nemotron-12B-Instruct", 8, 14.4),
        # As measured on a card, 13,919 and 7,288 MiB.
        ("allenai/Olmo-3-7B-Instruct", 16, 14.595),
        ("microsoft/Phi-3-mini-4k-instruct", 16, 7.642),
    ],
)
def test_weights_are_as_large_as_the_published_files(model: str, bits: Bits, gigabytes: float) -> None:
    """The formula is within six in a hundred of the files that the makers publish."""
    weights = profile_for(model).weights
    assert weights is not None
    assert weight_bytes(weights, bits) / 1e9 == pytest.approx(gigabytes, rel=0.06)


def test_models_in_four_bits_fit_where_their_makers_say() -> None:
    """gpt-oss comes in 4 bits: the small one runs within 16 GB of memory, the large one on one card of 80."""
    for model, card in (("gpt-oss-20b", 16), ("gpt-oss-120b", 80)):
        weights = profile_for(model).weights
        assert weights is not None
        needed = memory(weights, 4, 8192, 1)
        assert needed.weights + needed.cache + ALLOWANCE_GIB <= card
        assert weight_bytes(weights, 16) == weight_bytes(weights, 4)


def test_quantising_leaves_the_embeddings_alone() -> None:
    """Of a billion parameters, a quarter of them embeddings, only three quarters get smaller."""
    assert weight_bytes(SMALL, 16) == 2e9
    assert weight_bytes(SMALL, 8) == 0.5e9 + 0.75e9
    assert weight_bytes(SMALL, 4) == pytest.approx(0.5e9 + 0.75e9 * 4.25 / 8)


def test_a_conversation_keeps_two_vectors_for_every_layer_and_token() -> None:
    """Counted one by one; DictaLM 2.0 keeps 128 KiB for a token."""
    counted = sum(2 * 2 * 64 for _layer in range(10) for _head in range(2) for _token in range(100))
    assert conversation_bytes(SMALL, 100) == counted
    old = profile_for("dictalm2.0-instruct").weights
    assert old is not None
    assert conversation_bytes(old, 1) == 128 << 10


def test_layers_with_a_window_stop_growing() -> None:
    """Beyond the window only the other layers grow; the state of Mamba layers does not depend on the length at all."""
    state, layer = 3 << 20, 2 * 2 * 2 * 512
    assert conversation_bytes(WINDOWED, 0) == state
    assert conversation_bytes(WINDOWED, 2000) - conversation_bytes(WINDOWED, 1024) == (2000 - 1024) * layer
    assert conversation_bytes(WINDOWED, 1) - state == layer + 5 * 2 * 2 * 8 * 256


def test_as_many_users_fit_as_the_memory_says() -> None:
    """For every model: that many conversations fit on the card, and one more does not."""
    for profile in profiles():
        weights = profile.weights
        for bits, card in ((16, 24), (8, 48), (4, 80)) if weights else ():
            assert weights is not None
            users = users_that_fit(weights, bits, 8192, card)
            assert memory(weights, bits, 8192, users + 1).card > card
            assert users == 0 or memory(weights, bits, 8192, users).card <= card


def test_the_allowance_is_part_of_what_a_card_needs() -> None:
    """A card needs more than weights and cache: the allowance, and the tenth that is left to CUDA."""
    needed = memory(SMALL, 16, 1000, 2)
    assert needed.card == pytest.approx((needed.weights + needed.cache + ALLOWANCE_GIB) / 0.9)
