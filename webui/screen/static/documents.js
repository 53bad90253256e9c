/* The documents: the cards of the collections, or the list of one of them, kept up to date while it is seen. */

import { watchActions } from "/static/acting.js";
import { make, on } from "/static/dom.js";
import { keepSelection, watchSelection } from "/static/selecting.js";
import { watchFiles } from "/static/taking.js";
import { uploading } from "/static/uploads.js";
import { goTo, showView } from "/static/views.js";

const BUSY = '[data-state="queued"], [data-state="reading"], [data-state="indexing"], .collection .busy';
const SOON = 1000;
const LATER = 10000;
const TYPING = 250;
const FIRST = { name: "", state: "", sort: "", parent: "", first: 0 };
let timer = 0;
let shown = { ...FIRST };
let opened = ""; // the id of the collection whose list is shown, "" while all are cards
let turned = false; // something else is to be seen than before: the reader begins at its heading

const place = (part) => document.querySelector(`#documents ${part}`);
const seen = () => document.documentElement.dataset.view === "documents" && !document.hidden;
const asking = () =>
  opened ? `/documents/list?${new URLSearchParams({ collection: opened, ...shown })}` : "/documents/cards";

/** The id of a collection in the address, or "". */
const addressed = () => /^#documents=([0-9a-f]{32})$/.exec(location.hash)?.[1] ?? "";

async function refresh(texts) {
  clearTimeout(timer);
  if (!seen()) return;
  const asked = asking();
  const response = await fetch(asked).catch(() => null);
  const drawn = response?.ok ? await response.text() : null;
  if (asked !== asking() || !seen()) return; // another one is coming, or none
  if (response?.status === 404 && opened) {
    history.replaceState(null, "", `${location.pathname}${location.search}#documents`); // gone, or closed to whoever looks
    return showView();
  }
  if (drawn === null) fail(response?.status === 401 ? texts.signedOut : texts.listFailed);
  else draw(asked, drawn);
  const soon = place(".list").querySelector(BUSY) || uploading() || drawn === null;
  clearTimeout(timer);
  timer = setTimeout(() => refresh(texts), soon ? SOON : LATER);
}

function fail(sentence) {
  delete place(".list").dataset.drawn;
  place(".list").replaceChildren(make("p", { class: "problem" }, sentence));
}

/** Draws what came, unless nothing is new. Somebody may be writing the name of a new collection meanwhile. */
function draw(asked, drawn) {
  const list = place(".list");
  if (list.dataset.drawn === asked + drawn || (!turned && list.contains(document.activeElement?.closest("form")))) return;
  list.dataset.drawn = asked + drawn;
  keeping(list, () => {
    list.innerHTML = drawn; // made and escaped by the server, see webui/pages/documents.py and cards.py
    placeHead(list.querySelector(".head"));
  });
  keepSelection(list);
  place(".filter").hidden = !opened || Boolean(list.querySelector("[data-empty]"));
  document.dispatchEvent(new CustomEvent("darash:documents", { detail: opened }));
  if (!turned) return;
  turned = false;
  place("").scrollTop = 0;
  place(".heading h2").focus({ preventScroll: true });
}

/** Puts the heading above the place for new files; one that is the same stays, since somebody may be at its links. */
function placeHead(head) {
  if (place(".heading").innerHTML === head.outerHTML) head.remove();
  else place(".heading").replaceChildren(head);
}

/** Draws the list anew without closing an open menu in it, or taking the keyboard away from where it is. */
function keeping(list, redraw) {
  const at = list.contains(document.activeElement) ? document.activeElement : null;
  const row = (element) => `[data-document="${element?.closest("[data-document]")?.dataset.document}"]`;
  const open = [...list.querySelectorAll("details.more[open]")].map(row);
  const kind = at?.dataset.action ? `[data-action="${at.dataset.action}"]` : at?.matches("summary, .pick") && (at.matches("summary") ? ".more summary" : ".pick");
  const wanted = at && `${row(at)} ${kind || ".name"}`;
  redraw();
  for (const each of open) list.querySelector(`${each} details.more`)?.setAttribute("open", "");
  if (wanted) list.querySelector(wanted)?.focus({ preventScroll: true });
}

function show(change, texts) {
  shown = { ...shown, parent: "", first: 0, ...change };
  refresh(texts);
}

/** Another collection, or all of them, begins without what was filtered before. */
function turn(texts) {
  const id = addressed();
  const before = document.querySelector("#documents").dataset.opened;
  if (before !== id) {
    opened = id;
    shown = { ...FIRST };
    turned = before !== undefined;
    place(".filter").reset();
    place(".list").replaceChildren(make("p", { class: "waiting" }, texts.loading));
    delete place(".list").dataset.drawn;
    if (!uploading()) for (const part of [".sending", ".uploads"]) place(part).replaceChildren();
    document.querySelector("#documents").dataset.opened = id;
  }
  refresh(texts);
}

async function makeCollection(form, texts) {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ name: form.elements.name.value });
  const response = await fetch("/api/collections", { method: "POST", headers, body }).catch(() => null);
  const made = await response?.json().catch(() => null);
  if (response?.ok) goTo(`#documents=${made.id}`);
  else {
    form.querySelector(".problem")?.remove();
    form.append(make("p", { class: "problem", role: "alert" }, response?.status === 422 ? texts.badCollection : (made?.message ?? texts.actionFailed)));
  }
}

function clearFilter(texts) {
  place(".filter").reset();
  show({ name: "", state: "" }, texts);
}

export function watchDocuments(texts) {
  const watch = (type, selector, action) => on(type, `#documents ${selector}`, action);
  const again = () => refresh(texts);
  document.addEventListener("darash:view", ({ detail }) => detail === "documents" && turn(texts));
  document.addEventListener("visibilitychange", again);
  watch("click", "[data-open]", (link, event) => {
    event.preventDefault();
    goTo(`#documents${link.dataset.open && `=${link.dataset.open}`}`);
  });
  on("submit", "form[data-make]", (form, event) => {
    event.preventDefault();
    makeCollection(form, texts);
  });
  watch("click", "[data-clear]", () => clearFilter(texts));
  watch("click", "button[data-parent]", (button) => {
    place(".filter").reset();
    show({ name: "", state: "", sort: "", parent: button.dataset.parent }, texts);
  });
  watch("click", "[data-first]", (button) => show({ parent: shown.parent, first: button.dataset.first }, texts));
  watch("change", ".filter select", (select) => show({ [select.name]: select.value }, texts));
  watch("submit", ".filter", (_, event) => event.preventDefault());
  let typed = 0;
  watch("input", ".filter input", (input) => {
    clearTimeout(typed);
    typed = setTimeout(() => show({ name: input.value }, texts), TYPING);
  });
  watchFiles(texts, again);
  watchActions(texts, again);
  watchSelection(texts);
}
