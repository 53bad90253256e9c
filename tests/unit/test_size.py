import subprocess

from tests.conftest import ROOT

MOST_LINES = 250
SAYS_NOTHING = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}


def python_files() -> list[str]:
    """The Python files of the project, tests aside."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.py"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [
        name for name in listed.stdout.split("\0") if name and not name.startswith("tests/") and (ROOT / name).exists()
    ]


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    """A file over 250 lines holds more than one noun and has to be split."""
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_file_names_say_what_is_in_them() -> None:
    """No file is called after the fact that something had to go somewhere."""
    assert [name for name in python_files() if name.rsplit("/", 1)[-1] in SAYS_NOTHING] == []
