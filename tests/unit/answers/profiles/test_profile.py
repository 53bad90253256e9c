import string
from dataclasses import replace
from importlib.resources import files

import pytest

from answers.profiles.profile import Profile, profile_for, profiles

KNOWN = [profile for profile in profiles() if profile.hub_id]


def entry(profile: Profile) -> str:
    """The name of a test of an entry."""
    return profile.name


@pytest.mark.parametrize(
    ("model", "profile"),
    [
        ("dicta-il/dictalm2.0-instruct", "DictaLM 2.0 Instruct"),
        ("/models/dictalm2.0-instruct-AWQ", "DictaLM 2.0 Instruct"),
        ("dictalm2.0-instruct:f16", "DictaLM 2.0 Instruct"),
        ("dictalm2.0-instruct.Q4_K_M.gguf", "DictaLM 2.0 Instruct"),
        ("aminadaven/dictalm2.0-instruct:q5_K_M", "DictaLM 2.0 Instruct"),
        ("dicta-il/dictalm2.0", "DictaLM 2.0 (base)"),
        ("dicta-il/DictaLM-3.0-24B-Thinking-FP8", "DictaLM 3.0 24B Thinking"),
        ("hf.co/dicta-il/DictaLM-3.0-24B-Thinking-GGUF:Q4_K_M", "DictaLM 3.0 24B Thinking"),
        ("dicta-il/DictaLM-3.0-24B-Base", "DictaLM 3.0 24B (base)"),
        ("dicta-il/DictaLM-3.0-1.7B-Thinking", "DictaLM 3.0 1.7B Thinking"),
        ("DictaLM-3.0-1.7B-Thinking-Q4_K_M.gguf", "DictaLM 3.0 1.7B Thinking"),
        ("dicta-il/DictaLM-3.0-1.7B-Instruct-W4A16", "DictaLM 3.0 1.7B Instruct"),
        ("hf.co/dicta-il/DictaLM-3.0-Nemotron-12B-Instruct-GGUF:latest", "DictaLM 3.0 Nemotron 12B Instruct"),
        ("yam-peleg/Hebrew-Mistral-7B", "Hebrew-Mistral-7B"),
        ("Hebrew-Mistral-7B-200K.Q4_K_M.gguf", "Hebrew-Mistral-7B"),
        ("yam-peleg/Hebrew-Gemma-11B-V2", "Hebrew-Gemma-11B (base)"),
        ("yam-peleg/Hebrew-Gemma-11B-Instruct", "Hebrew-Gemma-11B Instruct"),
        ("SicariusSicariiStuff/Zion_Alpha_Instruction_Tuned_SLERP", "Zion Alpha Instruction Tuned"),
        ("Zion_Alpha-Q3_K_M.gguf", "Zion Alpha (base)"),
        ("yam-peleg/Hebrew-Mixtral-8x22B", "Hebrew-Mixtral-8x22B"),
        ("HebArabNlpProject/Hebatron", "Hebatron"),
        ("itayl/Hebatron-Q4_K_M-GGUF", "Hebatron"),
        ("mistralai/Mistral-7B-Instruct-v0.3", "Mistral 7B Instruct"),
        ("mistral:7b-instruct", "Mistral 7B Instruct"),
        ("TheBloke/Mixtral-8x7B-Instruct-v0.1-AWQ", "Mixtral 8x7B Instruct"),
        ("meta-llama/Llama-2-13b-chat-hf", "Llama 2 13B Chat"),
        ("meta-llama/Meta-Llama-3.1-8B-Instruct", "Llama 3.1 8B Instruct"),
        ("llama3.1:8b-instruct-q4_K_M", "Llama 3.1 8B Instruct"),
        ("RedHatAI/Llama-3.3-70B-Instruct-quantized.w4a16", "Llama 3.3 70B Instruct"),
        ("meta-llama/Llama-4-Scout-17B-16E-Instruct", "Llama 4 Scout"),
        ("tiiuae/falcon-7b-instruct", "Falcon 7B Instruct"),
        ("tiiuae/Falcon3-10B-Instruct", "Falcon 3 10B Instruct"),
        ("allenai/OLMo-2-1124-7B-Instruct", "OLMo 2 7B Instruct"),
        ("allenai/Olmo-3-7B-Instruct", "OLMo 3 7B Instruct"),
        ("microsoft/Phi-3-mini-4k-instruct", "Phi-3 mini"),
        ("microsoft/Phi-3.5-mini-instruct", "Phi-3.5 mini"),
        ("microsoft/Phi-3.5-MoE-instruct", "Phi-3.5 MoE"),
        ("phi4-mini:3.8b", "Phi-4 mini"),
        ("Qwen/Qwen3-8B-AWQ", "Qwen3 8B"),
        ("qwen3:14b", "Qwen3 14B"),
        ("Qwen/Qwen3-30B-A3B-Instruct-2507", "Qwen3 30B-A3B Instruct 2507"),
        ("gemma3:27b-it-qat", "Gemma 3 27B"),
        ("google/gemma-4-31b-it", "Gemma 4 31B"),
        ("RedHatAI/gemma-4-26B-A4B-it-FP8-Dynamic", "Gemma 4 26B-A4B"),
        ("openai/gpt-oss-120b", "gpt-oss 120B"),
        ("gpt-oss:20b", "gpt-oss 20B"),
        ("CohereLabs/aya-expanse-32b", "generic"),
        ("tiny-hebrew", "generic"),
        ("", "generic"),
    ],
)
def test_a_model_is_known_by_its_name(model: str, profile: str) -> None:
    """Hub names, folders, tags, file names and quantised variants lead to the model; everything else to the generic."""
    assert profile_for(model).name == profile


@pytest.mark.parametrize("profile", KNOWN, ids=entry)
def test_every_entry_is_found_by_its_own_names(profile: Profile) -> None:
    """The hub names that an entry gives, those of its variants among them, lead back to it."""
    names = [profile.hub_id, *(variant.hub_id for variant in profile.variants)]
    folders = [f"/models/{name.rsplit('/', 1)[-1]}" for name in names]
    assert {profile_for(name).name for name in [*names, *folders]} == {profile.name}


@pytest.mark.parametrize("profile", profiles(), ids=entry)
def test_every_entry_holds_together(profile: Profile) -> None:
    """Sampling suits answers that follow sources; a licence, what was checked, and a template where one is named."""
    assert 0.1 <= profile.temperature <= (1.0 if profile.thinks else 0.3)
    assert 0 < profile.top_p <= 1
    assert profile.checked.strip()
    assert profile.licence or not profile.hub_id
    assert 2.5 < profile.tokens_per_word < 8
    assert all(pattern == pattern.lower() for pattern in profile.patterns)
    assert not profile.template or files("answers.profiles").joinpath(f"templates/{profile.template}").is_file()
    assert profile.template or profile.instructed
    assert profile.answer_tokens >= 2048 or not profile.thinks
    assert all(set(flag) <= {*string.ascii_letters, *string.digits, *"-._/"} for flag in profile.flags)


@pytest.mark.parametrize("profile", [one for one in KNOWN if one.weights], ids=entry)
def test_weights_hold_together(profile: Profile) -> None:
    """Parts are smaller than their whole, and what the name of a model says of its size is its size."""
    weights = profile.weights
    assert weights is not None
    assert weights.kept < weights.parameters
    assert weights.active < weights.parameters
    assert weights.window_layers < weights.layers
    assert bool(weights.window_layers) == bool(weights.window)
    said = [
        float(word[:-1]) for word in profile.name.split() if word[:-1].replace(".", "").isdigit() and word[-1] == "B"
    ]
    assert said == [] or weights.parameters == pytest.approx(said[0], rel=0.1)


def test_names_are_unique() -> None:
    """No two entries share a name, and no two share a pattern."""
    patterns = [pattern for profile in profiles() for pattern in profile.patterns]
    assert len(patterns) == len(set(patterns))
    assert len({profile.name for profile in profiles()}) == len(profiles())


def test_instructions_open_the_question_of_a_model_without_system_messages() -> None:
    """Its Mistral template has no system role; other models get the instructions apart."""
    assert profile_for("dictalm2.0-instruct").messages("how", "what") == ({"role": "user", "content": "how\n\nwhat"},)
    assert [message["role"] for message in profile_for("").messages("how", "what")] == ["system", "user"]


def test_sampling_holds_only_what_every_server_knows() -> None:
    """Requests carry temperature, top_p, and stop strings where there are any."""
    assert profile_for("").sampling() == {"temperature": 0.2, "top_p": 0.9}
    assert profile_for("dictalm2.0-instruct").sampling()["stop"] == ["[INST]", "</s>"]
    assert {name for profile in profiles() for name in profile.sampling()} == {"temperature", "top_p", "stop"}


def test_little_context_is_counted_on_where_nobody_says() -> None:
    """A server that does not say how much it holds is not trusted with all that the model was made for."""
    assert profile_for("llama3.1").trained_context == 131072
    assert profile_for("llama3.1").context == 4096
    assert profile_for("falcon").context == 2048


def test_only_models_that_always_think_begin_inside_their_thoughts() -> None:
    """A model that thinks if asked to begins with an answer, as does one that never thinks."""
    assert profile_for("DictaLM-3.0-24B-Thinking").thinks
    assert not profile_for("qwen3:8b").thinks
    assert not replace(profile_for(""), thinking="never").thinks


def test_tokens_grow_with_the_text_and_hold_for_long_addresses() -> None:
    """A Hebrew word counts a little over its tokens per word; an address without blanks counts by its length too."""
    profile = profile_for("dictalm2.0-instruct")
    assert profile.tokens("") == 0
    assert profile.tokens("מילה " * 100) == pytest.approx(280, rel=0.15)
    assert profile.tokens("https://example.org/" + "a" * 1000) > 250
