import pytest

from answers.profiles.profile import profile_for


@pytest.mark.parametrize(
    ("model", "profile"),
    [
        ("dicta-il/dictalm2.0-instruct", "DictaLM 2.0 Instruct"),
        ("/models/dictalm2.0-instruct-AWQ", "DictaLM 2.0 Instruct"),
        ("dicta-il/DictaLM-3.0-24B-Thinking-FP8", "DictaLM 3.0 Thinking"),
        ("dicta-il/DictaLM-3.0-1.7B-Thinking", "DictaLM 3.0 Thinking"),
        ("dicta-il/DictaLM-3.0-1.7B-Instruct", "DictaLM 3.0 Instruct"),
        ("dicta-il/DictaLM-3.0-Nemotron-12B-Instruct", "DictaLM 3.0 Instruct"),
        ("google/gemma-4-31b-it", "generic"),
        ("", "generic"),
    ],
)
def test_a_model_is_known_by_its_name(model: str, profile: str) -> None:
    """Hub names, folders and quantised variants lead to the profile of their family, everything else to the generic."""
    assert profile_for(model).name == profile


def test_only_the_old_dictalm_gets_no_system_message() -> None:
    """Its Mistral template has no system role; the thinking models may begin inside their thoughts."""
    assert not profile_for("dictalm2.0-instruct").system
    assert profile_for("DictaLM-3.0-24B-Thinking").thinks
    assert profile_for("anything else").system


def test_tokens_grow_with_the_text_and_hold_for_long_addresses() -> None:
    """A Hebrew word counts a little over its tokens per word; an address without blanks counts by its length too."""
    profile = profile_for("dictalm2.0-instruct")
    assert profile.tokens("") == 0
    assert profile.tokens("מילה " * 100) == pytest.approx(280, rel=0.15)
    assert profile.tokens("https://example.org/" + "a" * 1000) > 250
