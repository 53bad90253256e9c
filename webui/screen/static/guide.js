/* The guided start above the screen: drawn again whenever a step may be done, until somebody asks or ends it. */

import { held } from "/static/conversations.js";
import { on, toast } from "/static/dom.js";
import { chooseNext } from "/static/picker.js";
import { goTo } from "/static/views.js";

const place = () => document.querySelector("#guide");

async function draw() {
  const response = await fetch("/guide").catch(() => null);
  const drawn = response?.ok ? await response.text() : "";
  if (place().dataset.drawn === drawn) return;
  place().dataset.drawn = drawn;
  place().innerHTML = drawn; // made and escaped by the server, see webui/pages/guide.py
}

async function keep(ended) {
  await fetch("/guide", { method: "POST", body: new URLSearchParams({ ended }) }).catch(() => null);
  await draw();
}

/** A new conversation that searches one collection alone, ready to be asked in. */
function askIn(collection) {
  chooseNext(collection);
  goTo("");
  // Where a new one is open already, or Gradio not there yet, opening one again could come after the question.
  if (held()) document.querySelector("#new").click();
  else document.dispatchEvent(new CustomEvent("darash:opened", { detail: "" })); // the choice is drawn anew
  document.querySelector("#question textarea")?.focus();
}

/** Opens the collection and, once it is drawn, the window in which files are chosen. */
function chooseFiles(collection) {
  const choose = () => document.querySelector("#documents .drop input[multiple]").click();
  if (document.querySelector(`#documents .documents[data-collection="${collection}"]`)) choose();
  else document.addEventListener("darash:documents", choose, { once: true });
  goTo(`#documents=${collection}`);
}

export function watchGuide(texts) {
  document.addEventListener("darash:documents", draw);
  document.addEventListener("darash:view", () => {
    if (location.hash === "#guide") {
      history.replaceState(null, "", location.pathname + location.search);
      keep("");
    } else if (!place().dataset.drawn) draw();
  });
  on("click", "[data-ask]", (button) => askIn(button.dataset.ask));
  on("click", '[data-guide="files"]', (button) => chooseFiles(button.dataset.collection));
  on("click", '[data-guide="ask"]', async (button) => {
    askIn(button.dataset.collection);
    await keep("yes");
  });
  on("click", '[data-guide="end"]', async () => {
    await keep("yes");
    toast(texts.guideEnded);
  });
}
