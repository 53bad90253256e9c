"""The web: people and their rights, uploads, source pages, sharing, the API, and the Gradio screen.

Knows nothing of FAISS, PDF libraries or `ingest`.
"""
