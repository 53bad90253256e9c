"""What can go wrong on the way to an answer. `Answer.problem` holds the `code`; the screen turns it into a sentence.

AnswersError
    EmptyQuestion       empty_question      nothing was asked
    TooLong             too_long            the question, or what the model has to read, is over the limit
    ModelError          model_error         the model server answered with an error, before or inside the stream
        ModelUnavailable    model_unavailable   nothing answers at the address
        ModelRefused        model_refused       the model server wants another API key
        ModelDropped        model_dropped       the connection was lost inside the stream
        ModelSlow           model_slow          no token within the time allowed
        ModelBusy           model_busy          every place at the model server is taken, and the line is full
        ModelCut            model_cut           the answer reached its greatest length before its end
            ThoughtsOnly    thoughts_only       the model thought, and never came to an answer
"""

from typing import ClassVar


class AnswersError(Exception):
    """Base of everything `answers` raises on purpose."""

    code: ClassVar[str]


class EmptyQuestion(AnswersError):
    """Nothing was asked."""

    code = "empty_question"


class TooLong(AnswersError):
    """The question, or the question with its sources, does not fit into what can be read at once."""

    code = "too_long"


class ModelError(AnswersError):
    """The model server answered with an error, with something that is no answer, or with nothing.

    `status` is the HTTP status of that answer, 0 where there was none; `pause` how many seconds the server asked to be
    left alone, 0 where it did not.
    """

    code = "model_error"

    def __init__(self, reason: str, status: int = 0, pause: float = 0) -> None:
        super().__init__(reason)
        self.status = status
        self.pause = pause


class ModelUnavailable(ModelError):
    """Nothing answers at the address of the model server."""

    code = "model_unavailable"


class ModelRefused(ModelError):
    """The model server does not accept the API key."""

    code = "model_refused"


class ModelDropped(ModelError):
    """The connection to the model server was lost before the answer ended."""

    code = "model_dropped"


class ModelSlow(ModelError):
    """The model server sent nothing within the time allowed."""

    code = "model_slow"


class ModelBusy(ModelError):
    """The model server takes no more questions for now, or more of them wait than may."""

    code = "model_busy"


class ModelCut(ModelError):
    """The model reached the greatest length of an answer before it was done."""

    code = "model_cut"


class ThoughtsOnly(ModelCut):
    """The model thought until its end, or until the greatest length of an answer, and answered nothing."""

    code = "thoughts_only"
