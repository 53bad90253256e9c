"""Which models a graphics card can serve, in how many bits, and to how many people at once. Knows no vLLM."""

from collections.abc import Sequence
from dataclasses import dataclass

from answers.profiles.memory import Bits, Memory, memory, users_that_fit
from answers.profiles.profile import Profile
from answers.profiles.weights import Weights

MOST_USERS = 64
"""More conversations at once than this are not counted: then it is the speed of the card that sets the limit."""
_LICENCES = ("yes", "terms", "unknown", "no")


@dataclass(frozen=True, slots=True)
class Fit:
    """A model as it fits on a card: under which name, in how many bits, how much context for how many users at once.

    `quantised_on_loading` says that there are no files of so few bits, so that the server has to make them.
    """

    profile: Profile
    weights: Weights
    hub_id: str
    bits: Bits
    quantised_on_loading: bool
    context: int
    users: int

    @property
    def memory(self) -> Memory:
        """What one conversation takes, with the weights."""
        return memory(self.weights, self.bits, self.context, 1)


def fit(profile: Profile, card_gib: float, context: int, users: int) -> Fit | None:
    """How a model fits on a card so that at least `users` have `context` tokens each; in as many bits as possible.

    The context is no longer than the one that the model was made for. None where it does not fit, or where too little
    is known of it.
    """
    weights = profile.weights
    if weights is None:
        return None
    context = min(context, profile.trained_context)
    for bits, hub_id in forms(profile):
        room = min(MOST_USERS, users_that_fit(weights, bits, context, card_gib))
        if room >= users:
            on_loading = hub_id == profile.hub_id and bits < weights.bits
            return Fit(profile, weights, hub_id, bits, on_loading, context, room)
    return None


def recommended(
    profiles: Sequence[Profile], card_gib: float, context: int, users: int, hebrew_only: bool = False
) -> list[Fit]:
    """The models that fit, the best first.

    Those made for less context come last. Those that were taught to answer come before those that only continue texts;
    then those whose Hebrew was measured, by the measure; then those made for Hebrew; then by how freely they may be
    used; then the larger ones.
    """
    fits = [
        found
        for profile in profiles
        if (profile.made_for_hebrew or not hebrew_only) and (found := fit(profile, card_gib, context, users))
    ]
    return sorted(fits, key=lambda found: (found.context < context, *_order(found)))


def forms(profile: Profile) -> list[tuple[Bits, str]]:
    """In how many bits a model can be served, and under which name; the most exact first.

    Of 16 bits a server makes 8 by itself; 4 have to be published. Empty where too little is known of the model.
    """
    if profile.weights is None:
        return []
    published = {variant.bits: variant.hub_id for variant in reversed(profile.variants)}
    own: Bits = profile.weights.bits
    made = {own: profile.hub_id} | ({8: profile.hub_id} if own > 8 else {})  # noqa: PLR2004
    return sorted((made | published).items(), reverse=True)


def _order(found: Fit) -> tuple[object, ...]:
    profile = found.profile
    return (
        not profile.instructed,
        profile.hebrew is None,
        -(profile.hebrew or 0),
        not profile.made_for_hebrew,
        _LICENCES.index(profile.commercial),
        -found.weights.parameters,
    )
