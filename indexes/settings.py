"""Settings of what is stored and how it is searched. Read once at start from `DARASH_*`, then passed as arguments."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class IndexSettings(BaseSettings):
    """Where data lies and which embedder is used."""

    model_config = SettingsConfigDict(env_prefix="DARASH_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="Folder of everything Darash keeps: database, uploaded files, indexes")
    database_url: str = Field(
        "", description="SQLAlchemy address of the database; empty means SQLite in the data folder"
    )
    embedder: str = Field(
        "static",
        description="`static` (ships with Darash), or a sentence-transformers model by name or folder (extra `models`)",
    )
    max_upload_mb: int = Field(100, ge=1, description="Largest file that may be uploaded, in MB (2**20 bytes)")

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'darash.sqlite3'}"

    @property
    def max_upload(self) -> int:
        """The size of the largest upload, in bytes."""
        return self.max_upload_mb << 20
