"""Old Office formats, converted into new ones by LibreOffice where it is installed. The only place that starts it.

It runs inside the process of `ingest.sandbox`: limits, no network and the killing of whatever hangs come from there.
Knows nothing of what is in the files.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import Encrypted, NoConverter, UnreadableFile
from ingest.readers.compound import open_compound

_IMPORT_FILTERS = {
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "ppt": "MS PowerPoint 97",
    "xls": "MS Excel 97",
}
_EXPORT_FILTERS = {
    "odt": "writer8",
    "odp": "impress8",
    "ods": "calc8",
    "docx": "MS Word 2007 XML",
    "pptx": "Impress MS PowerPoint 2007 XML",
    "xlsx": "Calc MS Excel 2007 XML",
}
"""The names of https://help.libreoffice.org/latest/en-US/text/shared/guide/convertfilters.html"""

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
    ("Java/VirtualMachine", "Enable", "false"),
)
"""No macros, nothing that a document points at is loaded, no links are brought up to date."""

_PICTURE_FIELD = re.compile(rb"INCLUDEPICTURE", re.IGNORECASE)
"""Names a picture file in an RTF; LibreOffice fails when there is such a file, and so would tell that there is."""

_LOCKS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "doc": ("WordDocument", lambda head: bool(head[11] & 1)),
    "ppt": ("Current User", lambda head: head[12:16] == b"\xdf\xc4\xd1\xf3"),
    "xls": ("Workbook", lambda head: head[20:].removeprefix(b"\x86\0\0\0").startswith(b"\x2f\0")),
}
"""Where a file says that it is encrypted: fEncrypted ([MS-DOC] 2.5.2), headerToken ([MS-PPT] 2.3.2), FilePass ([MS-XLS]
2.4.117)."""


@contextmanager
def converted(path: Path, kind: str, target: str) -> Iterator[Path]:
    """A file of an old kind (`doc`, `rtf`, `ppt`, `xls`) in a new one (`odt`, `docx`, `pptx`, ...), gone afterwards.

    Raises `NoConverter` where LibreOffice is not installed, `Encrypted`, and `UnreadableFile` where it gives up.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoConverter(f"{kind} files need LibreOffice, and there is no soffice on this machine")
    with tempfile.TemporaryDirectory(prefix="libreoffice-") as name:
        scratch = Path(name)
        settings = scratch / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE.format("".join(_SETTING.format(*each) for each in _SETTINGS)), encoding="utf-8")
        source = scratch / f"source.{kind}"
        if kind == "rtf":
            source.write_bytes(_PICTURE_FIELD.sub(b"INCLUDEPICTUR_", path.read_bytes()))
        else:
            source.symlink_to(path.absolute())
        yield _convert([program, f"-env:UserInstallation={(scratch / 'profile').as_uri()}"], source, kind, target)


def _convert(program: list[str], source: Path, kind: str, target: str) -> Path:
    finished = subprocess.run(  # noqa: S603  # the name of the file is ours
        [
            *program,
            "--headless", "--norestore", "--nologo", "--nolockcheck",
            f"--infilter={_IMPORT_FILTERS[kind]}",
            "--convert-to", f"{target}:{_EXPORT_FILTERS[target]}",
            "--outdir", str(source.parent / "out"),
            str(source),
        ],
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    made = source.parent / "out" / f"source.{target}"
    if finished.returncode or made.is_symlink() or not made.is_file():
        if _is_locked(source, kind):
            raise Encrypted(f"the {kind} file is locked with a password")
        said = (finished.stderr or finished.stdout)[-300:].decode(errors="replace").strip()
        raise UnreadableFile(f"LibreOffice could not read the {kind} file: {said}")
    return made


def _is_locked(path: Path, kind: str) -> bool:
    """Whether an old Office file says that it is encrypted."""
    if kind == "rtf":
        return False
    stream, says_so = _LOCKS[kind]
    try:
        with open_compound(path) as root:
            return says_so(root.read(stream)[:64].ljust(64, b"\0"))
    except UnreadableFile:
        return False  # so damaged that nothing can be said
