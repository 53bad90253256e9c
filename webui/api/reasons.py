"""The Hebrew sentence for the code of what went wrong with a file. The codes are those of `ingest` and of uploads."""

from webui.screen import texts


def reason_text(code: str, upload_limit: int) -> str:
    """What happened and what to do. `upload_limit` is in bytes."""
    return texts.REASONS.get(code, texts.REASON_UNKNOWN).format(limit=upload_limit // 2**20)
