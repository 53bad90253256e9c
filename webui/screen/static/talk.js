/* An answer while it grows: what is said of it to people who do not see it, and what they have opened stays open. */

import { make, on } from "/static/dom.js";

const KINDS = ["thoughts", "take"];

export function watchTalk(texts) {
  const status = make("p", { class: "unseen", role: "status" });
  document.body.append(status);
  let busy = false;
  const opened = new Set(); // the kinds of details that are open in the last answer, which is drawn anew with every word

  const last = (selector) => [...document.querySelectorAll("#chat .bot-row")].at(-1)?.querySelector(selector);

  function look() {
    // A reader told of every word would begin again with each: a line of our own says how far it is.
    document.querySelector('#chat [role="log"]')?.setAttribute("aria-live", "off");
    const before = busy;
    busy = Boolean(document.querySelector("#question .stop-button"));
    if (busy && !before) opened.clear();
    for (const kind of KINDS) {
      const details = last(`details.${kind}`);
      if (details && details.open !== opened.has(kind)) details.open = opened.has(kind);
    }
    const said = busy ? (last(".pending")?.textContent ?? "") : before ? texts.ready : status.textContent;
    if (said !== status.textContent) status.textContent = said;
  }

  for (const kind of KINDS) {
    on("click", `#chat details.${kind} summary`, (summary) => {
      if (summary.parentElement !== last(`details.${kind}`)) return;
      if (summary.parentElement.open) opened.delete(kind);
      else opened.add(kind);
    });
  }
  on("click", "a.conversation, #new", () => opened.clear());
  on("click", "#chat button.option", (_, event) => {
    // Pressed by keyboard: the button goes away with the question that it asks.
    if (event.detail === 0) document.querySelector("#question textarea")?.focus();
  });
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
}
