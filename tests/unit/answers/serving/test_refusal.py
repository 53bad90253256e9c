import pytest

from answers.errors import ModelBusy, ModelError, ModelRefused, ModelUnavailable, TooLong
from answers.serving.refusal import error_of, fields_not_taken, without

BODY = {
    "model": "m",
    "messages": [],
    "max_tokens": 9,
    "stream": True,
    "temperature": 0.2,
    "stop": ["x"],
    "structured_outputs": {},
}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"error": "Unauthorized"}, ModelRefused),
        (403, "no", ModelRefused),
        (400, {"error": {"message": "This model's maximum context length is 2048 tokens. However,"}}, TooLong),
        (400, {"error": {"message": "the request exceeds the available context size, try increasing it"}}, TooLong),
        (400, {"message": "max_tokens=5000 cannot be greater than max_model_len=2048"}, TooLong),
        (422, {"detail": [{"loc": ["body"], "msg": "field required"}]}, ModelError),
        (404, {"error": {"message": "The model `x` does not exist."}}, ModelError),
        (429, {"error": {"message": "Too many requests"}}, ModelBusy),
        (500, "Internal Server Error", ModelError),
        (502, {"error": None}, ModelUnavailable),
        (503, {"error": {"message": "Loading model"}}, ModelUnavailable),
    ],
)
def test_replies_become_errors(status: int, body: object, kind: type[Exception]) -> None:
    """Errors come as text, as an object or as text in an object; the message keeps what the server said."""
    error = error_of(body, status)
    assert type(error) is kind
    assert str(status) in str(error)


@pytest.mark.parametrize(
    ("header", "pause"),
    [("3", 3.0), (" 0.5 ", 0.5), ("", 0.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0.0), ("-1", 0.0), ("nan", 0.0)],
)
def test_how_long_a_server_wants_to_be_left_alone(header: str, pause: float) -> None:
    """`Retry-After` in seconds is kept with the error; everything else counts as nothing said."""
    error = error_of("slow down", 429, {"retry-after": header})
    assert isinstance(error, ModelBusy)
    assert (error.status, error.pause) == (429, pause)


@pytest.mark.parametrize(
    ("status", "said", "fields"),
    [
        (422, "Unexpected fields in the request: {'structured_outputs', 'stop'}", {"structured_outputs", "stop"}),
        (
            422,
            [{"type": "extra_forbidden", "loc": ["body", "stop"], "msg": "Extra inputs are not permitted"}],
            {"stop"},
        ),
        (400, "Unrecognized request argument supplied: structured_outputs", {"structured_outputs"}),
        (400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", {"max_tokens"}),
        (400, "Unsupported value: 'temperature' does not support 0.2 with this model.", {"temperature"}),
        (400, 'json: unknown field "stop"', {"stop"}),
        (400, "unknown model, stream and messages are not supported", set()),
        (400, "temperature must be non-negative, got -1", set()),
        (500, "unexpected error while reading stop", set()),
    ],
)
def test_fields_that_a_server_does_not_take(status: int, said: object, fields: set[str]) -> None:
    """A refusal that names optional fields as unknown says which; wrong values and needed fields are no such thing."""
    error = error_of({"detail": said}, status)
    assert isinstance(error, ModelError)
    assert fields_not_taken(error, BODY) == fields


def test_max_tokens_has_a_newer_name() -> None:
    """Where `max_tokens` is not taken it goes under its other name; where that is not either, not at all."""
    assert without(BODY, {"stop", "structured_outputs", "max_tokens"}) == {
        "model": "m", "messages": [], "stream": True, "temperature": 0.2, "max_completion_tokens": 9,
    }  # fmt: skip
    assert "max_completion_tokens" not in without(BODY, {"max_tokens", "max_completion_tokens"})
