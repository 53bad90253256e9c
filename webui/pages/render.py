"""Our own HTML: templates filled in, everything escaped. Knows nothing of requests or of what the pages say."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webui.texts import (
    account_texts,
    audit_texts,
    collection_texts,
    document_texts,
    glossary_texts,
    key_texts,
    people_texts,
    sharing_texts,
    texts,
)

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals |= {
    "account_texts": account_texts,
    "audit_texts": audit_texts,
    "collection_texts": collection_texts,
    "document_texts": document_texts,
    "glossary_texts": glossary_texts,
    "key_texts": key_texts,
    "people_texts": people_texts,
    "sharing_texts": sharing_texts,
    "texts": texts,
}


def render(template: str, **values: object) -> str:
    """The HTML of a template; the texts are there without being passed."""
    return _templates.get_template(template).render(**values)
