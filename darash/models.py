"""The commands about models that a team can serve: which there are, and which fit a graphics card. Work offline."""

from collections.abc import Sequence
from typing import Annotated

import typer

from answers.profiles.launch import command, compose_variables
from answers.profiles.memory import memory
from answers.profiles.profile import Profile, profile_for, profiles
from answers.profiles.recommendation import Fit, fit, forms, recommended
from darash import texts
from darash.machine import gpu_gb

app = typer.Typer(help="List the language models that Darash knows, or recommend one for a graphics card.")

_CONTEXT = 16384
_GIB = 1 << 30
_BITS = (16, 8, 4)
_SHOWN = 12


@app.callback(invoke_without_command=True)
def list_(context: typer.Context) -> None:
    """List the models that Darash knows: size, memory, Hebrew, licence."""
    if context.invoked_subcommand is None:
        listed = sorted(profiles(), key=lambda profile: not profile.made_for_hebrew)
        print(_table(texts.MODEL_COLUMNS, [_row(profile) for profile in listed if profile.hub_id]))
        print(texts.MODEL_EXPLAINED.format(context=_CONTEXT))


@app.command()
def recommend(
    vram: Annotated[
        float | None, typer.Option(min=1, help="Memory of the card in GB; without it, that of yours")
    ] = None,
    context: Annotated[int, typer.Option(min=2048, help="Tokens of a conversation, sources included")] = _CONTEXT,
    users: Annotated[int, typer.Option(min=1, max=64, help="How many people are to be answered at once")] = 1,
    hebrew_only: Annotated[bool, typer.Option("--hebrew-only", help="Only models that were made for Hebrew")] = False,
    model: Annotated[str, typer.Option(help="Print the command for this model instead of the first one")] = "",
    every: Annotated[bool, typer.Option("--all", help="Show all that fit, not only the best")] = False,
) -> None:
    """Say which models fit a graphics card, and print how to serve one of them."""
    card = vram or gpu_gb() * 1e9 / _GIB
    if not card:
        raise _failed(texts.NO_CARD)
    if model:
        _print_chosen(_chosen(model, card, context, users))
        return
    fits = recommended(profiles(), card, context, users, hebrew_only)
    if not fits:
        raise _failed(texts.FIT_NOTHING.format(card=card))
    print(texts.FIT_TITLE.format(card=card, context=context, users=users))
    shown = fits if every else fits[:_SHOWN]
    print(_table(texts.FIT_COLUMNS, [_fit_row(found) for found in shown]))
    if len(shown) < len(fits):
        print(texts.FIT_MORE.format(more=len(fits) - len(shown)))
    print(f"{texts.FIT_EXPLAINED}\n")
    _print_chosen(fits[0])


def _chosen(name: str, card: float, context: int, users: int) -> Fit:
    named = [profile for profile in profiles() if profile.name.lower() == name.lower()]
    profile = named[0] if named else profile_for(name)
    if not profile.hub_id:
        raise _failed(texts.UNKNOWN_MODEL.format(name=name))
    if profile.weights is None:
        raise _failed(texts.UNKNOWN_NEED.format(name=profile.name))
    found = fit(profile, card, context, users)
    if found is None:
        bits, shorter = forms(profile)[-1][0], min(context, profile.trained_context)
        needed = memory(profile.weights, bits, shorter, users).card
        raise _failed(texts.DOES_NOT_FIT.format(name=profile.name, card=card, needed=needed))
    return found


def _print_chosen(found: Fit) -> None:
    profile = found.profile
    print(texts.CHOSEN.format(name=profile.name, bits=found.bits, users=found.users))
    print(texts.LICENCE.format(licence=profile.licence, commercial=texts.COMMERCIAL[profile.commercial]))
    if found.quantised_on_loading:
        print(texts.ON_LOADING)
    if "--trust-remote-code" in profile.flags:
        print(texts.OWN_CODE)
    print(f"{texts.CHECKED}\n  {' '.join(profile.checked.split())}\n\n{texts.RUN_COMMAND}\n  {command(found)}\n")
    print(texts.RUN_COMPOSE)
    for name, value in compose_variables(found).items():
        print(f'  {name}="{value}"' if " " in value else f"  {name}={value}")


def _row(profile: Profile) -> list[str]:
    weights = profile.weights
    size = f"{weights.parameters:.3g}B" if weights else "?"
    active = f" ({weights.active:g})" if weights and weights.active else ""
    possible = {bits for bits, _ in forms(profile)}
    context = min(_CONTEXT, profile.trained_context)
    needed = [
        f"{memory(weights, bits, context, 1).card:.0f}" if weights and bits in possible else "-" for bits in _BITS
    ]
    return [
        profile.name,
        size + active,
        f"{profile.trained_context:,}",
        *needed,
        _hebrew(profile),
        texts.COMMERCIAL[profile.commercial],
        profile.licence,
        _notes(profile),
    ]


def _fit_row(found: Fit) -> list[str]:
    profile = found.profile
    sizes = [str(found.bits), str(found.users), f"{found.context:,}", f"{found.memory.card:.0f}"]
    return [profile.name, *sizes, _hebrew(profile), texts.COMMERCIAL[profile.commercial], _notes(profile)]


def _hebrew(profile: Profile) -> str:
    return "?" if profile.hebrew is None else f"{profile.hebrew:.1f}"


def _notes(profile: Profile) -> str:
    notes = (
        texts.MADE_FOR_HEBREW if profile.made_for_hebrew else "",
        "" if profile.instructed else texts.BASE_MODEL,
        texts.THINKING[profile.thinking],
        "" if profile.weights else texts.NOTHING_OF_MEMORY,
    )
    return ", ".join(note for note in notes if note)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns keep their order in terminals that turn Hebrew and in those that do not."""
    widths = [max(len(row[place]) for row in (columns, *rows)) for place in range(len(columns))]
    lines = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in (columns, *rows))
    return "\n".join(texts.LRM + f"  {texts.LRM}".join(line).rstrip() for line in lines)


def _failed(said: str) -> typer.Exit:
    typer.echo(said, err=True)
    return typer.Exit(1)
