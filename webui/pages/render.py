"""Our own HTML: templates filled in, everything escaped. Knows nothing of requests or of what the pages say."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webui.accounts.present import present
from webui.amount import number_text
from webui.pages import static_files
from webui.pages.me import me
from webui.pages.navigation import Part, navigation
from webui.screen.isolation import isolated_name
from webui.size import size_text
from webui.texts import BY_NAME, texts
from webui.texts.language import LANGUAGES, direction, speaking, spoken

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["isolated"] = isolated_name
_templates.globals |= BY_NAME


def _languages() -> list[tuple[str, str, str]]:
    """The code, the direction and the own name of each language that may be chosen."""
    names = list[tuple[str, str, str]]()
    for code in LANGUAGES:
        with speaking(code):
            names.append((code, direction(), texts.LANGUAGE_NAME))
    return names


def _theme() -> str:
    """`light` or `dark`, where whoever is asking chose one; "" is whatever their machine is set to."""
    account = present()
    return account.theme if account else ""


_templates.filters |= {"number": number_text, "size": size_text}
_templates.globals |= {"language": spoken, "direction": direction, "languages": _languages}
_templates.globals |= {"static": static_files.address, "me": me, "theme": _theme}


def _navigation(here: str = "") -> tuple[Part, ...]:
    """Where whoever is asking may go from the page with that address."""
    return navigation(present(), here)


_templates.globals |= {"navigation": _navigation}


def render(template: str, **values: object) -> str:
    """The HTML of a template; the texts are there without being passed."""
    return _templates.get_template(template).render(**values)
