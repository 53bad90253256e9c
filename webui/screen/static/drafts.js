/* Questions that were typed and not sent: one for each conversation, kept by this tab until it is closed. */

import { held } from "/static/conversations.js";
import { fill, on } from "/static/dom.js";

const BOX = "#question textarea";
const PREFIX = "draft:";

export function watchDrafts() {
  const mine = `${PREFIX}${document.querySelector("#side").dataset.account}:`;
  let current = "";
  let sent = null; // what was asked a moment ago and may still stand in the box

  // Somebody else may have signed in since, in the same tab.
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !key.startsWith(mine)) sessionStorage.removeItem(key);
  }

  function keep(id, text) {
    if (text.trim()) sessionStorage.setItem(mine + id, text);
    else sessionStorage.removeItem(mine + id);
  }

  function ask() {
    sent = document.querySelector(BOX).value;
    keep(current, "");
  }

  on("input", BOX, (box) => {
    sent = null;
    keep(held() ?? "", box.value);
  });
  on("keydown", BOX, (_, event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) ask();
  });
  on("click", "#question .submit-button", ask);
  document.addEventListener("darash:opened", (event) => {
    const box = document.querySelector(BOX);
    if (event.detail !== current) keep(current, box.value === sent ? "" : box.value);
    current = event.detail;
    fill("question", sessionStorage.getItem(mine + current) ?? "");
  });
  addEventListener("pagehide", () => keep(current, document.querySelector(BOX)?.value ?? ""));
}
