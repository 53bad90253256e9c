from answers.profiles.profile import profile_for
from answers.prompt import build
from evals.forced import is_for_an_answer
from indexes.chunk import Chunk, Hit, Span


def test_only_requests_for_an_answer_are_forced() -> None:
    """The prompt of an answer is known by its instructions, wherever they stand; other requests are left alone."""
    text = "עובד זכאי לחופשה של 14 ימים."
    hits = [Hit(Chunk("c", "d", "k", "נוהל", (), (Span(1, 0, len(text)),), text), 1.0)]
    for model in ("generic", "dicta-il/dictalm2.0-instruct"):
        assert is_for_an_answer(build("כמה ימי חופשה?", (), hits, profile_for(model), 3000).messages)
    assert not is_for_an_answer([{"role": "user", "content": "כתוב באילו מונחים רשמיים ייקרא מה שנאמר בשאלה."}])
