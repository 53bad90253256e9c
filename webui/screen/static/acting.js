/* What can be done with documents: the menu of each, the buttons for all that wait, and those for the chosen ones. */

import { confirmed, make, on, toast } from "/static/dom.js";
import { chosenIds, chooseNone } from "/static/selecting.js";
import { chooseVersion } from "/static/taking.js";
import { goTo } from "/static/views.js";

const REQUESTS = {
  delete: ["DELETE", ""],
  cancel: ["DELETE", ""],
  pause: ["POST", "/pause"],
  resume: ["POST", "/resume"],
  retry: ["POST", "/retry"],
};

const collection = () => document.querySelector("#documents .documents")?.dataset.collection;

/** Asks the server for a change. A change that came too late (409) is seen when the list is drawn again. */
async function change(address, method, body) {
  const json = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, { method, ...json }).catch(() => null);
  const said = response?.status === 409 ? await response.json() : null;
  return { done: Boolean(response?.ok), late: response?.status === 409, message: said?.message };
}

async function act(button, texts, again) {
  const { action } = button.dataset;
  const row = button.closest("[data-document]");
  const id = row.dataset.document;
  const name = row.querySelector(".name").textContent;
  closeMenus();
  if (action === "replace") return chooseVersion(id, texts, again);
  if (action === "move") return moveAll([id], texts, again);
  if (action === "delete" && !(await confirmed(texts.deleteDocument.replace("{name}", name), texts.deleteDocumentText, texts.delete, texts.cancel))) return;
  if (action === "cancel" && !(await confirmed(texts.cancelDocument.replace("{name}", name), texts.cancelDocumentText, texts.cancelYes, texts.cancelNo))) return;
  const [method, path] = REQUESTS[action];
  const { done, late } = await change(`/api/documents/${id}${path}`, method);
  if (!done && !late) toast(texts.actionFailed);
  else if (action === "delete" && done) toast(texts.deletedDocument.replace("{name}", name));
  again();
}

async function actOnAll(button, texts, again) {
  const all = button.dataset.all;
  if (all === "cancel" && !(await confirmed(texts.cancelWaiting, texts.cancelWaitingText, texts.cancelYes, texts.cancelNo))) return;
  const { done } = await change(`/api/collections/${collection()}/${all}`, "POST");
  if (!done) toast(texts.actionFailed);
  again();
}

async function deleteAll(ids, texts, again) {
  const question = counted(texts.deleteOne, texts.deleteMany, ids.length);
  if (!(await confirmed(question, texts.deleteDocumentText, texts.delete, texts.cancel))) return;
  let gone = 0;
  for (const id of ids) gone += (await change(`/api/documents/${id}`, "DELETE")).done;
  toast(gone === ids.length ? counted(texts.deletedOne, texts.deletedMany, gone) : texts.actionFailed);
  chooseNone();
  again();
}

const counted = (one, many, count) => (count === 1 ? one : many.replace("{count}", count));

/** Moves documents to the collection that somebody chooses, and says of those that stay why. */
async function moveAll(ids, texts, again) {
  const target = await chosenCollection(counted(texts.moveOne, texts.moveMany, ids.length), texts);
  if (!target) return;
  let moved = 0;
  let refusal = "";
  for (const id of ids) {
    const { done, message } = await change(`/api/documents/${id}`, "PATCH", { collection_id: target.id });
    moved += done;
    if (!done) refusal ||= message ?? texts.actionFailed;
  }
  const said = moved ? counted(texts.movedOne, texts.movedMany, moved).replace("{name}", target.name) : "";
  toast([said, refusal].filter(Boolean).join(" "), moved ? { label: texts.openMoved, run: () => goTo(`#documents=${target.id}`) } : null);
  chooseNone();
  again();
}

/** Asks for one of the other collections whose documents may be changed; null where none is chosen. */
async function chosenCollection(question, texts) {
  const response = await fetch("/api/collections").catch(() => null);
  const all = response?.ok ? await response.json() : [];
  const others = all.filter(({ id, level }) => id !== collection() && level !== "reader");
  const select = make("select", { name: "where" }, ...others.map(({ id, name }) => make("option", { value: id }, name)));
  const label = make("label", {}, make("span", {}, texts.moveWhere), select);
  const cancel = make("button", { type: "submit", value: "", formnovalidate: "" }, texts.cancel);
  const agree = make("button", { type: "submit", value: "yes", class: "main" }, texts.move);
  const heading = make("h2", { id: "where-to" }, question);
  const form = make("form", { method: "dialog" }, heading, make("p", {}, texts.moveText), label, agree, cancel);
  const dialog = make("dialog", { class: "ask", "aria-labelledby": "where-to" }, form);
  document.body.append(dialog);
  dialog.showModal();
  select.focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes" ? (others.find(({ id }) => id === select.value) ?? null) : null);
    });
  });
}

function closeMenus(but = null) {
  for (const menu of document.querySelectorAll("#documents details.more[open]")) if (menu !== but) menu.open = false;
}

export function watchActions(texts, again) {
  const watch = (type, selector, action) => on(type, `#documents ${selector}`, action);
  watch("click", "button[data-action]", (button) => act(button, texts, again));
  watch("click", "[data-all]", (button) => actOnAll(button, texts, again));
  watch("click", '[data-chosen="delete"]', () => deleteAll(chosenIds(), texts, again));
  watch("click", '[data-chosen="move"]', () => moveAll(chosenIds(), texts, again));
  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.more")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("#documents details.more[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
