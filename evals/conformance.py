"""Whether Darash works with a model server: `darash eval conformance --url URL [--key KEY] [--model NAME]`.

Any OpenAI-compatible server can be put through it, with any model. Each line says whether something holds (yes, no, or
? where it cannot be told), what was seen, and after a no, what that means for Darash. A NO is something that Darash
cannot do without; every other difference it bears. Returns 0 when there is no NO.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from answers.errors import ModelError
from answers.profiles.profile import profile_for
from answers.serving.offer import offered
from evals import conformance_answers as answers
from evals import conformance_limits as limits
from evals.raw_chat import OK, RawServer
from evals.subject import Found, Subject

NEEDED = "Darash cannot work without it"
_WIDTH = 110


@dataclass(frozen=True, slots=True)
class Check:
    """Something that may hold of a server; `without` is what becomes of Darash where it does not."""

    name: str
    ask: Callable[[Subject], Awaitable[Found]]
    without: str = NEEDED


CHECKS = (
    Check("lists its models", answers.lists_models, "set DARASH_MODEL_NAME"),
    Check("says the context length", answers.says_context, "the profile's is used, or DARASH_MODEL_CONTEXT"),
    Check("streams in pieces", answers.streams),
    Check("the stream ends in order", answers.ends_in_order),
    Check("the stream ends with [DONE]", answers.says_done, "borne: finish_reason is enough"),
    Check("says usage in the stream", answers.says_usage, "borne: not asked for"),
    Check("keeps to max_tokens", answers.keeps_to_length, "borne: cut by its characters"),
    Check("stops at stop strings", answers.stops_at_strings, "borne where the model ends by itself"),
    Check("answers end by themselves", answers.ends_by_itself, "borne: cut at the greatest length"),
    Check("Hebrew letters stay whole", answers.keeps_letters_whole),
    Check("takes a system message", answers.takes_system, "needs a profile with system = false (darash models)"),
    Check("takes two questions in a row", answers.takes_two_in_a_row, "borne: never sent"),
    Check("counts tokens (/tokenize)", answers.counts_tokens, "borne: reckoned by the profile's ratio"),
    Check("refuses what is too long", limits.refuses_too_long, "borne where DARASH_MODEL_CONTEXT is right"),
    Check("stops when it is left", limits.stops_when_left, "borne: it writes to the end, and others wait for it"),
    Check("answers several at once", limits.answers_in_parallel, "borne: one after the other"),
    Check("refuses an unknown model", limits.refuses_unknown_model, "borne: it answers with the one it has"),
    Check("refuses a wrong request", limits.refuses_nonsense, "borne: whatever is no answer is an error"),
    Check("passes over unknown fields", limits.passes_over_unknown_fields, "borne: only usual ones are sent"),
    Check("refuses a wrong key", limits.wants_the_key, "borne: but anybody who reaches the server may use it"),
    Check("Darash's own client reads it", answers.is_read_by_our_client),
)  # fmt: skip


async def find(server: RawServer, model: str, key: str) -> Subject | None:
    """The server with the model that is named, or the first that it lists; None where it lists none."""
    reply = await server.ask("/v1/models")
    try:
        models = offered(reply.body, server.url) if reply.status == OK else []
    except ModelError:
        models = []
    name = model or next((each.name for each in models), "")
    if not name:
        return None
    context = next((each.context for each in models if each.name == name), 0)
    listed = any(each.name == name for each in models)
    return Subject(server, name, listed, context, context or profile_for(name).context, key)


async def check(subject: Subject) -> list[tuple[Check, Found]]:
    """Every check, one after the other, with what it found; a connection that fails twice is a no."""
    found = []
    for each in CHECKS:
        for last in (False, True):  # a server that failed before may have closed the connection
            try:
                found.append((each, await each.ask(subject)))
            except httpx.HTTPError as error:
                if last:
                    found.append((each, Found(False, f"{type(error).__name__}: {error}")))
            else:
                break
    return found


def line(check: Check, found: Found) -> str:
    """One line of the table."""
    verdict = {True: "yes", False: "NO" if check.without == NEEDED else "no", None: "?"}[found.holds]
    meaning = "" if found.holds is not False else f"  -> {check.without}"
    return f"{verdict:4}{check.name:30}{' '.join(found.seen.split())[:_WIDTH]}{meaning}"


async def conform(options: argparse.Namespace) -> int:
    """Prints the table and writes the JSON."""
    async with RawServer(options.url, options.key) as server:
        try:
            subject = await find(server, options.model, options.key)
        except httpx.HTTPError as error:
            sys.stderr.write(f"darash eval conformance: nothing answers at {server.url}: {error}\n")
            return 2
        if subject is None:
            sys.stderr.write(f"darash eval conformance: {server.url} lists no model; name one with --model\n")
            return 2
        print(f"{subject.model} at {server.url}")
        done = await check(subject)
    for each, found in done:
        print(line(each, found))
    missing = [each.name for each, found in done if found.holds is False and each.without == NEEDED]
    print(f"Darash does not work with it: {', '.join(missing)}" if missing else "Darash works with it")
    if options.json:
        table = [
            {"check": each.name, "holds": found.holds, "seen": found.seen, "without": each.without}
            for each, found in done
        ]
        options.json.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(bool(missing))


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 0 when Darash works with the server, 1 when not, 2 when there is nothing to check."""
    summary, _, rest = __doc__.partition("\n")
    parser = argparse.ArgumentParser("darash eval conformance", description=summary, epilog=rest)
    parser.add_argument("--url", required=True, help="such as http://127.0.0.1:8000")
    parser.add_argument("--key", default="", help="the API key, where the server wants one")
    parser.add_argument("--model", default="", help="the model to ask; otherwise the first that the server lists")
    parser.add_argument("--json", type=Path, help="write what was found there")
    return asyncio.run(conform(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main())
