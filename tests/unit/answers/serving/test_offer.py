import pytest

from answers.errors import ModelError
from answers.serving.model import ServedModel
from answers.serving.offer import chosen, offered

URL = "http://here"


@pytest.mark.parametrize(
    ("entry", "context"),
    [
        ({"id": "m", "max_model_len": 8192}, 8192),
        ({"id": "m", "context_length": 4096}, 4096),
        ({"id": "m", "owned_by": "llamacpp", "meta": {"n_ctx": 2048, "n_ctx_train": 131072}}, 2048),
        ({"id": "m", "owned_by": "llamacpp", "meta": {"n_ctx_train": 131072}}, 0),
        ({"id": "m", "object": "model", "owned_by": "library"}, 0),
        ({"id": "m", "max_model_len": "no number", "meta": None}, 0),
        ({"id": "m", "max_model_len": None}, 0),
    ],
)
def test_how_much_a_model_holds(entry: dict[str, object], context: int) -> None:
    """It stands in another place with every server; what the model was trained for is not what the server holds."""
    assert offered({"object": "list", "data": [entry]}, URL) == [ServedModel("m", context)]
    assert offered([entry], URL) == [ServedModel("m", context)]


def test_junk_is_passed_over_and_a_foreign_server_is_an_error() -> None:
    """Entries without an id are no models; no list at all means that something else listens there."""
    assert offered({"data": ["junk", {}, {"id": "m"}]}, URL) == [ServedModel("m")]
    assert offered({"data": None}, URL) == []
    for listed in ("<html>", {"data": 5}, None):
        with pytest.raises(ModelError, match="does not list models"):
            offered(listed, URL)


def test_the_model_is_the_named_one_or_the_first_that_chats() -> None:
    """Embedders and rerankers that a server offers as well are passed over; a name is believed."""
    models = [ServedModel("nomic-embed-text"), ServedModel("one", 7), ServedModel("two", 9)]
    assert chosen(models, "", URL) == ServedModel("one", 7)
    assert chosen(models, "two", URL) == ServedModel("two", 9)
    assert chosen(models, "three", URL) == ServedModel("three")
    assert chosen(models[:1], "", URL) == models[0]
    assert chosen(models[1:2], "my model", URL) == ServedModel("my model", 7)
    with pytest.raises(ModelError, match="offers no model"):
        chosen([], "", URL)
