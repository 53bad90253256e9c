"""Which embedder is to be used: that of the setting, else what `darash embedder` wrote down, else the shipped one.

Knows nothing of what the names mean.
"""

import json
from pathlib import Path

from indexes.embedder import STATIC
from indexes.errors import EmbedderUnavailable

FILE = "embedder.json"
MODELS = "models"


class Choice:
    """The choice of one data folder. It is read anew each time, so a running worker sees that it has changed."""

    def __init__(self, data: Path, setting: str = "") -> None:
        """`setting` is DARASH_EMBEDDER, which comes before what is written in the data folder."""
        self.setting = setting
        self.models = data / MODELS
        self._file = data / FILE

    @property
    def is_written(self) -> bool:
        """Whether somebody has chosen."""
        return self._file.exists()

    def read(self) -> str:
        """What `open_embedder` takes: a model in the folder `models` by its path. Raises `EmbedderUnavailable`."""
        return self.located(self.setting or self._written())

    def located(self, name: str) -> str:
        """The path of a model in the folder `models`; any other name as it is."""
        here = self.models / name
        return str(here) if name and Path(name).name == name and here.is_dir() else name

    def write(self, name: str) -> None:
        """Makes that embedder the one to use, unless the setting says otherwise."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps({"embedder": name}), encoding="utf-8")
        fresh.replace(self._file)

    def _written(self) -> str:
        try:
            return str(json.loads(self._file.read_text(encoding="utf-8"))["embedder"])
        except FileNotFoundError:
            return STATIC
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EmbedderUnavailable(f"{self._file} is damaged; run `darash embedder use NAME` ({error})") from error
