"""The page: Gradio's components, what they call, and how the whole is mounted into the web app.

Gradio only draws here. Accounts, uploads and source pages are routes of the app; what the browser may send to Gradio is
decided by `webui/gradio_guard.py`.
"""

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from webui.screen import asking, branching, opening, stopping
from webui.screen.parts import Parts
from webui.screen.showing import Showing
from webui.screen.wording import said, said_in_turn, wording
from webui.services import Services
from webui.texts import conversation_texts, document_texts, talk_texts, texts

MOST_STREAMS = 200
"""Answers that may stream at once. Gradio's queue stops at 40 unless told otherwise, and mounting has no parameter."""

FONTS = ["Assistant", "Noto Sans Hebrew", "Segoe UI", "Arial Hebrew", "Arial", "sans-serif"]
MONOSPACE = ["Cascadia Mono", "Consolas", "DejaVu Sans Mono", "monospace"]


def mount(app: FastAPI, services: Services) -> None:
    """Mounts the page at `/`. Comes last, because it takes every path that no other route has."""
    app.add_api_route("/screen/texts.json", lambda: JSONResponse(_spoken()), include_in_schema=False)
    showing = Showing(services.conversations, services.chat, services.passages, services.opinions)
    demo = build(showing)
    said_in_turn(demo)
    demo.queue(default_concurrency_limit=None)
    demo.max_threads = demo._queue.max_thread_count = MOST_STREAMS  # there is no other way in
    # Gradio checks the paths of files in a request only after `launch()`, which mounting does not call: without this
    # line anybody signed in can read any file of the machine (tests/integration/test_gradio_closed.py).
    demo.has_launched = True
    gr.mount_gradio_app(
        app,
        demo,
        path="/",
        i18n=wording(),
        theme=gr.themes.Base(font=FONTS, font_mono=MONOSPACE),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )


def _spoken() -> dict[str, dict[str, str]]:
    """What the scripts say, and Gradio's own words that they translate, in the language of the request."""
    said = texts.SCRIPT | conversation_texts.SCRIPT | document_texts.SCRIPT | talk_texts.SCRIPT
    return {"script": said, "gradio": texts.GRADIO, "prefixes": texts.GRADIO_PREFIXES}


def build(showing: Showing) -> gr.Blocks:
    """The components of a conversation and what they call. All around them is HTML of ours (`shell.py`)."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as demo:
        chat, question = _chatbot(), _question()
        hidden = {name: _hidden(name) for name in ("opened", "chosen", "again", "edited", "branch", "earlier")}
        parts = Parts(chat, question, **hidden)
        opened, asked = opening.Opening(showing), asking.Asking(showing)
        opening.wire(parts, opened)
        asking.wire(parts, asked, opened.open)
        branching.wire(parts, branching.Branching(asked), opened.open)
        stopping.wire(parts, stopping.Stopping(showing), opened.open)
    return demo


def _hidden(name: str) -> gr.Textbox:
    """A box through which scripts speak: they type into it, and Enter."""
    return gr.Textbox(label=said("CHAT"), visible="hidden", show_label=False, elem_id=name)


def _question() -> gr.Textbox:
    return gr.Textbox(
        show_label=False,
        label=said("QUESTION"),
        placeholder=said("QUESTION_PLACEHOLDER"),
        rtl=True,
        lines=1,
        max_lines=6,
        max_length=4000,
        autofocus=True,
        submit_btn=True,
        elem_id="question",
    )


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        label=said("CHAT"),
        show_label=False,
        container=False,
        rtl=True,
        height=None,
        layout="bubble",
        buttons=[],  # copying would copy our HTML
        feedback_options=None,
        group_consecutive_messages=False,
        allow_file_downloads=False,
        latex_delimiters=[],
        line_breaks=False,
        # All HTML in messages is ours, what strangers wrote escaped in it (`answer_html.py`), and the content policy
        # holds besides; Gradio's cleaning would take away what our scripts go by.
        sanitize_html=False,
        allow_tags=False,
        autoscroll=False,  # `static/scrolling.js` does, and leaves readers alone
        elem_id="chat",
    )
