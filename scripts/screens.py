"""Puts the screenshots that docs/screens/README.md describes beside it, as WebP. Run by `make screens`.

The description is the list: what it names has to have been taken, and what lies there undescribed is an error.
"""

import re
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
TAKEN = ROOT / "artifacts" / "screens"
SHOWN = ROOT / "docs" / "screens"
_NAMED = re.compile(r"\((?P<name>[\w-]+)\.webp\)")


def described(readme: str) -> list[str]:
    """The names of the pictures that a page shows, in order."""
    return [found["name"] for found in _NAMED.finditer(readme)]


def main() -> int:
    """Converts every picture that is described; returns how many are missing or not described."""
    names = described((SHOWN / "README.md").read_text(encoding="utf-8"))
    missing = [name for name in names if not (TAKEN / f"{name}.png").exists()]
    for name in sorted(set(names) - set(missing)):
        with Image.open(TAKEN / f"{name}.png") as picture:
            picture.convert("RGB").save(SHOWN / f"{name}.webp", quality=88, method=6)
    strange = [path.stem for path in SHOWN.glob("*.webp") if path.stem not in names]
    for name in missing:
        print(f"{name}: described, but not taken", file=sys.stderr)
    for name in strange:
        print(f"{name}: there, but not described", file=sys.stderr)
    return len(missing) + len(strange)


if __name__ == "__main__":
    sys.exit(main())
