"""Settings of reading documents. Read once at start from `DARASH_*`, then passed as arguments."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.limits import Limits


class IngestSettings(BaseSettings):
    """What reading one file may take, and how long a passage is."""

    model_config = SettingsConfigDict(env_prefix="DARASH_", env_file=".env", extra="ignore", frozen=True)

    parse_seconds: int = Field(
        120, ge=1, description="Seconds that reading a file may take; every page that was read adds 20 more"
    )
    parse_memory_mb: int = Field(2048, ge=256, description="Memory that reading a file may take, in MB (2**20 bytes)")
    most_pages: int = Field(2000, ge=1, description="Most pages that a document may have")
    chunk_characters: int = Field(
        900, ge=200, le=4000, description="Longest passage that is searched and cited, in characters"
    )

    @property
    def limits(self) -> Limits:
        """The limits of reading one file."""
        return Limits(self.parse_seconds, self.parse_memory_mb, self.most_pages)
