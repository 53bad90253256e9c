"""What no page may do, watched in the browser while a test runs."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext

SCRIPT = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));
addEventListener("DOMContentLoaded", () => {
  if (location.protocol.startsWith("http") && document.documentElement.dir !== "rtl")
    console.error(`no dir="rtl" on ${location.pathname}`);
});
"""


class Watch:
    """Collects requests to other hosts, errors in the console, broken content policies, pages that are not rtl.

    `refused` is the status of the one refusal that the test brings about on purpose; Chromium reports each as an error.
    """

    def __init__(self, context: BrowserContext, address: str, refused: int | None) -> None:
        self.refused = f"the server responded with a status of {refused} "
        self.host = urlsplit(address).netloc
        self.wrong: list[str] = []
        context.add_init_script(SCRIPT)
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", lambda message: message.type == "error" and self._failed(message.text))
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))

    def _failed(self, text: str) -> None:
        if self.refused not in text:
            self.wrong.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.wrong.append(f"request to another host: {url}")
