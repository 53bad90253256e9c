"""A server that runs, examined against the profile of its model: what it holds, its template, a short real exchange."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from answers.errors import AnswersError, ModelCut, ModelError
from answers.profiles.profile import Profile, profile_for
from answers.prompt import words
from answers.serving.model import Message, Model
from answers.serving.thinking import told_apart

_EXCHANGE_TOKENS = 200
"""More than enough for the one sentence that is asked for."""
_LEAST_CONTEXT = 4096
"""Tokens that hold instructions, a question, an answer, and two sources or three."""
_SHOWN = 60
"""Characters of an answer that a finding shows."""
_OF_TEMPLATE = re.compile(
    r"<\|?[a-z_]{2,30}\|>|<\|[a-z_]{2,30}\|?>"  # ChatML, Llama 3, Phi, Gemma 4, gpt-oss
    r"|\[/?INST\]|<</?SYS>>|</?s>"  # Mistral, Llama 2
    r"|<(?:start|end)_of_turn>"  # Gemma
    r"|</?think>"
)
_HEBREW, _LETTERS = re.compile(r"[\u05d0-\u05ea]"), re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is `fine`, and what was found, in a sentence."""

    fine: bool
    said: str


async def examine(model: Model, context: int = 0) -> AsyncGenerator[Finding]:
    """Looks at everything, one finding after the other; `context` is DARASH_MODEL_CONTEXT, in tokens.

    The model writes up to a few hundred tokens for it. Raises `ModelError` where the server fails altogether.
    """
    served = await model.model()
    profile = profile_for(served.name)
    known = f"is known as {profile.name}" if profile.hub_id else "is not known to Darash: cautious values are used"
    yield Finding(True, f"{served.name} {known}")
    for finding in _contexts(profile, served.context, context):
        yield finding
    async for finding in _template(model, profile):
        yield finding
    async for finding in _exchange(model, profile):
        yield finding


def _contexts(profile: Profile, served: int, setting: int) -> list[Finding]:
    if not served:
        used = setting or profile.context
        advice = "" if setting else "; say how many it really holds in DARASH_MODEL_CONTEXT"
        said = f"the server does not say how many tokens it holds; {used} are counted on{advice}"
        return [Finding(bool(setting), said)]
    made_for = f"; the model was made for {profile.trained_context}" if profile.hub_id else ""
    findings = [Finding(True, f"it holds {served} tokens{made_for}")]
    if profile.hub_id and served > profile.trained_context:
        said = f"it is served with {served} tokens but was made for {profile.trained_context}: long prompts fail"
        findings = [Finding(False, said)]
    if setting > served:
        said = f"DARASH_MODEL_CONTEXT is {setting}, but the server holds {served}: set it to that, or to 0"
        findings.append(Finding(False, said))
    if (setting or served) < _LEAST_CONTEXT:
        findings.append(Finding(False, f"{setting or served} tokens hold hardly any sources: serve it with more"))
    return findings


async def _template(model: Model, profile: Profile) -> AsyncGenerator[Finding]:
    user, system = {"role": "user", "content": "1"}, {"role": "system", "content": "1"}
    refused = await _refusal(model, [user])
    if refused:
        template = f"; serve it with --chat-template answers/profiles/templates/{profile.template}"
        yield Finding(False, f"it refuses a conversation: {refused}{template if profile.template else ''}")
        return
    refused = await _refusal(model, [system, user])
    if refused and profile.system:
        yield Finding(False, f"it refuses a system message, which Darash sends to such a model: {refused}")
    else:
        does = "refuses a system message, and gets none" if refused else "accepts a system message"
        yield Finding(True, f"it {does}{'' if profile.system or refused else ', though it gets none'}")
    refused = await _refusal(model, [user, user])
    does = "insists on user and assistant taking turns" if refused else "accepts two messages of a user in a row"
    yield Finding(True, f"it {does}; Darash sends one")


async def _refusal(model: Model, messages: Sequence[Message]) -> str:
    """Why the server does not take the messages, or nothing. Raises `ModelError` where it does not answer at all."""
    try:
        async with aclosing(model.stream(messages, 1, {})) as pieces:
            async for _ in pieces:
                pass
    except ModelCut:
        return ""  # of course: it was given one token
    except ModelError as error:
        if not error.status:
            raise
        return str(error)
    return ""


async def _exchange(model: Model, profile: Profile) -> AsyncGenerator[Finding]:
    most = profile.answer_tokens if profile.thinking != "never" else _EXCHANGE_TOKENS
    instructions, question, expected = words("examination").split("\n\n")
    text, problem = "", ""
    try:
        messages = profile.messages(instructions, question)
        async with aclosing(model.stream(messages, most, profile.sampling())) as pieces:
            async for piece in pieces:
                text += piece if isinstance(piece, str) else ""
    except ModelCut:
        problem = f"it did not end by itself within {most} tokens: its end-of-turn token or its template is wrong"
    except AnswersError as error:
        problem = str(error)
    thoughts, said = told_apart(text, thinks=profile.thinks, finished=not problem)
    yield Finding(not problem, problem or f"it answered a question and ended by itself: {_short(said)}")
    if thoughts and profile.thinking == "never":
        yield Finding(True, "it thinks before it answers, which its profile does not say; answers come later for it")
    leaks = sorted({*_OF_TEMPLATE.findall(said), *(one for one in profile.stop if one in said)})
    if leaks:
        yield Finding(False, f"its answer shows what belongs to the template: {' '.join(map(repr, leaks))}")
    for wrong in _wrong(thoughts, said, expected) if not problem else ():
        yield Finding(False, wrong)


def _wrong(thoughts: str, said: str, expected: str) -> list[str]:
    if thoughts and not said:
        return ["all it wrote are thoughts: let it write more, or turn its thinking off"]
    found = [] if expected in said else [f"it did not find {expected} in the sentence it was given: {_short(said)}"]
    other = _LETTERS.search(said) and not _HEBREW.search(said)
    return found + ([f"a question in Hebrew was not answered in Hebrew: {_short(said)}"] if other else [])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}...")
