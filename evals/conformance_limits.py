"""Checks of a model server at its limits: too much, too many, broken off, asked wrongly. See `conformance`."""

import asyncio
import time

from answers.errors import ModelRefused, TooLong
from answers.serving.refusal import error_of
from evals.raw_chat import OK, RawServer, Reply, events
from evals.subject import Found, Subject, says

_TALE = "ספר לי סיפור ארוך מאוד על ירושלים."
_AT_ONCE = 4
_FEW, _MANY = 48, 1500
_SECONDS_TO_STOP = 1.0
_EVENTS_BEFORE_LEAVING = 3
_CLIENT_ERRORS = range(400, 500)
_RUNNING, _GENERATED = "vllm:num_requests_running", "vllm:generation_tokens_total"


async def refuses_too_long(subject: Subject) -> Found:
    """A prompt over the context is refused in words that Darash understands, and not cut without a word."""
    words = says("ירושלים " * subject.expected)
    told = await subject.server.tell(subject.model, words, max_tokens=8, stream_options={"include_usage": True})
    if told.refused is not None:
        error = error_of(told.refused.body, told.refused.status)
        return Found(isinstance(error, TooLong), str(error))
    read = (told.usage or {}).get("prompt_tokens") or subject.expected
    if read < subject.expected:
        return Found(False, f"of a prompt of {subject.expected} words {read} tokens were read, without a word")
    taken = f"a prompt of {subject.expected} words was taken"
    return Found(False, taken) if subject.context else Found(None, f"{taken}; the limit is not known")


async def stops_when_left(subject: Subject) -> Found:
    """The server stops writing when the connection is closed."""
    generated = await subject.server.metric(_GENERATED)
    if generated is None:
        return await _is_free_when_left(subject)
    await _leave_early(subject)
    left = time.perf_counter()
    while await subject.server.metric(_RUNNING):
        if time.perf_counter() - left > _SECONDS_TO_STOP:
            return Found(False, f"still writing {_SECONDS_TO_STOP:.0f} s later (its metrics)")
        await asyncio.sleep(0.02)
    stopped, written = time.perf_counter() - left, await subject.server.metric(_GENERATED)
    await asyncio.sleep(_SECONDS_TO_STOP)
    frozen = written == await subject.server.metric(_GENERATED)
    return Found(frozen, f"stopped within {stopped:.2f} s (its metrics)" if frozen else "goes on writing (its metrics)")


async def _is_free_when_left(subject: Subject) -> Found:
    """Without metrics: the next answer begins about as quickly as it did before, and does not wait for the one left."""
    usual = await _first_text(subject)
    await _leave_early(subject)
    after = await _first_text(subject)
    if usual is None or after is None:
        return Found(None, "no metrics, and no text to time")
    prompt = after <= 2 * usual + _SECONDS_TO_STOP
    return Found(
        None if prompt else False, f"no metrics; the next answer began after {after:.2f} s, before {usual:.2f} s"
    )


async def answers_in_parallel(subject: Subject) -> Found:
    """Several answers are written at once, and all of them end."""
    started = time.perf_counter()
    alone = await subject.server.tell(subject.model, says(_TALE), max_tokens=_FEW, temperature=1)
    one = time.perf_counter() - started
    asked = (
        subject.server.tell(subject.model, says(f"{_TALE} {number}"), max_tokens=_FEW, temperature=1)
        for number in range(_AT_ONCE)
    )
    told = await asyncio.gather(*asked)
    if alone.refused or any(each.refused or not (each.finish or each.done) for each in told):
        return Found(False, "not all of them ended")
    spent = time.perf_counter() - started - one
    return Found(spent < 0.75 * _AT_ONCE * one, f"{_AT_ONCE} took {spent / one:.1f} times as long as one")


async def refuses_unknown_model(subject: Subject) -> Found:
    """A model that is not there is an error, and not another model's answer."""
    return _refused(await subject.server.chat("no-such-model", says("שלום"), max_tokens=1))


async def refuses_nonsense(subject: Subject) -> Found:
    """A request that is wrong is refused with a status of its own, in JSON."""
    return _refused(await subject.server.ask("/v1/chat/completions", {"model": subject.model, "messages": "שלום"}))


async def passes_over_unknown_fields(subject: Subject) -> Found:
    """A field that the server does not know does no harm."""
    reply = await subject.server.chat(subject.model, says("שלום"), max_tokens=1, no_such_field=True)
    return Found(reply.status == OK, f"{reply.status} {reply.body}" if reply.status != OK else "")


async def wants_the_key(subject: Subject) -> Found:
    """A wrong API key is refused."""
    if not subject.key:
        return Found(None, "no key was given (--key)")
    async with RawServer(subject.server.url, "wrong") as stranger:
        reply = await stranger.chat(subject.model, says("שלום"), max_tokens=1)
    return Found(isinstance(error_of(reply.body, reply.status), ModelRefused), f"{reply.status}")


async def _leave_early(subject: Subject) -> None:
    extra = {"max_tokens": min(_MANY, subject.expected // 2), "temperature": 1}
    async with subject.server.opened(subject.model, says(_TALE), **extra) as response:
        seen = 0
        async for _ in events(response):
            seen += 1
            if seen == _EVENTS_BEFORE_LEAVING:
                return


async def _first_text(subject: Subject) -> float | None:
    return (await subject.server.tell(subject.model, says(_TALE), max_tokens=4, temperature=1)).first


def _refused(reply: Reply) -> Found:
    good = reply.status in _CLIENT_ERRORS and isinstance(reply.body, dict)
    return Found(good, f"{reply.status} {reply.body}")
