"""Writes docs/settings.md and .env.example from the settings classes. A test compares both with what this makes."""

from pathlib import Path

from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from answers.settings import AnswerSettings
from indexes.settings import IndexSettings
from ingest.settings import IngestSettings
from webui.settings import WebSettings

ROOT = Path(__file__).parent.parent
ROOMS: dict[str, type[BaseSettings]] = {
    "What is stored and how it is searched (`indexes`)": IndexSettings,
    "Reading documents (`ingest`)": IngestSettings,
    "Answers and the model server (`answers`)": AnswerSettings,
    "The web (`webui`)": WebSettings,
}


def rows(settings: type[BaseSettings]) -> list[tuple[str, str, str]]:
    """Name of the variable, default and description of every setting of a room."""
    found = []
    for name, field in settings.model_fields.items():
        default = field.default if field.default is not PydanticUndefined else ""
        shown = default.get_secret_value() if hasattr(default, "get_secret_value") else default
        found.append((f"DARASH_{name.upper()}", str(shown), field.description or ""))
    return found


def settings_page() -> str:
    """The text of docs/settings.md."""
    lines = [
        "# Settings",
        "",
        "Read once at start from the environment or from a file `.env` in the working folder.",
        "Made by `scripts/make_settings.py`; do not edit by hand.",
    ]
    for title, settings in ROOMS.items():
        lines += ["", f"## {title}", "", "| variable | default | meaning |", "|---|---|---|"]
        for name, default, text in rows(settings):
            lines.append(f"| `{name}` | {f'`{default}`' if default else ''} | {text} |")
    return "\n".join(lines) + "\n"


def example_file() -> str:
    """The text of .env.example: every setting once, commented out, with its default."""
    lines = ["# Copy to .env and change what you need. docs/settings.md has the same list as a table."]
    for settings in ROOMS.values():
        for name, default, text in rows(settings):
            lines += ["", f"# {text}", f"# {name}={default}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
    (ROOT / ".env.example").write_text(example_file(), encoding="utf-8")
