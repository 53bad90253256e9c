import pytest
from typer.testing import CliRunner, Result

from answers.profiles.profile import profiles
from darash import app, texts


def run(*arguments: str) -> Result:
    """`darash models` with these arguments."""
    return CliRunner().invoke(app, ["models", *arguments])


def test_every_known_model_is_listed() -> None:
    """One line for each, with its licence and whether it may be used commercially; the generic one is no model."""
    said = run().output
    for profile in profiles():
        lines = [line for line in said.splitlines() if line.lstrip(texts.LRM).startswith(f"{profile.name}  ")]
        assert len(lines) == int(bool(profile.hub_id))
        assert all(profile.licence in line and texts.COMMERCIAL[profile.commercial] in line for line in lines)


def test_cells_of_a_table_keep_their_order() -> None:
    """Every line and every cell begins with a direction mark, so that Hebrew cells do not change places."""
    table = [line for line in run().output.splitlines() if line.startswith(texts.LRM)]
    assert len(table) == 1 + sum(bool(profile.hub_id) for profile in profiles())
    assert {line.count(texts.LRM) for line in table} == {len(texts.MODEL_COLUMNS)}


def test_a_card_gets_a_recommendation_with_its_command() -> None:
    """What fits, the licence, the command and the lines for Compose."""
    result = run("recommend", "--vram", "24", "--users", "2")
    assert result.exit_code == 0
    assert "vllm serve dicta-il/DictaLM-3.0-24B-Thinking-W4A16 --max-model-len 16384 --max-num-seqs 2" in result.output
    assert "DARASH_MODEL_NAME=dicta-il/DictaLM-3.0-24B-Thinking-W4A16" in result.output
    assert "Apache-2.0" in result.output


@pytest.mark.parametrize("name", ["DictaLM 2.0 Instruct", "dicta-il/dictalm2.0-instruct", "dictalm 2.0 instruct"])
def test_a_model_may_be_chosen_by_either_name(name: str) -> None:
    """Its name in the list and its name on the hub mean the same."""
    result = run("recommend", "--vram", "24", "--model", name)
    assert "vllm serve dicta-il/dictalm2.0-instruct " in result.output


def test_what_does_not_fit_says_how_much_it_needs() -> None:
    """A card too small, a model unknown, and one of unknown size each end with their sentence."""
    small = run("recommend", "--vram", "8", "--model", "Gemma 4 31B")
    assert (small.exit_code, "24 GB" in small.output) == (1, True)
    assert run("recommend", "--vram", "24", "--model", "no such model").exit_code == 1
    unknown = run("recommend", "--vram", "24", "--model", "Hebrew-Gemma-11B Instruct")
    assert (unknown.exit_code, texts.UNKNOWN_NEED[:3] in unknown.output) == (1, True)
    assert run("recommend", "--vram", "1").exit_code == 1


def test_the_best_are_shown_and_all_on_request() -> None:
    """A long list is cut, and says so."""
    short, long = run("recommend", "--vram", "80").output, run("recommend", "--vram", "80", "--all").output
    assert "--all" in short
    assert len(long.splitlines()) > len(short.splitlines())


def test_a_model_with_code_of_its_own_comes_with_a_warning() -> None:
    """--trust-remote-code runs code of whoever published the model."""
    assert texts.OWN_CODE in run("recommend", "--vram", "80", "--model", "Hebatron").output
    assert texts.OWN_CODE not in run("recommend", "--vram", "80", "--model", "DictaLM 2.0 Instruct").output
