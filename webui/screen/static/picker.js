/* What the next question searches: a choice of collections beside the question, kept with the conversation. */

import { held } from "/static/conversations.js";
import { fill, on, toast } from "/static/dom.js";

const NAMED = 2; // collections that are called by their names; of more, how many

const boxes = () => [...document.querySelectorAll('#choice input[name="collection"]')];
const chosen = () => boxes().filter((box) => box.checked);

/** Says on the button what is searched. None chosen is all. */
function say(texts) {
  const button = document.querySelector("#picker button.chosen");
  if (!button) return;
  const names = chosen().map((box) => box.parentElement.querySelector("bdi").cloneNode(true));
  document.querySelector('#choice input[name="all"]').checked = names.length === 0;
  const few = names.slice(0, NAMED).flatMap((name) => [", ", name]).slice(1);
  const [before, after] = texts.andMore.replace("{count}", names.length - NAMED).split("{names}");
  const said = names.length > NAMED ? [before, ...few, after] : few;
  button.querySelector("strong").replaceChildren(...(names.length ? said : [texts.allCollections]));
}

let next = "";

/** The conversation that is opened next begins with one collection alone, by its id. */
export function chooseNext(collection) {
  next = collection;
}

const hand = () => held() !== null && fill("chosen", JSON.stringify(chosen().map((box) => box.value)));

async function load(texts, id) {
  const response = await fetch(`/conversations/choice?c=${id}`).catch(() => null);
  if (!response?.ok || (held() ?? "") !== id) return; // another one was opened meanwhile
  document.querySelector("#picker").innerHTML = await response.text(); // made and escaped by the server, see webui/pages/conversations.py
  if (next) for (const box of boxes()) box.checked = box.value === next;
  next = "";
  say(texts);
  hand();
}

async function keep(texts) {
  const collection_ids = chosen().map((box) => box.value);
  say(texts);
  hand();
  if (!held()) return; // a new conversation: it is kept with the first question
  const change = { method: "PATCH", body: JSON.stringify({ collection_ids }), headers: { "content-type": "application/json" } };
  const response = await fetch(`/api/conversations/${held()}`, change).catch(() => null);
  if (!response?.ok) toast(texts.changeFailed);
}

export function watchPicker(texts) {
  document.addEventListener("darash:opened", (event) => load(texts, event.detail));
  on("change", "#choice input", (box) => {
    if (box.name === "all") for (const each of boxes()) each.checked = false;
    else if (chosen().length === boxes().length) for (const each of boxes()) each.checked = false; // all of them is all
    keep(texts);
  });
}
