"""What the first look at the screen costs, in a real Chromium: `python -m tests.bench.first_load [--runs 5]`.

Starts a Darash of its own, signs in, and opens the page in browsers that have never seen it ("cold") and in ones that
have ("warm"). Prints requests, bytes on the wire, and the milliseconds until the page can be used: a question can be
typed into the box and the list of conversations is there.
"""

import argparse
import os
import shutil
import statistics
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.e2e.server import Server

MOST_BYTES = 700_000
MOST_MS = 2500
USABLE = """() => new Promise((done) => {
  const look = () => {
    const box = document.querySelector("#question textarea");
    if (box && !box.disabled && document.querySelector("#conversations")?.childElementCount) done(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""


@dataclass(slots=True)
class Load:
    """One look at the page: milliseconds until it can be used, and bytes on the wire by address."""

    usable: float = 0.0
    wire: dict[str, float] = field(default_factory=dict)

    @property
    def kilobytes(self) -> float:
        """All that came over the wire, with headers, in units of 1000 bytes."""
        return sum(self.wire.values()) / 1000


def load(context: BrowserContext, path: str = "/") -> Load:
    """Opens the page in a window of its own and measures until it is quiet."""
    page = context.new_page()
    seen = Load()
    addresses: dict[str, str] = {}
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))

    def arrived(event: dict[str, object]) -> None:
        address = addresses.get(str(event["requestId"]), "?")
        seen.wire[address] = seen.wire.get(address, 0) + float(str(event["encodedDataLength"]))

    network.on("Network.loadingFinished", arrived)
    page.goto(path, wait_until="commit")
    seen.usable = _usable(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return seen


def _usable(page: Page) -> float:
    return float(page.evaluate(USABLE))


def measure(browser: Browser, address: str, cookies: StorageState, runs: int) -> dict[str, list[Load]]:
    """Cold and warm looks at the page, `runs` of each."""
    looks: dict[str, list[Load]] = {"cold": [], "warm": []}
    for _ in range(runs):
        context = browser.new_context(base_url=address, storage_state=cookies, viewport={"width": 1280, "height": 800})
        looks["cold"].append(load(context))
        looks["warm"].append(load(context))
        context.close()
    return looks


def signed_in(browser: Browser, server: Server) -> StorageState:
    """The cookies of a browser that has used the server's sign-in link."""
    context = browser.new_context(base_url=server.address)
    page = context.new_page()
    page.goto(server.link)
    page.locator("form button.main").click()
    page.wait_for_url(f"{server.address}/")
    state = context.storage_state()
    context.close()
    return state


def report(looks: dict[str, list[Load]], most: int) -> None:
    """Prints a line for each kind of look, and what weighs most in a cold one."""
    print("load   requests   KB on the wire   usable after ms (median, worst)")
    for kind, loads in looks.items():
        usable = [each.usable for each in loads]
        print(
            f"{kind:<6}{len(loads[0].wire):>9}{loads[0].kilobytes:>17.0f}"
            f"{statistics.median(usable):>13.0f}{max(usable):>8.0f}"
        )
    for address, size in sorted(looks["cold"][0].wire.items(), key=lambda each: -each[1])[:most]:
        print(f"{size / 1000:>9.1f} KB  {address}")


def main() -> None:
    """Measures, and fails when a cold look costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--heaviest", type=int, default=0, help="how many of the heaviest files to list")
    chosen = parser.parse_args()
    path = os.environ.get("DARASH_TEST_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        try:
            looks = measure(browser, server.address, signed_in(browser, server), chosen.runs)
        finally:
            browser.close()
            server.stop()
    report(looks, chosen.heaviest)
    heavy = looks["cold"][0].kilobytes * 1000 > MOST_BYTES
    slow = statistics.median(each.usable for each in looks["cold"]) > MOST_MS
    if heavy or slow:
        raise SystemExit("too heavy" if heavy else "too slow")


if __name__ == "__main__":
    main()
