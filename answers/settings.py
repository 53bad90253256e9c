"""Settings of answering. Read once at start from `DARASH_*`, then passed as arguments."""

import re

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class AnswerSettings(BaseSettings):
    """Which model server is asked, how long it may take, and how many sources it reads."""

    model_config = SettingsConfigDict(env_prefix="DARASH_", env_file=".env", extra="ignore", frozen=True)

    model_url: str = Field(
        "",
        description="OpenAI-compatible server, such as `http://127.0.0.1:8000`, or several of the same model, with "
        "blanks between; empty: answers are quoted",
    )
    model_name: str = Field("", description="The model to ask for; empty means the first one that the server offers")
    model_api_key: SecretStr = Field(SecretStr(""), description="API key of the model server, where it wants one")
    model_context: int = Field(
        0, ge=0, description="Tokens the model can read and write at once; 0 means what the server or the profile says"
    )
    model_parallel: int = Field(8, ge=1, description="Answers that each model server writes at once for Darash")
    model_queue: int = Field(
        100, ge=0, description="Questions that wait in line while every model server is full; more are turned away"
    )
    model_connect_seconds: float = Field(5, gt=0, description="Longest wait for a connection to the model server")
    model_first_seconds: float = Field(120, gt=0, description="Longest wait for the first token of an answer")
    model_next_seconds: float = Field(30, gt=0, description="Longest wait between two tokens of an answer")
    sources: int = Field(8, ge=1, le=20, description="How many passages are found for a question")

    @field_validator("model_url")
    @classmethod
    def _is_addresses(cls, value: str) -> str:
        if not all(re.match(r"https?://[^/]", address) for address in value.split()):
            raise ValueError("must be empty, or addresses such as http://127.0.0.1:8000 with blanks between them")
        return value
