"""The parts of the page that never change, as HTML: the bar at the top, the documents, the panel of a source.

Only texts of ours stand here, so nothing has to be cleaned. `static/` brings these parts to life.
"""

from webui.screen import document_texts, texts

TOP_BAR = (
    '<header class="bar">'
    f'<button type="button" class="menu" data-action="menu" aria-label="{texts.MENU}" aria-expanded="false"></button>'
    f'<h1>{texts.TITLE}</h1><p class="tagline">{texts.TAGLINE}</p>'
    f'<nav aria-label="{texts.VIEWS}">'
    f'<a href="#talk" data-view="talk">{texts.VIEW_TALK}</a>'
    f'<a href="#documents" data-view="documents">{texts.VIEW_DOCUMENTS}</a>'
    '</nav><div id="me"></div></header>'
)

SOURCE = (
    f'<section class="panel" role="dialog" aria-label="{texts.SOURCE}" tabindex="-1">'
    f'<button type="button" class="close" data-action="close-source" aria-label="{texts.CLOSE}">\u00d7</button>'
    '<div class="content"></div></section>'
)

STATES = "".join(f'<option value="{state}">{name}</option>' for state, name in document_texts.FILTERS.items())
DOCUMENTS = (
    f'<div class="head"><h2>{document_texts.DOCUMENTS_HEADING}</h2><div class="which"></div></div>'
    f'<section class="drop" aria-label="{document_texts.DROP_HEADING}">'
    f'<p><span class="how">{document_texts.DROP_TEXT}</span> '
    f'<label class="choose">{document_texts.CHOOSE_FILES}<input type="file" multiple></label> '
    f'<label class="choose">{document_texts.CHOOSE_FOLDER}<input type="file" webkitdirectory></label></p>'
    f'<p class="formats">{document_texts.DROP_FORMATS}</p></section>'
    '<div class="sending"></div><ul class="uploads" aria-live="polite"></ul>'
    '<form class="filter" role="search">'
    f'<input type="search" aria-label="{document_texts.FILTER_NAME}" placeholder="{document_texts.FILTER_NAME}">'
    f'<select aria-label="{document_texts.FILTER_STATE}">{STATES}</select></form>'
    f'<div class="list"><p class="waiting">{texts.LOADING}</p></div>'
)

EMPTY = f'<div class="empty"><h2>{texts.EMPTY_HEADING}</h2><p>{texts.EMPTY_TEXT}</p></div>'

NOTHING_TO_SEARCH = (
    f'<div class="empty"><h2>{texts.NOTHING_TO_SEARCH_HEADING}</h2><p>{texts.NOTHING_TO_SEARCH}</p>'
    f'<p><a href="/collections">{texts.MY_COLLECTIONS}</a></p></div>'
)
"""For whoever may read no collection, in place of that."""

QUOTED_BANNER = (
    f"<p><strong>{texts.QUOTED_BANNER.partition(':')[0]}:</strong>{texts.QUOTED_BANNER.partition(':')[2]}</p>"
    f"<details><summary>{texts.QUOTED_MORE}</summary><p>{texts.QUOTED_HOW}</p></details>"
)
