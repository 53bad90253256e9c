"""What a page says, to eyes and to screen readers, and in which direction: read out of the browser."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

READ = """() => {
  const ATTRIBUTES = ["aria-label", "aria-description", "aria-valuetext", "aria-roledescription", "title",
    "placeholder", "alt", "data-done", "data-tip", "label"];
  const said = [{ text: document.title, where: "title", direction: "", form: "plaintext" }];
  const told = (element) => {
    const path = [];
    for (let one = element; one && one !== document.body && path.length < 4; one = one.parentElement)
      path.unshift([one.localName, one.id && `#${one.id}`, ...[...one.classList].map((name) => `.${name}`)].join(""));
    return path.join(" > ");
  };
  const note = (text, element, where) => {
    const style = getComputedStyle(element);
    if (text.trim()) said.push({ text: text.trim(), where, direction: style.direction, form: style.unicodeBidi });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element.closest("script, style, noscript, template, code, pre, kbd, math, textarea, iframe"))
      note(walker.currentNode.data, element, told(element));
  }
  for (const element of document.body.querySelectorAll("*"))
    for (const name of ATTRIBUTES)
      if (element.hasAttribute(name)) note(element.getAttribute(name), element, `${told(element)} [${name}]`);
  return said;
}"""

HEBREW = re.compile("[\u05d0-\u05ea][\u05d0-\u05ea\"'\u05f3\u05f4]*[\u05d0-\u05ea]")
LATIN = re.compile("[A-Za-z][A-Za-z'\u2019]+")
KEY = re.compile(r"__i18n__|\{\w*\}|\b[a-z]+(?:_[a-z]+)+\b|\bundefined\b|\bNaN\b|\[object \w+\]|\b[a-z]+[A-Z]\w+\b")
"""What no sentence has: a name of a sentence, a gap nobody filled, a value of a script."""

_SENTENCE = 3
"""So many words have a direction of their own that is worth a look; a name among others has the one around it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text, where it stands, and how it is laid out."""

    text: str
    where: str
    direction: str
    form: str

    def turned(self) -> bool:
        """Whether it is a sentence that is laid out in the direction of another language."""
        if self.form == "plaintext" or self.where.endswith(("]", "option")):
            return False
        hebrew, latin = len(HEBREW.findall(self.text)), len(LATIN.findall(self.text))
        if hebrew + latin < _SENTENCE or hebrew == latin:
            return False
        return self.direction != ("rtl" if hebrew > latin else "ltr")


def said_on(page: Page) -> list[Said]:
    """Everything that a page says; what stands in code, and what somebody types, is nobody's language."""
    return [Said(**one) for one in page.evaluate(READ)]


def words(*texts: str) -> set[str]:
    """The words of texts, of both scripts, without the signs inside acronyms, which are written in several ways."""
    found = (word for text in texts for word in (*HEBREW.findall(text), *LATIN.findall(text)))
    return {plain(word) for word in found}


def plain(word: str) -> str:
    """A word without quotation marks, gershayim and apostrophes."""
    return re.sub("[\"'\u05f3\u05f4\u2019]", "", word)
