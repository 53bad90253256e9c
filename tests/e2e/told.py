"""What a model server is told to say: one thing as the answer, others to what it is asked on the way."""

from answers.prompt import words as prompt
from tests.fake_model_server import FakeModelServer, Script, Send, stream, words


def tell(model: FakeModelServer, answer: Script, **short: str) -> None:
    """From now on the server sends `answer`, and to a prompt that is named in `short` that text; nothing to others."""
    beginnings = {prompt(name).splitlines()[0]: name for name in ("standalone", "official_terms", "next_questions")}

    async def script(send: Send) -> None:
        asked = model.chats[-1]["messages"][-1]["content"]
        name = next((name for beginning, name in beginnings.items() if asked.startswith(beginning)), "")
        await (stream(*words(short.get(name, "-"))) if name else answer)(send)

    model.will(script)


def slowly(text: str, pause: float = 0.05, size: int = 6) -> Script:
    """A text in small pieces."""
    return stream(*words(*(text[at : at + size] for at in range(0, len(text), size))), pause=pause)
