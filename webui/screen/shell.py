"""What stands around the conversation: the bar, the list at the side, the documents, the panel of a source.

It is our own HTML, filled in for whoever asks, and there before the first script has run. Gradio draws inside it.
"""

from webui.pages.render import render


def surrounded(head: str, gradio: str, quoting: bool) -> str:
    """The page, with what Gradio needs in its head, and its element. `quoting` says that no model is connected."""
    return render("screen.html", head=head, gradio=gradio, quoting=quoting)
