"""What no page may do, watched in the browser while a test runs."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

SCRIPT = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));
addEventListener("DOMContentLoaded", () => {
  const { lang, dir } = document.documentElement;
  if (location.protocol.startsWith("http") && dir !== { he: "rtl", en: "ltr" }[lang])
    console.error(`dir="${dir}" and lang="${lang}" on ${location.pathname}`);
});
"""


# When a page is left while Gradio has an event running, Gradio closes its stream and reports that in two lines.
LOST = "Unexpected error Connection errored out."


class Watch:
    """Collects requests to other hosts, errors in the console, broken policies, pages in the wrong direction.

    `refused` is the status of the one refusal that the test brings about on purpose, or Chromium's name for the broken
    connection; it reports each as an error.
    """

    def __init__(self, context: BrowserContext, address: str, refused: int | str | None) -> None:
        self.refused = refused if isinstance(refused, str) else f"the server responded with a status of {refused} "
        self.host = urlsplit(address).netloc
        self.wrong: list[str] = []
        self.left = 0  # how often Gradio said that a page was closed, and has not yet called that an error
        context.add_init_script(SCRIPT)
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", lambda message: message.type == "error" and self._failed(message.text))
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))

    def _failed(self, text: str) -> None:
        if text.startswith("AbortError: ") and ".close (" in text:
            self.left += 1
        elif self.left and text.strip() == LOST:
            self.left -= 1
        elif self.refused not in text:
            self.wrong.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.wrong.append(f"request to another host: {url}")
