/* A card beside what is pointed at: the sentence behind a number and where it stands, why a sentence is in doubt.

   It can be pointed at itself, stays while it is, and goes with Escape (WCAG 2.1, 1.4.13). Without this script the same
   words are the titles of those elements. */

import { make, on } from "/static/dom.js";

const EXPLAINED = "#chat :is(a.cite, .remark, .mark)";
const SHOW_MS = 140;
const HIDE_MS = 160;
const GAP = 8;

const card = make("div", { class: "card", id: "card", role: "tooltip" });
let anchor = null;
let waiting = 0;
let why = "";

function hide() {
  clearTimeout(waiting);
  card.hidden = true;
  anchor?.removeAttribute("aria-describedby");
  anchor = null;
}

function later(action, delay) {
  clearTimeout(waiting);
  waiting = setTimeout(action, delay);
}

/** What the card says of an element; its title is moved away, or the browser would show it as well. */
function contentOf(element) {
  if (element.title) {
    element.dataset.said = element.title;
    element.removeAttribute("title");
  }
  if (!element.matches("a.cite")) {
    const said = [element.dataset.said, element.matches(".remark") && why].filter(Boolean);
    return said.map((sentence) => make("p", {}, sentence));
  }
  const same = [...element.closest(".bot-row").querySelectorAll("ul.sources a.cite")].find((link) => link.href === element.href);
  const quote = same?.dataset.quote;
  const mark = same?.closest("li").querySelector(".mark")?.textContent;
  const lines = [make("p", { class: "where", dir: "auto" }, element.dataset.said ?? "")];
  if (quote) lines.unshift(make("p", { class: "quoted", dir: "auto" }, quote));
  if (mark) lines.push(make("p", { class: "doubtful" }, mark));
  return lines;
}

function place() {
  const at = anchor.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const middle = at.left + at.width / 2 - width / 2;
  const above = at.top - height - GAP > GAP;
  card.style.left = `${Math.max(GAP, Math.min(middle, wide - width - GAP))}px`;
  // Held by the edge beside the element: letters that arrive late may still make the card higher.
  card.style.top = above ? "auto" : `${at.bottom + GAP}px`;
  card.style.bottom = above ? `${innerHeight - at.top + GAP}px` : "auto";
}

function show(element) {
  if (!element.isConnected) return;
  if (anchor !== element) hide();
  anchor = element;
  card.replaceChildren(...contentOf(element));
  card.hidden = false;
  element.setAttribute("aria-describedby", "card");
  place();
}

/** Called whenever something was drawn: the element may be gone, or elsewhere. */
export function lookAtCard() {
  if (!anchor) return;
  if (anchor.isConnected) place();
  else hide();
}

export function watchHovering(texts) {
  why = texts.whyDoubtful;
  card.hidden = true;
  document.body.append(card);
  on("pointerover", EXPLAINED, (element, event) => {
    if (event.pointerType === "mouse") later(() => show(element), SHOW_MS);
  });
  on("pointerout", EXPLAINED, () => later(hide, HIDE_MS));
  card.addEventListener("pointerenter", () => clearTimeout(waiting));
  card.addEventListener("pointerleave", () => later(hide, HIDE_MS));
  on("focusin", EXPLAINED, (element) => element.matches(":focus-visible") && show(element));
  on("focusout", EXPLAINED, hide);
  on("click", "#chat :is(.remark, .mark)", show);
  on("click", "#chat a.cite", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", () => anchor && hide(), true);
}
