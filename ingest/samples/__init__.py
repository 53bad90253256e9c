"""The sample collection: original Hebrew documents about an invented regional council, and questions about them.

`questions.json` is a list of objects: `question`, and for a question that the documents answer `document` (file name),
`page` (from 1) and `quote` (text of that page that answers it); for one that they do not answer, `document` is null.
Everything here is made by `scripts/make_samples.py`, but for the questions. Knows nothing of reading or searching.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
SUFFIXES = (".pdf", ".docx", ".html", ".md", ".txt")


def sample_files() -> list[Path]:
    """The documents, in order of name."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in SUFFIXES)
