"""The parts of the page that never change, as HTML: the bar at the top, the documents, the panel of a source.

Only texts of ours stand here, so nothing has to be cleaned. `static/` brings these parts to life.
"""

from webui.screen import texts

TOP_BAR = (
    '<header class="bar">'
    f'<button type="button" class="menu" data-action="menu" aria-label="{texts.MENU}" aria-expanded="false"></button>'
    f'<h1>{texts.TITLE}</h1><p class="tagline">{texts.TAGLINE}</p>'
    f'<nav aria-label="{texts.VIEWS}">'
    f'<a href="#talk" data-view="talk">{texts.VIEW_TALK}</a>'
    f'<a href="#documents" data-view="documents">{texts.VIEW_DOCUMENTS}</a>'
    "</nav></header>"
)

SOURCE = (
    f'<section class="panel" role="dialog" aria-label="{texts.SOURCE}" tabindex="-1">'
    f'<button type="button" class="close" data-action="close-source" aria-label="{texts.CLOSE}">\u00d7</button>'
    '<div class="content"></div></section>'
)

DOCUMENTS = (
    f"<h2>{texts.DOCUMENTS_HEADING}</h2>"
    f'<section class="drop" aria-label="{texts.DROP_HEADING}"><p>{texts.DROP_TEXT} '
    f'<label class="choose">{texts.CHOOSE_FILES}<input type="file" multiple></label></p>'
    f'<p class="formats">{texts.DROP_FORMATS}</p></section>'
    '<ul class="uploads" aria-live="polite"></ul>'
    f'<div class="list"><p class="waiting">{texts.LOADING}</p></div>'
)

EMPTY = f'<div class="empty"><h2>{texts.EMPTY_HEADING}</h2><p>{texts.EMPTY_TEXT}</p></div>'

QUOTED_BANNER = (
    f"<p><strong>{texts.QUOTED_BANNER.partition(':')[0]}:</strong>{texts.QUOTED_BANNER.partition(':')[2]}</p>"
    f"<details><summary>{texts.QUOTED_MORE}</summary><p>{texts.QUOTED_HOW}</p></details>"
)
