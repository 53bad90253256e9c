"""Going through a page by keyboard alone: where the focus is, and whether it can be seen there."""

from playwright.sync_api import Page

MOST_STEPS = 120

FOCUSED = """() => {
  let element = document.activeElement;
  if (!element || element === document.body) return null;
  const shown = element.matches('input[type="file"]') ? element.closest("label") ?? element : element;
  const box = shown.getBoundingClientRect();
  const rings = [shown, shown.parentElement, shown.closest("label, form, .input-container, .block")].filter(Boolean);
  const ringed = rings.flatMap((each) => [[each, null], [each, "::after"]]).some(([each, pseudo]) => {
    const style = getComputedStyle(each, pseudo);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none";
  });
  const name = `${element.tagName}#${element.id}.${element.className} ${element.textContent.slice(0, 30)}`;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { name, seen: box.width > 2 && box.height > 2 && inside && ringed };
}"""
"""What has the focus, and whether it is on the screen with something drawn around it (WCAG 2.1, 2.4.7)."""


def walk_to(page: Page, selector: str, key: str = "Tab") -> list[str]:
    """Presses the key until what matches has the focus; returns the places on the way where it could not be seen."""
    unseen = list[str]()
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            at = page.evaluate(FOCUSED)
            return unseen if at["seen"] else [*unseen, at["name"]]
        at = page.evaluate(FOCUSED)
        if at and not at["seen"]:
            unseen.append(at["name"])
    raise AssertionError(f"{selector} cannot be reached by {key}; the focus is on {page.evaluate(FOCUSED)}")


def walked_within(page: Page, selector: str, steps: int) -> bool:
    """Whether the focus stays inside what matches, however often Tab and Shift+Tab are pressed."""
    inside = "(selector) => Boolean(document.activeElement.closest(selector)) || !document.hasFocus()"
    for key in ("Tab", "Shift+Tab"):
        for _ in range(steps):
            page.keyboard.press(key)
            if not page.evaluate(inside, selector) and page.evaluate("document.activeElement !== document.body"):
                return False
    return True
