"""Writes the docs that follow from the code: docs/settings.md, docs/map.md, .env.example. A test compares them."""

import ast
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
        "Made by `scripts/make_docs.py`; do not edit by hand.",
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


FOLDERS = ("darash", "hebrew", "ingest", "indexes", "answers", "webui", "evals", "scripts")
"""Those of the map, each with all packages in it."""


def first_line(file: Path) -> str:
    """The first line of the docstring of a file."""
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split("\n", 1)[0]


def map_page() -> str:
    """The text of docs/map.md: every file of every room with what it says of itself."""
    lines = ["# Map of the code", "", "Every file with its own first sentence. Made by `scripts/make_docs.py`."]
    for package in (each for folder in FOLDERS for each in sorted((ROOT / folder).rglob("__init__.py"))):
        files = [file for file in sorted(package.parent.glob("*.py")) if file != package]
        name = package.parent.relative_to(ROOT).as_posix()
        lines += ["", f"## {name}", "", first_line(package)]
        lines += ["", "| file | |", "|---|---|"] if files else []
        lines += [f"| `{file.name}` | {first_line(file)} |" for file in files]
    return "\n".join(lines) + "\n"


PAGES = {"docs/settings.md": settings_page, "docs/map.md": map_page, ".env.example": example_file}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
