"""What ingestion writes and questions read: chunks, pages, the catalogue, the indexes in their folders.

Knows nothing of file formats, prompts or the web.
"""
