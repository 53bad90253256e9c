"""From a question to a streamed answer whose citations were checked.

Knows nothing of HTTP pages, Gradio or cookies.
"""
