"""From a file to searchable chunks: readers, cleaning, chunking, the worker.

Meets the web only through the database and `indexes`. Knows nothing of questions, prompts, accounts or Gradio.
"""
