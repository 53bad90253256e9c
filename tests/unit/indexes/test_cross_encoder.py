import importlib.util
import json

import httpx
import numpy as np
import pytest

from indexes.cross_encoder import EndpointCrossEncoder, open_cross_encoder
from indexes.errors import CrossEncoderUnavailable

TEXTS = ["aaa", "b", "cc"]


def reranker(answer):
    return EndpointCrossEncoder("http://host#tiny", transport=httpx.MockTransport(answer))


def by_length(request):
    """Scores texts by their length, best first, as rerank endpoints do."""
    body = json.loads(request.content)
    assert body["query"] == "question"
    scored = [{"index": at, "relevance_score": len(text)} for at, text in enumerate(body["documents"])]
    return httpx.Response(200, json={"results": sorted(scored, key=lambda entry: -entry["relevance_score"])})


def test_scores_stand_as_the_texts_do():
    """The endpoint answers best first; the scores come back in the order of the texts."""
    scores = reranker(by_length).scores("question", TEXTS)
    assert scores.tolist() == [3, 1, 2]
    assert scores.dtype == np.float32


def test_nothing_to_score_asks_nobody():
    """No texts, no request."""
    assert reranker(None).scores("question", []).shape == (0,)


@pytest.mark.parametrize(
    "results",
    [
        None,
        [],
        [{"index": 0, "relevance_score": 1}] * 3,
        [{"index": 0, "relevance_score": 1}, {"index": 1, "relevance_score": 1}, {"index": 7, "relevance_score": 1}],
        [{"index": at, "score": 1} for at in range(3)],
        [{"index": at, "relevance_score": "much"} for at in range(3)],
        [{"index": at, "relevance_score": None} for at in range(3)],
    ],
)
def test_answers_that_do_not_score_every_text_are_refused(results):
    """A passage without its score would be ranked by chance."""
    with pytest.raises(CrossEncoderUnavailable, match="http://host/v1"):
        reranker(lambda _: httpx.Response(200, json={"results": results})).scores("question", TEXTS)


def test_a_server_that_is_away_is_no_reason_not_to_open_it():
    """It is asked when there is something to score; then the failure says where it was looked for."""
    opened = open_cross_encoder("http://127.0.0.1:9/v1#tiny")
    with pytest.raises(CrossEncoderUnavailable, match=r"127\.0\.0\.1:9"):
        opened.scores("question", TEXTS)


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is not None, reason="sentence-transformers is installed"
)
def test_without_the_library_the_message_names_the_extra():
    """Asking for a model in the light installation says what to install."""
    with pytest.raises(CrossEncoderUnavailable, match=r"pip install 'darash\[models\]'"):
        open_cross_encoder("BAAI/bge-reranker-v2-m3")
