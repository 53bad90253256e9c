import importlib
import importlib.metadata
import tomllib

import pytest

from indexes.version import VERSION
from tests.conftest import ROOT

OURS = ["hebrew", "ingest", "indexes", "answers", "webui", "evals", "darash"]


@pytest.mark.parametrize("name", OURS)
def test_the_imported_package_is_ours(name: str) -> None:
    """Our top-level names are common words; what is imported under them lies in this checkout."""
    path = importlib.import_module(name).__file__
    assert path is not None
    assert ROOT in importlib.import_module("pathlib").Path(path).parents


@pytest.mark.parametrize("name", OURS)
def test_no_other_distribution_claims_our_names(name: str) -> None:
    """No installed distribution but darash provides one of our import packages."""
    owners = set(importlib.metadata.packages_distributions().get(name, ()))
    assert owners <= {"darash"}


def test_faiss_comes_from_one_distribution() -> None:
    """faiss-cpu and faiss-gpu both provide `faiss`; the extras name the same version and are never both installed."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extras["cpu"][0].split("==")[1] == extras["gpu"][0].split("==")[1]
    assert len(set(importlib.metadata.packages_distributions()["faiss"])) == 1


def test_the_version_stands_once() -> None:
    """The code says the version that the package has; a container runs the code without the package."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == VERSION
