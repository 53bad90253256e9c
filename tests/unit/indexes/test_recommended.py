import pytest

from indexes.recommended import CROSS_ENCODERS, EMBEDDERS, find, for_machine, prompts


def test_every_name_is_found():
    """By the short name, by the name on the hub, and by a folder of that name."""
    for model in (*EMBEDDERS, *CROSS_ENCODERS):
        assert (
            find(model.name) is find(model.hub_id) is find(model.hub_id.lower()) is find(f"/data/models/{model.name}")
        )
        assert find(model.hub_id) is model
    assert find("no-such-model") is None
    assert len({model.name for model in (*EMBEDDERS, *CROSS_ENCODERS)}) == len(EMBEDDERS) + len(CROSS_ENCODERS)


def test_every_model_says_what_it_needs():
    """Sizes, a licence, a weight between nothing and as much as the words."""
    for model in EMBEDDERS:
        assert model.dimension >= 384
        assert 0 < model.weight <= 1
    for model in (*EMBEDDERS, *CROSS_ENCODERS):
        assert model.tokens >= 512
        assert 0 < model.size_gb < model.memory_gb
        assert model.licence
    assert find("neodictabert-bilingual-embed").own_code


def test_prompts_are_given_by_name():
    """Also to a server that says only how its model is called."""
    assert prompts("intfloat/multilingual-e5-large") == ("query: ", "passage: ")
    assert prompts("BAAI/bge-m3") == ("", "")
    assert prompts("something-else") == ("", "")


@pytest.mark.parametrize(
    ("memory", "card", "expected"),
    [
        (2, 0, None),
        (8, 0, "multilingual-e5-small"),
        (16, 0, "multilingual-e5-base"),
        (64, 0, "multilingual-e5-base"),
        (8, 3, "multilingual-e5-base"),
        (8, 24, "bge-m3"),
    ],
)
def test_a_machine_gets_what_it_can_bear(memory, card, expected):
    """Little memory gets the shipped embedder, a card a large model."""
    model = for_machine(memory, card)
    assert (model.name if model else None) == expected
    assert model is None or not model.own_code
