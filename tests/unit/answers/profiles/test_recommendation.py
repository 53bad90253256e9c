from dataclasses import replace

import pytest

from answers.profiles.profile import Profile, profile_for, profiles
from answers.profiles.recommendation import MOST_USERS, Fit, fit, forms, recommended
from answers.profiles.weights import Variant, Weights

CARDS = (6, 8, 12, 16, 24, 32, 48, 80, 141, 640)


def made(name: str, **changes: object) -> Profile:
    """A model of one billion parameters, of which nothing is special but the changes."""
    weights = Weights(parameters=1.0, layers=10, kv_heads=2, head_size=64)
    base = replace(profile_for(""), name=name, hub_id=f"x/{name}", trained_context=32768, weights=weights)
    return replace(base, **changes)  # type: ignore[arg-type]  # the changes are named by the tests


def names(fits: list[Fit]) -> list[str]:
    """The names, in order."""
    return [found.profile.name for found in fits]


def test_a_larger_card_never_holds_less() -> None:
    """With more memory no model is lost, none is served in fewer bits, and none to fewer users in the same bits."""
    smaller: dict[str, Fit] = {}
    for card in CARDS:
        larger = {found.profile.name: found for found in recommended(profiles(), card, 16384, 2)}
        for name, before in smaller.items():
            assert larger[name].bits >= before.bits
            assert larger[name].bits > before.bits or larger[name].users >= before.users
        smaller = larger
    assert len(smaller) == sum(profile.weights is not None for profile in profiles())


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("users", [1, 8])
def test_what_is_recommended_fits(card: float, users: int) -> None:
    """Every model that is recommended takes no more than the card has, and serves as many as were asked for."""
    for found in recommended(profiles(), card, 8192, users):
        assert found.memory.card <= card
        assert users <= found.users <= MOST_USERS
        assert found.context <= min(8192, found.profile.trained_context)


def test_measured_hebrew_comes_first_then_models_made_for_hebrew_then_free_licences_then_size() -> None:
    """The order in which models are named; those that only continue texts, and those of a short context, come last."""
    large = Weights(parameters=2.0, layers=10, kv_heads=2, head_size=64)
    ordered = [
        made("best", hebrew=90.0, commercial="terms"),
        made("good", hebrew=80.0),
        made("own", made_for_hebrew=True),
        made("large", weights=large, commercial="yes"),
        made("free", commercial="yes"),
        made("bound", commercial="terms", weights=large),
        made("continues", instructed=False, made_for_hebrew=True),
        made("short", trained_context=2048, hebrew=95.0),
    ]
    assert names(recommended(ordered[::-1], 24, 8192, 1)) == [profile.name for profile in ordered]


def test_only_models_made_for_hebrew_on_request() -> None:
    """The others are left out."""
    both = [made("own", made_for_hebrew=True), made("other")]
    assert names(recommended(both, 24, 8192, 1, hebrew_only=True)) == ["own"]


def test_as_many_bits_as_fit_and_four_only_where_they_are_published() -> None:
    """Sixteen bits where they fit, else eight, which a server makes by itself, else four, if they are published."""
    seven = Weights(parameters=7.0, layers=10, kv_heads=2, head_size=64)
    model, published = made("m", weights=seven), (Variant("x/m-AWQ", 4), Variant("x/m-GPTQ", 4))
    assert forms(model) == [(16, "x/m"), (8, "x/m")]
    assert forms(replace(model, variants=published)) == [(16, "x/m"), (8, "x/m"), (4, "x/m-AWQ")]
    assert forms(replace(model, variants=(Variant("x/m-FP8", 8),)))[1] == (8, "x/m-FP8")
    found = [fit(replace(model, variants=published), card, 8192, 1) for card in (24, 12, 8, 4)]
    assert [one and (one.bits, one.hub_id, one.quantised_on_loading) for one in found] == [
        (16, "x/m", False),
        (8, "x/m", True),
        (4, "x/m-AWQ", False),
        None,
    ]


def test_weights_that_come_in_four_bits_are_served_as_they_are() -> None:
    """gpt-oss exists in no other form, and nothing is made of it on loading."""
    found = fit(profile_for("gpt-oss-20b"), 24, 16384, 1)
    assert found is not None
    assert (found.bits, found.quantised_on_loading) == (4, False)


def test_a_model_of_unknown_layers_is_not_recommended() -> None:
    """What nobody can compute is not promised."""
    unknown = profile_for("yam-peleg/Hebrew-Gemma-11B-Instruct")
    assert (unknown.weights, forms(unknown), fit(unknown, 640, 8192, 1)) == (None, [], None)
