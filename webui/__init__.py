"""The web: accounts, uploads, source pages, and the Gradio screen.

Knows nothing of FAISS, PDF libraries or `ingest`.
"""
