/* The keyboard: keys that work everywhere on the page, and the dialog that lists them (screen.html).

   Letters are told by their place on the keyboard, because a Hebrew one gives others. Keys without Ctrl or Alt can be
   switched off (WCAG 2.1, 2.1.4) and never work while something is typed. */

import { on } from "/static/dom.js";
import { goTo, openMenu } from "/static/views.js";

const root = document.documentElement;
const SWITCH = "singleKeys";

const press = (selector) => document.querySelector(selector)?.click();

function help() {
  const dialog = document.querySelector("#shortcuts");
  dialog.showModal();
  dialog.querySelector("button").focus();
}

/** Whether the shortcuts of one sign are on. */
const single = () => localStorage.getItem(SWITCH) !== "off";

function talk() {
  if (root.dataset.view === "documents") goTo("");
}

function search() {
  talk();
  openMenu(true);
  document.querySelector("#find input").select();
}

function ask() {
  talk();
  document.querySelector("#question textarea")?.focus();
}

/** Opens the conversation before or after the open one in the list. */
function step(by) {
  const links = [...document.querySelectorAll("#conversations a.conversation")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[at < 0 ? 0 : at + by]?.click();
}

/** Opens the first source of the last answer, or the one after the open one. */
function nextSource() {
  const answers = [...document.querySelectorAll("#chat .bot-row")].filter((row) => row.querySelector("a.cite"));
  const links = [...(answers.at(-1)?.querySelectorAll("a.cite") ?? [])];
  const numbers = [...new Map(links.map((link) => [link.textContent, link])).values()];
  const open = links.find((link) => link.classList.contains("open"))?.textContent;
  numbers[(numbers.findIndex((link) => link.textContent === open) + 1) % numbers.length]?.click();
}

const WITH_CONTROL = { KeyK: search };
const WITH_ALT = {
  KeyN: () => press("#new"),
  KeyS: nextSource,
  ArrowUp: () => step(-1),
  ArrowDown: () => step(1),
};
const SINGLE = { "/": ask, "?": help };

function meant(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.shiftKey && event.key !== "?" && event.key !== "/") return null;
  if (control && !event.altKey) return WITH_CONTROL[event.code];
  if (event.altKey && !control) return WITH_ALT[event.code];
  if (control || event.altKey || !single()) return null;
  const typing = event.target.closest?.("textarea, select, input:not([type=checkbox], [type=radio]), [contenteditable]");
  return typing ? null : SINGLE[event.key];
}

/** Stops the answer, where nothing is open that Escape would close. */
function stop() {
  const opened = "dialog[open], :popover-open, .source-open, .menu-open";
  if (!root.matches(opened) && !document.querySelector(opened)) press("#question .stop-button");
}

export function watchShortcuts() {
  const dialog = document.querySelector("#shortcuts");
  const choice = dialog.querySelector("input");
  choice.checked = single();
  choice.addEventListener("change", () => localStorage.setItem(SWITCH, choice.checked ? "on" : "off"));
  if (/Mac|iP/.test(navigator.platform)) {
    for (const key of dialog.querySelectorAll("kbd")) key.textContent = { Ctrl: "⌘", Alt: "⌥" }[key.textContent] ?? key.textContent;
  }
  on("click", '[data-action="shortcuts"]', help);
  // Before all others, so that what Escape closes is still open.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return stop();
    const act = meant(event);
    if (!act) return;
    event.preventDefault();
    act();
  }, { capture: true });
}
