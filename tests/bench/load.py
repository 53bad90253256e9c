"""Many people at once: `python -m tests.bench.load [--people 100] [--minutes 10] [--pause 30 90] [--json OUT]`.

A real `darash serve` with its worker, over the samples and 400 more passages; a model that writes 30 tokens a second in
every answer; and people with a page each, who ask through Gradio's queue, read for 30 to 90 seconds, open a source
after every second answer, and go on with a conversation more often than they begin one. All of it on this machine.

Says the errors, the time from asking to the first text and to the end of an answer, and what the server took of memory
and processor. Ends with 1 where `GOAL` was not met.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx

from ingest.samples import FOLDER
from tests.bench import gauge
from tests.bench.person import Asked, Person, Unanswered
from tests.bench.team import PASSAGES, fill
from tests.conftest import ROOT
from tests.e2e.server import Server

PAUSE = (30.0, 90.0)
"""Seconds between an answer and the next question, drawn evenly: its 110 words are read, a source looked at, and the
question thought of and typed."""

LOOKS = 0.5
"""How often somebody opens a source of an answer."""

GOAL = {"errors": 0, "first_p95": 1.5, "memory_growth": 100.0}
WARM_UP = 0.2
"""The share of the time after which the memory counts as warm."""


@dataclass(slots=True)
class Met:
    """What all people together met, and how the server stood meanwhile: (seconds since the start, reading)."""

    answers: list[Asked] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    readings: list[tuple[float, gauge.Reading]] = field(default_factory=list)


Pause = tuple[float, float]


async def ask_all(address: str, process_id: int, cookies: Sequence[str], seconds: float, pause: Pause) -> Met:
    """Lets one person per cookie come within the first pause and ask until the time is over."""
    questions = [each["question"] for each in json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))]
    met, since = Met(), time.monotonic()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=len(cookies))
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=30.0) as client:
        people = [Person(client, cookie, questions, seed) for seed, cookie in enumerate(cookies)]
        working = [asyncio.create_task(_live(person, since, seconds, pause, met)) for person in people]
        while (passed := time.monotonic() - since) < seconds:
            met.readings.append((passed, gauge.read(process_id)))
            await asyncio.sleep(min(5.0, seconds - passed + 0.01))
        met.readings.append((time.monotonic() - since, gauge.read(process_id)))
        await asyncio.gather(*working)
    return met


async def _live(person: Person, since: float, seconds: float, pause: Pause, met: Met) -> None:
    chance = random.Random(person.headers["cookie"])
    await asyncio.sleep(chance.uniform(0, min(pause[1], seconds / 2)))
    has_come = False
    while time.monotonic() - since < seconds:
        try:
            if not has_come:
                await person.arrive()
                has_come = True
            met.answers.append(await person.ask(since))
            if chance.random() < LOOKS:
                met.looks.append(await person.look())
        except (Unanswered, httpx.HTTPError) as error:
            met.errors.append(f"{type(error).__name__}: {error}")
        await asyncio.sleep(min(chance.uniform(*pause), max(0.0, since + seconds - time.monotonic())))


def summary(met: Met, own: float) -> dict[str, object]:
    """The figures: seconds, MB. `own` is the processor time that the people themselves took."""
    readings = [reading for _, reading in met.readings]
    passed = met.readings[-1][0] - met.readings[0][0]
    warm = next(reading for at, reading in met.readings if at >= WARM_UP * passed)
    used = readings[-1].processor - readings[0].processor
    return {
        "answers": len(met.answers),
        "errors": len(met.errors),
        "seconds": passed,
        **_spread("first", [asked.first for asked in met.answers]),
        **_spread("total", [asked.total for asked in met.answers]),
        **_spread("source", met.looks),
        "memory_warm": warm.memory,
        "memory_end": readings[-1].memory,
        "memory_most": max(reading.memory for reading in readings),
        "memory_growth": readings[-1].memory - warm.memory,
        "processor_share": used / passed,
        "processor_per_answer": used / max(1, len(met.answers)),
        "people_processor_share": own / passed,
    }


def _spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {}
    cut = quantiles(seconds, n=100, method="inclusive")
    return {f"{name}_p50": cut[49], f"{name}_p95": cut[94], f"{name}_most": max(seconds)}


@contextmanager
def forced_model() -> Iterator[str]:
    """The address of a model that writes at a steady pace."""
    command = [sys.executable, "-m", "tests.bench.forced_model"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def measure(
    people: int, seconds: float, pause: Pause = PAUSE, passages: int = PASSAGES
) -> tuple[Met, dict[str, object]]:
    """Starts everything, lets the people ask, and ends it."""
    with tempfile.TemporaryDirectory() as folder, forced_model() as model_url:
        server = Server(Path(folder), model_url)
        server.environment |= {"DARASH_MODEL_PARALLEL": "200"}
        cookies = fill(server, people, passages)
        server.start()
        try:
            before = time.process_time()
            met = asyncio.run(ask_all(server.address, server.process.pid, cookies, seconds, pause))
            return met, summary(met, time.process_time() - before)
        finally:
            server.stop()


def main() -> int:
    """Measures, prints a table, writes the JSON; 1 where the goal was not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--pause", type=float, nargs=2, default=PAUSE)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    met, figures = measure(arguments.people, arguments.minutes * 60, tuple(arguments.pause))
    for name, value in figures.items():
        print(f"{name:24}{value:10.3f}" if isinstance(value, float) else f"{name:24}{value:10}")
    for error in sorted(set(met.errors))[:10]:
        print(error)
    if arguments.json:
        about = {
            "people": arguments.people,
            "pause": arguments.pause,
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        }
        memory = [(round(at, 1), round(reading.memory, 1)) for at, reading in met.readings]
        answers = [asdict(asked) for asked in met.answers]
        text = json.dumps({**about, **figures, "memory": memory, "each": answers}, indent=1)
        arguments.json.write_text(text, encoding="utf-8")
    return int(any(figures[name] > most for name, most in GOAL.items()))


if __name__ == "__main__":
    sys.exit(main())
