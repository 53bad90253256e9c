"""Checks of how a model server answers: the stream and its end, its length, stop strings, Hebrew. See `conformance`."""

from itertools import count

from answers.errors import AnswersError, ModelCut
from answers.serving.model_server import ModelServer
from evals.raw_chat import OK, Reply, Told
from evals.subject import Found, Subject, says

_GREETING = "שלום! מה שלומך?"
_SENTENCE = "הזכאות נקבעת לפי סעיף 12, ונמשכת 14 ימים."
_REPEAT = f"כתוב את המשפט הבא מילה במילה, בלי שום תוספת: {_SENTENCE}"
_BROKEN = "\ufffd"
_SHORT, _LONG = 16, 64
_ENOUGH_TO_STOP_IN = 6
_STEADY = {"temperature": 0, "seed": 1}


async def lists_models(subject: Subject) -> Found:
    """`GET /v1/models` names the model."""
    reply = await subject.server.ask("/v1/models")
    if reply.status != OK:
        return Found(False, _refusal(reply))
    return Found(subject.listed, subject.model if subject.listed else f"{subject.model} is not in the list")


async def says_context(subject: Subject) -> Found:
    """The list of models says how many tokens the model holds."""
    return Found(
        subject.context > 0, f"{subject.context} tokens" if subject.context else "the list of models does not say it"
    )


async def streams(subject: Subject) -> Found:
    """The answer comes as an event stream, in pieces."""
    told = await _told(subject, _GREETING, max_tokens=_LONG, temperature=1)
    if told.refused:
        return Found(False, _refusal(told.refused))
    if not told.pieces:
        return Found(None, "the model wrote nothing")
    return Found(told.pieces > 1, f"{told.pieces} pieces for {len(told.text)} characters")


async def ends_in_order(subject: Subject) -> Found:
    """The stream says that the answer is over: a `finish_reason`, or `[DONE]`."""
    told = await _told(subject, _GREETING, max_tokens=_SHORT)
    closing = "[DONE]" if told.done else "no [DONE]"
    return Found(told.done or bool(told.finish), f"finish_reason {told.finish or 'missing'}, {closing}")


async def says_done(subject: Subject) -> Found:
    """The stream is closed by `[DONE]`."""
    told = await _told(subject, _GREETING, max_tokens=_SHORT)
    return Found(told.done, "" if told.done else "the connection just ends")


async def says_usage(subject: Subject) -> Found:
    """A stream says how many tokens it cost, when asked to."""
    told = await _told(subject, _GREETING, max_tokens=_SHORT, stream_options={"include_usage": True})
    if told.refused:
        return Found(False, _refusal(told.refused))
    return Found(
        bool(told.usage), f"{told.usage.get('completion_tokens')} tokens" if told.usage else "no usage in the stream"
    )


async def keeps_to_length(subject: Subject) -> Found:
    """An answer that reaches `max_tokens` ends there, and says so by `finish_reason` length."""
    told = await _told(subject, f"{_GREETING} ספר לי סיפור ארוך.", max_tokens=_SHORT, temperature=1)
    if told.refused:
        return Found(False, _refusal(told.refused))
    if told.finish == "stop":
        return Found(None, "the answer ended before")
    return Found(told.finish == "length", f"finish_reason {told.finish or 'missing'}")


async def stops_at_strings(subject: Subject) -> Found:
    """An answer ends where one of the `stop` strings would begin."""
    free = await _told(subject, _GREETING, max_tokens=_LONG, **_STEADY)
    again = await _told(subject, _GREETING, max_tokens=_LONG, **_STEADY)
    text = free.text.strip()
    if len(text) < _ENOUGH_TO_STOP_IN or _BROKEN in text or again.text != free.text:
        return Found(None, "the model does not write the same twice, or too little")
    stop = text[len(text) // 2 :][:3]
    before = free.text.split(stop)[0]
    told = await _told(subject, _GREETING, max_tokens=_LONG, stop=[stop], **_STEADY)
    if told.refused:
        return Found(False, _refusal(told.refused))
    if told.text.startswith(before + stop) and len(told.text) < len(free.text):
        return Found(False, f"stops, but leaves {told.text.removeprefix(before)!r} in the text")
    return Found(told.text == before, f"asked to stop at {stop!r}: finish_reason {told.finish}")


async def ends_by_itself(subject: Subject) -> Found:
    """A short answer ends by itself: the server knows the tokens with which this model ends."""
    told = await _told(subject, "ענה במילה אחת: כן או לא?", max_tokens=8 * _LONG, temperature=0.2)
    if told.refused:
        return Found(False, _refusal(told.refused))
    return Found(
        True if told.finish == "stop" else None,
        f"finish_reason {told.finish or 'missing'} after {len(told.text)} characters",
    )


async def keeps_letters_whole(subject: Subject) -> Found:
    """No Hebrew letter is cut in two by the borders of pieces."""
    told = await _told(subject, _REPEAT, max_tokens=2 * _LONG, structured_outputs={"choice": [_SENTENCE]})
    if told.text != _SENTENCE:
        told = await _told(subject, _REPEAT, max_tokens=2 * _LONG, **_STEADY)
    if _BROKEN in told.text:
        whole = await subject.server.chat(subject.model, says(_REPEAT), max_tokens=2 * _LONG, **_STEADY)
        by_model = _BROKEN in str(whole.body)
        return Found(None if by_model else False, "broken letters" + (", of the model's own making" * by_model))
    letters = sum("\u05d0" <= letter <= "\u05ea" for letter in told.text)
    return Found(True if letters else None, f"{letters} Hebrew letters in {told.pieces} pieces")


async def takes_system(subject: Subject) -> Found:
    """The chat template takes a system message."""
    messages = [{"role": "system", "content": "ענה בקצרה."}, *says(_GREETING)]
    told = await subject.server.tell(subject.model, messages, max_tokens=_SHORT)
    return Found(told.refused is None, _refusal(told.refused) if told.refused else "")


async def takes_two_in_a_row(subject: Subject) -> Found:
    """The chat template takes two messages of the person in a row."""
    told = await subject.server.tell(subject.model, [*says(_GREETING), *says("מה השעה?")], max_tokens=_SHORT)
    return Found(told.refused is None, _refusal(told.refused) if told.refused else "")


async def counts_tokens(subject: Subject) -> Found:
    """`POST /tokenize` counts the tokens of messages, as vLLM's does."""
    reply = await subject.server.ask("/tokenize", {"model": subject.model, "messages": says(_GREETING)})
    counted = reply.body.get("count") if isinstance(reply.body, dict) else None
    return Found(isinstance(counted, int), f"{counted} tokens" if isinstance(counted, int) else _refusal(reply))


async def is_read_by_our_client(subject: Subject) -> Found:
    """Darash's own client gets an answer out of it."""
    text, pieces = "", count()
    async with ModelServer(subject.server.url, subject.model, subject.key) as client:
        try:
            async for piece in client.stream(says(_GREETING), _LONG, {"temperature": 0.2}):
                text += str(piece)
                next(pieces)
        except ModelCut:
            pass  # a model that chats on was cut where it was asked to be
        except AnswersError as error:
            return Found(False, f"{error.code}: {error}")
    return Found(True, f"{len(text)} characters in {next(pieces)} pieces")


async def _told(subject: Subject, text: str, **extra: object) -> Told:
    return await subject.server.tell(subject.model, says(text), **extra)


def _refusal(reply: Reply) -> str:
    return f"{reply.status} {reply.body}"
