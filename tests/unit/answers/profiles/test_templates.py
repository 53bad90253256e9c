import pytest
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from answers.profiles.launch import template_folder
from answers.profiles.profile import profile_for, profiles

SYSTEM, USER = {"role": "system", "content": " הוראות "}, {"role": "user", "content": "שאלה"}
ASSISTANT = {"role": "assistant", "content": "תשובה"}


def rendered(template: str, *messages: dict[str, str], prompt: bool = True) -> str:
    """What a model gets to read, rendered as servers do it (in a sandbox, blocks trimmed)."""

    def raise_exception(reason: str) -> None:
        raise TemplateError(reason)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
    environment.globals["raise_exception"] = raise_exception
    source = (template_folder() / template).read_text(encoding="utf-8")
    return environment.from_string(source).render(
        messages=messages, add_generation_prompt=prompt, bos_token="<s>", eos_token="</s>"
    )


def test_a_dialogue_is_written_out() -> None:
    """The instructions open it, each turn has its speaker, and the model is to go on as the assistant."""
    text = rendered("dialogue.jinja", SYSTEM, USER, ASSISTANT, USER)
    assert text == "<s>הוראות\n\nUser: שאלה\n\nAssistant: תשובה\n\nUser: שאלה\n\nAssistant:"
    assert rendered("dialogue.jinja", USER, ASSISTANT, prompt=False) == "<s>User: שאלה\n\nAssistant: תשובה\n\n"


def test_a_model_that_goes_on_with_the_dialogue_is_stopped_at_the_next_question() -> None:
    """What the template writes before a question is a stop string of every model that gets this template."""
    speaker = rendered("dialogue.jinja", ASSISTANT, USER, prompt=False).rsplit("שאלה", 1)[0].rsplit("תשובה", 1)[1]
    for profile in profiles():
        if profile.template == "dialogue.jinja":
            assert any(stop in speaker for stop in profile.stop)


def test_instructions_stand_inside_the_first_turn_of_mistral() -> None:
    """One beginning of text, one pair of marks per question, an end after each answer."""
    text = rendered("mistral.jinja", SYSTEM, USER, ASSISTANT, USER)
    assert text == "<s>[INST] הוראות\n\nשאלה [/INST] תשובה</s>[INST] שאלה [/INST]"


@pytest.mark.parametrize(
    "messages",
    [(USER, USER), (ASSISTANT,), (USER, ASSISTANT, ASSISTANT), (USER, SYSTEM), ({"role": "tool", "content": ""},)],
)
def test_mistral_turns_have_to_alternate(messages: tuple[dict[str, str], ...]) -> None:
    """User and assistant take turns, the user first; anything else is refused."""
    with pytest.raises(TemplateError):
        rendered("mistral.jinja", *messages)


@pytest.mark.parametrize("messages", [(USER, SYSTEM), ({"role": "tool", "content": ""},)])
def test_a_dialogue_has_known_speakers_and_one_beginning(messages: tuple[dict[str, str], ...]) -> None:
    """A later system message and an unknown role are refused."""
    with pytest.raises(TemplateError):
        rendered("dialogue.jinja", *messages)


def test_every_template_takes_what_its_models_are_sent() -> None:
    """The messages that a profile makes render without a refusal, instructions and question in them."""
    for profile in profiles():
        if profile.template:
            text = rendered(profile.template, *profile.messages("הוראות", "שאלה"))
            assert "הוראות" in text
            assert "שאלה" in text


def test_a_message_cannot_run_anything() -> None:
    """A document that looks like a template stays text."""
    attack = {"role": "user", "content": "{{ 7 * 7 }} {% raw %}"}
    for template in {profile.template for profile in profiles() if profile.template}:
        assert "{{ 7 * 7 }} {% raw %}" in rendered(template, attack)
    assert profile_for("dicta-il/dictalm2.0").template == "dialogue.jinja"
