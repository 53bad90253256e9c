/* Copying an answer: as it looks, with its sources, for letters and documents; as text alone; and a piece of code.

   The clipboard's own interface is there on https alone, and many teams have plain http in their building: a selection and
   the old command work everywhere (seen in Chromium 156, over http). */

import { make, on } from "/static/dom.js";
import { say } from "/static/saying.js";

const OURS = ".tools, .next, .retry, .searched, .thoughts, .pending, .verified, .remark, .ask-next, progress, button, .unseen";
const BLOCKS = /^(P|DIV|UL|OL|LI|BLOCKQUOTE|PRE|H\d|TABLE|TR)$/;
const COPIED_MS = 1800;

/** What was said, cleaned of what only the page needs: marks become numbers in brackets. */
function cleaned(message) {
  const copy = message.cloneNode(true);
  for (const sources of copy.querySelectorAll("ul.sources")) sources.remove();
  for (const ours of copy.querySelectorAll(OURS)) ours.remove();
  for (const mark of copy.querySelectorAll("a.cite")) mark.replaceWith(` [${mark.textContent}]`);
  for (const wrapped of copy.querySelectorAll("bdi, span, div.wide, div.code")) wrapped.replaceWith(...wrapped.childNodes);
  for (const element of copy.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (name !== "dir" && name !== "start") element.removeAttribute(name);
  }
  return copy;
}

/** The sources of an answer, a line for each: `[1] [2] title, page 3`. */
function sourcesOf(message) {
  return [...message.querySelectorAll("ul.sources li")].map((item) => {
    const numbers = [...item.querySelectorAll("a.cite")].map((mark) => `[${mark.textContent}]`);
    return `${numbers.join(" ")} ${item.querySelector("bdi").textContent}`;
  });
}

/** The words of an element as lines: items with their signs, rows with tabs, blocks apart. */
function wordsOf(element) {
  // Between items and rows stand line breaks that are not of the text.
  if (element.nodeType === Node.TEXT_NODE) return /^\n\s*$/.test(element.data) ? "" : element.data;
  if (element.tagName === "BR") return "\n";
  if (element.tagName === "TR") return `${[...element.children].map((cell) => cell.textContent.trim()).join("\t")}\n`;
  const inside = [...element.childNodes].map(wordsOf).join("");
  if (element.tagName === "LI") {
    const list = element.parentElement;
    const number = (list.start ?? 1) + [...list.children].indexOf(element);
    return `${list.tagName === "OL" ? `${number}.` : "-"} ${inside.trim()}\n`;
  }
  return BLOCKS.test(element.tagName) ? `${inside.trimEnd()}\n\n` : inside;
}

/** Puts a text, and what it looks like where that is given, on the clipboard; says whether that worked. */
function put(text, html = "") {
  const hold = make("textarea", { class: "unseen", "aria-hidden": "true", tabindex: "-1" });
  const focused = document.activeElement;
  const give = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
  };
  hold.value = text;
  document.body.append(hold);
  hold.select();
  document.addEventListener("copy", give);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", give);
  hold.remove();
  focused?.focus({ preventScroll: true });
  return done;
}

export function watchCopying(texts) {
  function tell(button, done) {
    say(done ? texts.copied : texts.copyFailed);
    if (!done) return;
    const tip = button.dataset.tip;
    button.classList.add("done");
    if (tip) button.dataset.tip = texts.copied;
    setTimeout(() => {
      button.classList.remove("done");
      if (tip) button.dataset.tip = tip;
    }, COPIED_MS);
  }

  function copied(button, rich) {
    const message = button.closest(".bot-row").querySelector(".prose");
    const copy = cleaned(message);
    const sources = sourcesOf(message);
    const text = wordsOf(copy).replace(/\n{3,}/g, "\n\n").trim();
    if (!rich) return put(text);
    const { dir } = document.documentElement;
    const items = sources.map((source) => make("li", {}, source));
    if (items.length) copy.append(make("p", {}, make("strong", {}, texts.sources)), make("ul", {}, ...items));
    const list = sources.length ? `\n\n${texts.sources}\n${sources.join("\n")}` : "";
    return put(text + list, make("div", {}, make("div", { dir }, ...copy.childNodes)).innerHTML);
  }

  on("click", '#chat [data-act="copy"]', (button) => tell(button, copied(button, true)));
  on("click", '#chat [data-act="copy-text"]', (button) => {
    tell(button, copied(button, false));
    button.closest("details").open = false;
  });
  on("click", '#chat [data-act="copy-code"]', (button) => {
    tell(button, put(button.closest(".code").querySelector("pre").textContent));
  });
}
