"""The forms of OpenAI's chat completions, as far as Darash speaks them. Fields that are not named here are ignored."""

from typing import Literal

from pydantic import BaseModel, Field

from answers.answer import Turn
from webui.api.spoken import CitationForm

MOST_MESSAGES = 1000
LONGEST_MODEL = 200
Finish = Literal["stop", "length"]


class Part(BaseModel):
    """A part of a message; of others than `text` nothing is read."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """Something said in the client's conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """What is said, without pictures."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream says beside the answer."""

    include_usage: bool = False


class CompletionRequest(BaseModel):
    """A conversation whose last message of the user is to be answered.

    Messages of the system, the developer and tools are ignored: how Darash answers is its own. Earlier turns help to
    understand the question; nothing is kept of them. Temperature, tools and the like are ignored.
    """

    model: str = Field(max_length=LONGEST_MODEL, examples=["darash"])
    messages: list[ChatMessage] = Field(min_length=1, max_length=MOST_MESSAGES)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(1, ge=1, le=1)
    sources: bool = Field(False, description="Ours: whether sources and doubts follow the text, as lines of text")

    @property
    def question(self) -> str:
        """The last message of the user, "" where there is none."""
        return next((message.text for message in reversed(self.messages) if message.role == "user"), "")

    @property
    def turns(self) -> list[Turn]:
        """What was said before that, oldest first."""
        last = max((at for at, message in enumerate(self.messages) if message.role == "user"), default=0)
        said = [message for message in self.messages[:last] if message.text]
        return [Turn(message.role, message.text) for message in said if message.role in ("user", "assistant")]


class Usage(BaseModel):
    """About how many tokens were read and written: counted in characters, for Darash knows no tokenizer of a client."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Reply(BaseModel):
    """The answer. Its text has marks [n]; `citations` is ours and says where each points."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    citations: list[CitationForm]


class Choice(BaseModel):
    """The one choice; `length` means that the model was cut off."""

    index: Literal[0] = 0
    message: Reply
    finish_reason: Finish
    logprobs: None = None


class Completion(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage


class ModelForm(BaseModel):
    """A collection as a model; `name` is ours, for people."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["darash"] = "darash"
    name: str


class ModelList(BaseModel):
    """The models that the account may use."""

    object: Literal["list"] = "list"
    data: list[ModelForm]
