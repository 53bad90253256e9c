"""Models that go well with Hebrew documents: what they cost, what they may be used for, and how they want to be asked.

Data, from the cards of the models; nothing here has been measured on Hebrew by this project yet (docs/log.md).
"""

from dataclasses import dataclass
from pathlib import PurePath

_QWEN_TASK = "Given a web search query, retrieve relevant passages that answer the query"
_ROOM_GB = 1.5
"""What torch and a batch of passages take beside the weights; a rule of thumb."""
_ENOUGH_GB = 16
"""Memory of a machine without a graphics card from which a model of middle size leaves room for everything else."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A model by its short name.

    `size_gb` is what is downloaded and kept (10**9 bytes), `tokens` the longest text it reads, `question` and `passage`
    the words it expects before a text where it does not say so itself. `commercial` says whether its licence allows
    commercial use. `weight` is how much its half of a search counts beside the words, from 0 to 1: a guess for every
    model. `own_code` marks one that only runs with Python code of its own, which Darash never executes.
    """

    name: str
    hub_id: str
    size_gb: float
    dimension: int
    tokens: int
    licence: str
    commercial: bool = False
    question: str = ""
    passage: str = ""
    weight: float = 0.5
    revision: str = "main"
    own_code: bool = False
    note: str = ""

    @property
    def memory_gb(self) -> float:
        """The memory that embedding takes, in the machine or on its graphics card: an estimate."""
        return round(self.size_gb + _ROOM_GB, 1)


def _e5(size: str, size_gb: float, dimension: int) -> Recommended:
    name = f"multilingual-e5-{size}"
    hub_id = f"intfloat/{name}"
    return Recommended(name, hub_id, size_gb, dimension, 512, "MIT", True, question="query: ", passage="passage: ")


EMBEDDERS = (
    _e5("small", 0.5, 384),
    _e5("base", 1.1, 768),
    _e5("large", 2.2, 1024),
    Recommended(
        "bge-m3",
        "BAAI/bge-m3",
        2.3,
        1024,
        8192,
        "MIT",
        True,
        revision="refs/pr/38",
        note="the hub's own conversion to safetensors; the main branch of the model has pickled weights only",
    ),
    Recommended(
        "embeddinggemma-300m",
        "google/embeddinggemma-300m",
        1.2,
        768,
        2048,
        "Gemma terms of use",
        True,
        question="task: search result | query: ",
        passage="title: none | text: ",
        note="Google's terms restrict some uses, commercial or not, and must be accepted on the hub before downloading",
    ),
    Recommended(
        "qwen3-embedding-0.6b",
        "Qwen/Qwen3-Embedding-0.6B",
        1.2,
        1024,
        32768,
        "Apache 2.0",
        True,
        question=f"Instruct: {_QWEN_TASK}\nQuery:",
    ),
    Recommended(
        "neodictabert-bilingual-embed",
        "dicta-il/neodictabert-bilingual-embed",
        1.6,
        768,
        4096,
        "CC BY-SA 4.0",
        True,
        question="query: ",
        own_code=True,
        note="runs only with Python code of its own, which Darash does not execute; "
        "licence, size and dimension are those of its base model, not verified for this one",
    ),
)

CROSS_ENCODERS = (
    Recommended("bge-reranker-v2-m3", "BAAI/bge-reranker-v2-m3", 2.3, 0, 8192, "Apache 2.0", True),
    Recommended(
        "qwen3-reranker-0.6b",
        "Qwen/Qwen3-Reranker-0.6B",
        1.2,
        0,
        32768,
        "Apache 2.0",
        True,
        note="needs sentence-transformers 5.4 or newer",
    ),
)
"""Models that read a question and a passage together, for a second look at the best passages. They give no vectors."""


def find(name: str) -> Recommended | None:
    """The model of that short name, hub id or folder, in upper or lower case; None when it is none of these."""
    wanted = name.casefold()
    for model in (*EMBEDDERS, *CROSS_ENCODERS):
        if wanted == model.hub_id.casefold() or PurePath(wanted).name == model.name:
            return model
    return None


def prompts(name: str) -> tuple[str, str]:
    """The words that a model expects before a question and before a passage; empty for one that is not known."""
    model = find(name)
    return (model.question, model.passage) if model else ("", "")


def for_machine(memory_gb: float, gpu_gb: float) -> Recommended | None:
    """The model that a machine can well bear; None where the shipped embedder is the better choice.

    With a graphics card the best multilingual model that fits on it; without one a small model, since every passage
    takes its time, and only where half of the memory is left for everything else. By size alone, nothing was measured.
    """
    small, base, _, large, *_ = EMBEDDERS
    if gpu_gb >= large.memory_gb:
        return large
    if gpu_gb >= base.memory_gb or memory_gb >= _ENOUGH_GB:
        return base
    return small if memory_gb >= 2 * small.memory_gb else None
