"""What the team says of answers as questions for an evaluation: `darash eval feedback FILE` writes them, then asks."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexes.storage import Storage


def write_feedback(path: Path) -> int:
    """Writes every question whose answer was rated, an object a line (JSON Lines, UTF-8); returns how many.

    The file is readable by its owner alone: it holds what people asked. `sources` are the passages that the answer
    cited; of a good answer the first is also the `document` and the `passage` that an evaluation of searching expects.
    `collections` are the ids of those that the person who asked searches now. Raises the errors of `indexes.errors`.
    """
    from indexes.settings import IndexSettings
    from indexes.storage import open_storage

    rows = list(_rows(open_storage(IndexSettings())))
    path.touch(mode=0o600)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return len(rows)


def _rows(storage: "Storage") -> Iterator[dict[str, Any]]:
    from webui.opinions import Opinions
    from webui.permissions import Permissions

    permissions = Permissions(storage.catalogue)
    for one in Opinions(storage.engine).rated():
        said, opinion = one.said, one.opinion
        readable = [each.id for each in permissions.readable(opinion.account_id)]
        sources = [{"document": each.title, "passage": each.quote} for each in said.citations]
        row = {
            "question": said.searched or one.question,
            "good": opinion.good,
            "reasons": list(opinion.reasons),
            "remark": opinion.remark,
            "collections": [each for each in readable if not one.chosen or each in one.chosen],
            "sources": sources,
            "answer": said.text,
            "refused": said.refusal,
            "said_at": datetime.fromtimestamp(opinion.created_at, UTC).isoformat(timespec="seconds"),
        }
        yield {**row, **sources[0]} if opinion.good and sources else row
