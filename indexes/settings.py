"""Settings of what is stored and how it is searched. Read once at start from `DARASH_*`, then passed as arguments."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class IndexSettings(BaseSettings):
    """Where data lies and what searches it."""

    model_config = SettingsConfigDict(env_prefix="DARASH_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="Folder of everything Darash keeps: database, uploaded files, indexes")
    database_url: str = Field(
        "", description="SQLAlchemy address of the database; empty means SQLite in the data folder"
    )
    embedder: str = Field(
        "",
        description="`static` (ships with Darash), a sentence-transformers model by name or folder (extra `models`), "
        "or the address of a server (`http://host:port/v1#model`); empty: what `darash embedder use` has chosen",
    )
    embedder_api_key: SecretStr = Field(SecretStr(""), description="API key of that server, where it wants one")
    cross_encoder: str = Field(
        "",
        description="A sentence-transformers cross-encoder by name or folder, or the address of a server with "
        "`/v1/rerank`, for a second look at the best passages; empty: none",
    )
    cross_encoder_api_key: SecretStr = Field(SecretStr(""), description="API key of that server, where it wants one")
    max_upload_mb: int = Field(100, ge=1, description="Largest file that may be uploaded, in MB (2**20 bytes)")

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data.absolute() / 'darash.sqlite3'}"

    @property
    def max_upload(self) -> int:
        """The size of the largest upload, in bytes."""
        return self.max_upload_mb << 20
