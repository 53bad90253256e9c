"""The page: Gradio's components, what they call, and how the whole is mounted into the web app.

Gradio only draws here. Accounts, uploads and source pages are routes of the app; what the browser may send to Gradio is
decided by `webui/gradio_guard.py`.
"""

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from webui.screen import document_texts, shell, texts
from webui.screen.talk import Talk
from webui.services import Services

MOST_STREAMS = 200
"""Answers that may stream at once. Gradio's queue stops at 40 unless told otherwise, and mounting has no parameter."""

FONTS = ["Assistant", "Noto Sans Hebrew", "Segoe UI", "Arial Hebrew", "Arial", "sans-serif"]
MONOSPACE = ["Cascadia Mono", "Consolas", "DejaVu Sans Mono", "monospace"]


def mount(app: FastAPI, services: Services) -> None:
    """Mounts the page at `/`. Comes last, because it takes every path that no other route has."""
    spoken = {"script": texts.SCRIPT | document_texts.SCRIPT, "gradio": texts.GRADIO, "prefixes": texts.GRADIO_PREFIXES}
    app.add_api_route("/screen/texts.json", lambda: JSONResponse(spoken), include_in_schema=False)
    talk = Talk(services.conversations, services.chat, services.passages, services.audit)
    demo = build(talk, quoting=services.model is None)
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


def build(talk: Talk, quoting: bool) -> gr.Blocks:
    """The components and what they call. `quoting` says that no model is connected."""
    with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True) as demo:
        gr.Markdown(shell.TOP_BAR, rtl=True, sanitize_html=False, elem_id="top")
        with gr.Row(elem_id="room"):
            with gr.Column(elem_id="side"):
                gr.Button(texts.NEW_CONVERSATION, elem_id="new")
                listed = gr.Markdown(elem_id="conversations", rtl=True, latex_delimiters=[])
            with gr.Column(elem_id="talk"):
                gr.Markdown(shell.QUOTED_BANNER, rtl=True, sanitize_html=False, elem_id="banner", visible=quoting)
                chat = _chatbot()
                question = gr.Textbox(
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
            gr.Markdown(shell.DOCUMENTS, rtl=True, sanitize_html=False, elem_id="documents")
            gr.Markdown(shell.SOURCE, rtl=True, sanitize_html=False, elem_id="source")
        opened = gr.Textbox(visible="hidden", show_label=False, elem_id="opened")  # the id of the open conversation
        doomed = gr.Textbox(visible="hidden", show_label=False, elem_id="doomed")  # the id of one to delete
        _wire(demo, talk, (question, opened, chat, listed), doomed)
    return demo


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
        placeholder=shell.EMPTY,
        elem_id="chat",
    )


def _wire(demo: gr.Blocks, talk: Talk, view: tuple[gr.components.Component, ...], doomed: gr.Textbox) -> None:
    question, opened, chat, listed = view
    outputs = list(view)
    private = {"api_visibility": "private", "show_progress": "hidden"}
    # An answer may still add what to ask next when the next question comes: Gradio alone would ignore that one.
    slow = {**private, "concurrency_limit": None, "trigger_mode": "multiple"}

    running = [
        question.submit(talk.ask, [question, opened], outputs, **slow),
        chat.example_select(talk.ask_suggested, [opened], outputs, **slow),
        chat.option_select(talk.ask_offered, [opened], outputs, **slow),
    ]
    for asked in running:  # a defect: what was kept of the answer is shown, with its problem
        asked.failure(talk.open, [opened], outputs, **private)
    # In two steps, because Gradio cancels only after the handler of the same event has returned.
    steps = (
        (question.stop, talk.stop, [opened]),
        (opened.submit, talk.open, [opened]),
        (doomed.submit, talk.delete, [doomed, opened]),
    )
    for event, handler, inputs in steps:
        event(None, cancels=running, **private).then(handler, inputs, outputs, **private)
    demo.load(talk.arrive, None, [listed, chat], **private)
