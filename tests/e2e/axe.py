"""What is wrong with a page for people who see it badly, hear it or zoom into it: axe-core, and what axe cannot see."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""WCAG 2.1 A and AA, which Israeli Standard 5568 takes over, and what axe thinks good besides."""

THEMES = ("light", "dark")
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
NARROW = (320, 640)
"""CSS pixels: WCAG 2.1, 1.4.10 asks for no scrolling in two directions at a width of 320."""
ZOOMED = (640, 400)
"""What 1280x800 comes to at 200 %: WCAG 2.1, 1.4.4."""
SHOWN = 160

TOO_WIDE = """() => {
  const wide = innerWidth, found = [];
  const whole = document.scrollingElement.scrollWidth;
  if (whole > wide) found.push(`the page is ${whole} wide`);
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || style.position === "fixed") continue;
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(element) && !element.closest(".skip"))
      found.push(`${element.tagName}#${element.id}.${element.className} from ${box.left} to ${box.right}`);
  }
  return found.slice(0, 5);
}"""


def looked_at(page: Page, where: str) -> list[str]:
    """What is wrong with the page as it stands, in both themes and sizes; each line begins with where and how."""
    wrong = list[str]()
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            wrong += [f"{where}, {size}, {theme}: {line}" for line in violations(page)]
    page.emulate_media(color_scheme="light")
    for name, (width, height) in {"320 px": NARROW, "200 %": ZOOMED}.items():
        page.set_viewport_size({"width": width, "height": height})
        wrong += [f"{where}, {name}: {line}" for line in page.evaluate(TOO_WIDE)]
    return wrong


def violations(page: Page) -> list[str]:
    """A line for everything that breaks a rule of axe."""
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))")
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))} {node['html'][:SHOWN]} {_why(node)}"
        for one in found
        for node in one["nodes"]
    ]


def _why(node: dict[str, list[dict[str, str]]]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])[:SHOWN]
