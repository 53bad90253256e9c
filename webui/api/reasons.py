"""The Hebrew sentence for the code of what went wrong with a file. The codes are those of `ingest` and of uploads."""

from webui.texts import document_texts

HOPELESS = frozenset(
    {"unreadable", "encrypted", "empty", "unsupported", "no_text", "too_many_pages", "too_expanded", "too_nested"}
)
"""Reasons that lie in the file itself: the same bytes would fail again."""


def reason_text(code: str, upload_limit: int) -> str:
    """What happened and what to do. `upload_limit` is in bytes."""
    return document_texts.REASONS.get(code, document_texts.REASON_UNKNOWN).format(limit=upload_limit // 2**20)


def can_help(code: str) -> bool:
    """Whether reading a document again may go better after it failed for that reason."""
    return code not in HOPELESS
