import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

import darash
from scripts.make_docs import PAGES, ROOMS, rows
from tests.conftest import ROOT

COMMANDS = sorted(typer.main.get_command(darash.app).commands)  # type: ignore[attr-defined]  # a Group has commands
TARGETS = re.findall(r"^(?!help)([a-z-]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_pages_made_from_the_code_are_up_to_date(page: str) -> None:
    """The settings, the example file and the map of the code say what the code says (scripts/make_docs.py)."""
    assert (ROOT / page).read_text(encoding="utf-8") == PAGES[page]()


def test_every_setting_is_described() -> None:
    """Every setting of every room says what it means, and no two rooms share a name."""
    names = [name for settings in ROOMS.values() for name, _, _ in rows(settings)]
    assert all(text for settings in ROOMS.values() for _, _, text in rows(settings))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    """Every `darash` command is documented in the README."""
    assert f"darash {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_in_the_contributing_page(target: str) -> None:
    """Every target of the Makefile is documented in CONTRIBUTING."""
    assert f"make {target}" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_links_between_our_pages_lead_somewhere() -> None:
    """A relative link in a Markdown file points at a file of the repository."""
    pages = subprocess.run(
        ["git", "ls-files", "-z", "*.md", ":!ingest/samples", ":!scripts/samples"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    broken = []
    for page in pages.split("\0")[:-1]:
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text):
            link = target[0] or target[1]
            if not link.startswith(("http:", "https:", "mailto:")) and not ((ROOT / page).parent / link).exists():
                broken.append((page, link))
    assert broken == []


def test_the_compose_file_follows_the_compose_schema() -> None:
    """docker-compose.yml is valid by the Compose Specification's own schema."""
    check = [
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    result = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_only_the_web_has_a_published_port() -> None:
    """Of the services in the compose file, the app and the proxy in front of it alone publish ports."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    services = re.split(r"^  (?=[a-z]+:$)", text[text.index("services:") :], flags=re.MULTILINE)
    assert [service.split(":")[0] for service in services if "ports:" in service] == ["app", "caddy"]
