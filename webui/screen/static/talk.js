/* What was said, and what can be done with it. One observer looks at all that Gradio draws, and tells those who need it. */

import { watchCopying } from "/static/copying.js";
import { on, type } from "/static/dom.js";
import { lookAtEditing, watchEditing } from "/static/editing.js";
import { lookAtCard, watchHovering } from "/static/hovering.js";
import { lookAtBeginning, watchBeginning } from "/static/beginning.js";
import { watchRating } from "/static/rating.js";
import { say, watchSaying } from "/static/saying.js";
import { lookAtEnd, watchScrolling } from "/static/scrolling.js";

const root = document.documentElement;
const ANSWER = "#chat .bot-row";

const last = (selector) => [...document.querySelectorAll(ANSWER)].at(-1)?.querySelector(selector);

/** Asks a question as if it had been typed, as soon as there is a box to type it into. */
function ask(question) {
  if (document.querySelector("#question textarea")) type("question", question);
  else setTimeout(ask, 100, question);
}

export function watchTalk(texts) {
  let busy = false;
  let thoughtsOpen = false; // of the last answer: they are drawn anew with every word

  function look() {
    // A reader told of every word would begin again with each: a line of our own says how far it is.
    document.querySelector('#chat [role="log"]')?.setAttribute("aria-live", "off");
    const before = busy;
    busy = Boolean(document.querySelector("#question .stop-button"));
    root.classList.toggle("answering", busy);
    if (busy && !before) {
      thoughtsOpen = false;
      say(texts.started);
    }
    if (before && !busy) say(last(".problem")?.textContent ?? texts.ready);
    const thoughts = busy && last("details.thoughts");
    if (thoughts && thoughts.open !== thoughtsOpen) thoughts.open = thoughtsOpen;
    if (thoughts?.open) thoughts.lastElementChild.scrollTop = thoughts.lastElementChild.scrollHeight;
    lookAtEnd(busy);
    lookAtEditing();
    lookAtCard();
    lookAtBeginning();
  }

  watchSaying();
  watchScrolling(texts);
  watchCopying(texts);
  watchRating(texts);
  watchEditing(texts);
  watchHovering(texts);
  watchBeginning();
  on("click", "#chat details.thoughts summary", (summary) => {
    if (summary.parentElement === last("details.thoughts")) thoughtsOpen = !summary.parentElement.open;
  });
  on("click", '#talk [data-act="ask"]', (button, event) => {
    ask(button.textContent);
    // Pressed by keyboard: the button goes away with the question that it asks.
    if (event.detail === 0) document.querySelector("#question textarea")?.focus();
  });
  on("click", '#chat [data-act="again"]', (button) => type("again", button.dataset.turn));
  on("click", '#chat [data-act="branch"]', (button) => type("branch", button.dataset.turn));
  // Menus of files close when something else is pressed, and with Escape.
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(null));
  new MutationObserver(look).observe(document.querySelector("#talk"), { childList: true, subtree: true });
  look();
}

/** Closes the menus below answers, except the one that holds `kept`. */
function closeMenus(kept) {
  for (const menu of document.querySelectorAll("#chat details.take[open]")) {
    if (menu.contains(kept)) continue;
    if (menu.contains(document.activeElement)) menu.firstElementChild.focus();
    menu.open = false;
  }
}
