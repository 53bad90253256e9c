import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evals.retrieval import main

TEXTS = ("עובד רשאי לצאת לחופשה לאחר אישור הממונה.", "המשרד פתוח בימי ראשון עד חמישי.", "אגרת הרישום היא 120 שקלים.")
SAME = (("פגרה", "חופשה"), ("שעות", "פתוח"))


class Server(BaseHTTPRequestHandler):
    """A model server that knows that two words mean the same as two others, and nothing else."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/v1/embeddings":
            vectors = [[1.0, *(float(any(w in text for w in pair)) for pair in SAME)] for text in body["input"]]
            answer = {"data": [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)]}
        else:
            likes = [any(one in body["query"] and other in text for one, other in SAME) for text in body["documents"]]
            answer = {"results": [{"index": at, "relevance_score": float(like)} for at, like in enumerate(likes)]}
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1#tiny"
    server.shutdown()
    thread.join()
    server.server_close()


def test_models_are_compared_beside_the_default(tmp_path, address):
    """An embedder and a cross-encoder add configurations before the product's default; what they know shows."""
    entries = [{"context": text, "question": "?", "is_impossible": True} for text in TEXTS]
    entries += [{"context": TEXTS[0], "question": "פגרה"}, {"context": TEXTS[1], "question": "מה השעות?"}]
    (tmp_path / "asked.json").write_text(json.dumps({"data": entries}), encoding="utf-8")
    out = tmp_path / "out.json"
    options = ["--questions", str(tmp_path / "asked.json"), "--embedder", address, "--cross-encoder", address]
    assert main([*options, "--json", str(out)]) == 0
    found = {each["name"]: each["metrics"]["recall@1"] for each in json.loads(out.read_text())["configurations"]}
    tiny = [name for name in found if "tiny@" in name]
    assert [name.partition("@")[0] for name in tiny] == ["Hebrew fields + tiny"] * 3
    assert found[tiny[-1]] == 100
    assert found["Hebrew fields"] == 0
    assert [*found][-2:] == [
        f"Hebrew fields + static vectors + rerank + {address}",
        "Hebrew fields + static vectors + rerank (default)",
    ]
