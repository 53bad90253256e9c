"""The page: Gradio's components, what they call, and how the whole is mounted into the web app.

Gradio only draws here. Accounts, uploads and source pages are routes of the app; what the browser may send to Gradio is
decided by `webui/gradio_guard.py`.
"""

from dataclasses import dataclass

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from webui.screen import shell
from webui.screen.talk import Talk
from webui.services import Services
from webui.texts import document_texts, texts

MOST_STREAMS = 200
"""Answers that may stream at once. Gradio's queue stops at 40 unless told otherwise, and mounting has no parameter."""

FONTS = ["Assistant", "Noto Sans Hebrew", "Segoe UI", "Arial Hebrew", "Arial", "sans-serif"]
MONOSPACE = ["Cascadia Mono", "Consolas", "DejaVu Sans Mono", "monospace"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components: what was said, the box to ask in, and two hidden boxes through which scripts speak.

    `opened` holds the id of the open conversation, `doomed` the id of one to delete.
    """

    chat: gr.Chatbot
    question: gr.Textbox
    opened: gr.Textbox
    doomed: gr.Textbox


def mount(app: FastAPI, services: Services) -> None:
    """Mounts the page at `/`. Comes last, because it takes every path that no other route has."""
    spoken = {"script": texts.SCRIPT | document_texts.SCRIPT, "gradio": texts.GRADIO, "prefixes": texts.GRADIO_PREFIXES}
    app.add_api_route("/screen/texts.json", lambda: JSONResponse(spoken), include_in_schema=False)
    talk = Talk(services.conversations, services.chat, services.passages, services.audit)
    demo = build(talk)
    demo.queue(default_concurrency_limit=None)
    demo.max_threads = demo._queue.max_thread_count = MOST_STREAMS  # there is no other way in
    # Gradio checks the paths of files in a request only after `launch()`, which mounting does not call: without this
    # line anybody signed in can read any file of the machine (tests/integration/test_gradio_closed.py).
    demo.has_launched = True
    gr.mount_gradio_app(
        app,
        demo,
        path="/",
        theme=gr.themes.Base(font=FONTS, font_mono=MONOSPACE),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )


def build(talk: Talk) -> gr.Blocks:
    """The components of a conversation and what they call. All around them is HTML of ours (`shell.py`)."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as demo:
        parts = Parts(
            chat=_chatbot(),
            question=_question(),
            opened=gr.Textbox(visible="hidden", show_label=False, elem_id="opened"),
            doomed=gr.Textbox(visible="hidden", show_label=False, elem_id="doomed"),
        )
        _wire(demo, talk, parts)
    return demo


def _question() -> gr.Textbox:
    return gr.Textbox(
        show_label=False,
        label=texts.QUESTION,
        placeholder=texts.QUESTION_PLACEHOLDER,
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
        label=texts.CHAT,
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
        placeholder=shell.empty(),
        elem_id="chat",
    )


def _wire(demo: gr.Blocks, talk: Talk, parts: Parts) -> None:
    outputs = [parts.question, parts.opened, parts.chat]
    private = {"api_visibility": "private", "show_progress": "hidden"}
    # An answer may still add what to ask next when the next question comes: Gradio alone would ignore that one.
    slow = {**private, "concurrency_limit": None, "trigger_mode": "multiple"}

    running = [
        parts.question.submit(talk.ask, [parts.question, parts.opened], outputs, **slow),
        parts.chat.example_select(talk.ask_suggested, [parts.opened], outputs, **slow),
        parts.chat.option_select(talk.ask_offered, [parts.opened], outputs, **slow),
    ]
    for asked in running:  # a defect: what was kept of the answer is shown, with its problem
        asked.failure(talk.open, [parts.opened], outputs, **private)
    # In two steps, because Gradio cancels only after the handler of the same event has returned.
    steps = (
        (parts.question.stop, talk.stop, [parts.opened]),
        (parts.opened.submit, talk.open, [parts.opened]),
        (parts.doomed.submit, talk.delete, [parts.doomed, parts.opened]),
    )
    for event, handler, inputs in steps:
        event(None, cancels=running, **private).then(handler, inputs, outputs, **private)
    demo.load(talk.arrive, None, [parts.chat], **private)
