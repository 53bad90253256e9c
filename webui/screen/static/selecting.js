/* Choosing several documents of a list: what is chosen stays so while the list is drawn anew, and is told below it. */

import { on } from "/static/dom.js";

const chosen = new Set();
const bar = () => document.querySelector("#documents .chosen");

/** The ids of the chosen documents. */
export const chosenIds = () => [...chosen];

export function chooseNone() {
  chosen.clear();
  for (const box of document.querySelectorAll("#documents .pick:checked")) box.checked = false;
  tell();
}

/** After the list was drawn: what is not in it any more is not chosen any more. */
export function keepSelection(list) {
  const here = new Map([...list.querySelectorAll("input.pick")].map((box) => [box.closest("[data-document]").dataset.document, box]));
  for (const id of chosen) {
    if (here.has(id)) here.get(id).checked = true;
    else chosen.delete(id);
  }
  bar().querySelector('[data-chosen="move"]').hidden = !list.querySelector('[data-action="move"]');
  tell();
}

let sentences = {};

function tell() {
  const count = chosen.size;
  bar().hidden = count === 0;
  bar().querySelector("[role=status]").textContent = count === 1 ? sentences.chosenOne : sentences.chosenMany.replace("{count}", count);
}

export function watchSelection(texts) {
  sentences = texts;
  on("change", "#documents input.pick", (box) => {
    const id = box.closest("[data-document]").dataset.document;
    if (box.checked) chosen.add(id);
    else chosen.delete(id);
    tell();
  });
  on("click", '#documents [data-chosen="none"]', chooseNone);
}
