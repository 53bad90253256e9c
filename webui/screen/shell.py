"""What stands around the conversation: the bar, the list at the side, the documents, the panel of a source.

It is our own HTML, filled in for whoever asks, and there before the first script has run. Gradio draws inside it.
"""

from webui.pages.render import render
from webui.texts import texts


def surrounded(gradio: str, quoting: bool) -> str:
    """The body of the page, with Gradio's element in its place. `quoting` says that no model is connected."""
    return render("screen.html", gradio=gradio, quoting=quoting)


def empty() -> str:
    """In place of a conversation, before its first question."""
    return f'<div class="empty"><h2>{texts.EMPTY_HEADING}</h2><p>{texts.EMPTY_TEXT}</p></div>'


def nothing_to_search() -> str:
    """For whoever may read no collection, in place of that."""
    return (
        f'<div class="empty"><h2>{texts.NOTHING_TO_SEARCH_HEADING}</h2><p>{texts.NOTHING_TO_SEARCH}</p>'
        f'<p><a href="/collections">{texts.MY_COLLECTIONS}</a></p></div>'
    )
