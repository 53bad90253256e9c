/* The documents: what is chosen goes to the uploads; their list, kept up to date while it is seen, and what it can do. */

import { confirmed, make, on } from "/static/dom.js";
import { chosen, dropped, isHidden } from "/static/files.js";
import { say, upload, uploading } from "/static/uploads.js";

const BUSY = '[data-state="queued"], [data-state="reading"], [data-state="indexing"]';
const SOON = 1000;
const LATER = 10000;
const TYPING = 250;
let timer = 0;
const EVERY = 1000; // documents in one answer of the server
let shown = { name: "", state: "", parent: "", first: 0 };
let wanted = ""; // the collection that was chosen last, by its id

const seen = () => document.documentElement.dataset.view === "documents" && !document.hidden;

/** Where uploads go and which list is shown: the server names the collection in the list it draws. */
const collection = () => document.querySelector("#documents [data-collection]")?.dataset.collection ?? "";
const isWritable = () => Boolean(document.querySelector("#documents [data-writable]"));
const asking = () => new URLSearchParams({ collection: wanted || collection(), ...shown }).toString();

async function refresh(texts) {
  clearTimeout(timer);
  const list = document.querySelector("#documents .list");
  if (!seen()) return;
  if (!list) {
    timer = setTimeout(() => refresh(texts), SOON / 5); // Gradio has not drawn this part of the page yet
    return;
  }
  const asked = asking();
  const response = await fetch(`/documents/list?${asked}`).catch(() => null);
  const drawn = response?.ok ? await response.text() : null;
  if (asked !== asking()) return; // another one is coming
  if (response?.status === 404) {
    // The collection is gone, or closed to whoever looks: the first of the others is shown.
    wanted = "";
    list.replaceChildren();
    return show({ name: "", state: "" }, texts);
  }
  if (drawn === null) {
    delete list.dataset.drawn;
    list.replaceChildren(make("p", { class: "problem" }, response?.status === 401 ? texts.signedOut : texts.listFailed));
  } else if (list.dataset.drawn !== drawn) {
    list.dataset.drawn = drawn;
    keepingFocus(list, () => {
      list.innerHTML = drawn; // made and escaped by the server, see webui/pages/documents.py
      placeChoice(list.querySelector(".choice"));
    });
  }
  clearTimeout(timer);
  const soon = list.querySelector(BUSY) || uploading() || drawn === null;
  timer = setTimeout(() => refresh(texts), soon ? SOON : LATER);
}

/** Draws the list anew without taking the keyboard away from the button it is at. */
function keepingFocus(list, redraw) {
  const at = list.contains(document.activeElement) ? document.activeElement : null;
  const row = at?.closest("[data-document]")?.dataset.document;
  redraw();
  if (at?.dataset.action) list.querySelector(`[data-document="${row}"] [data-action="${at.dataset.action}"]`)?.focus();
}

/** Puts the choice of a collection above everything; one that is the same stays, since somebody may have it open. */
function placeChoice(choice) {
  const place = document.querySelector("#documents .which");
  if (place.innerHTML === choice.outerHTML) choice.remove();
  else place.replaceChildren(choice);
}

/** Shows another collection, whose id then stands in the address. */
function choose(id, texts) {
  wanted = id;
  history.replaceState(null, "", `${location.pathname}${location.search}#documents=${id}`);
  document.querySelector("#documents .filter").reset();
  show({ name: "", state: "" }, texts);
}

/** The id of a collection in the address, or "". */
const addressed = () => /^#documents=([0-9a-f]{32})$/.exec(location.hash)?.[1] ?? "";

function show(change, texts) {
  shown = { ...shown, parent: "", first: 0, ...change };
  refresh(texts);
}

/** Sends files, without those nobody wrote; before files of a folder that are here already are replaced, it asks. */
async function take(found, texts) {
  let files = found.filter((each) => !isHidden(each));
  const address = `/api/documents?collection=${encodeURIComponent(collection())}`;
  const here = await known(files, address);
  const question = texts.newVersions.replace("{count}", here.size);
  if (here.size && !(await confirmed(question, texts.newVersionsText, texts.newVersionsYes, texts.newVersionsNo))) {
    files = files.filter(({ path }) => !here.has(path));
  }
  files.sort((one, other) => one.path.localeCompare(other.path, "he", { numeric: true }));
  if (files.length) upload(files, address, texts, () => refresh(texts));
  const hidden = found.filter(isHidden).length;
  if (hidden) say("note", "", texts.uploadHidden.replace("{count}", hidden));
  else if (!found.length) say("note", "", texts.uploadNothing);
}

/** The paths of those files that documents here came from: the server takes other bytes for their new version. */
async function known(files, address) {
  const inFolders = new Set(files.map(({ path }) => path).filter((path) => path.includes("/")));
  const here = new Set();
  for (let first = 0, more = inFolders.size > 0; more; first += EVERY) {
    const response = await fetch(`${address}&first=${first}&limit=${EVERY}`).catch(() => null);
    const some = response?.ok ? await response.json() : [];
    for (const { path } of some) if (inFolders.has(path)) here.add(path);
    more = some.length === EVERY;
  }
  return here;
}

const REQUESTS = {
  delete: ["DELETE", ""],
  cancel: ["DELETE", ""],
  pause: ["POST", "/pause"],
  resume: ["POST", "/resume"],
  retry: ["POST", "/retry"],
};

async function act(button, texts) {
  const { action } = button.dataset;
  const row = button.closest("[data-document]");
  const id = row.dataset.document;
  const name = row.querySelector(".name").textContent;
  if (action === "replace") return chooseVersion(id, texts);
  if (action === "delete" && !(await confirmed(texts.deleteDocument.replace("{name}", name), texts.deleteDocumentText, texts.delete, texts.cancel))) return;
  if (action === "cancel" && !(await confirmed(texts.cancelDocument.replace("{name}", name), texts.cancelDocumentText, texts.cancelYes, texts.cancelNo))) return;
  const [method, path] = REQUESTS[action];
  await request(button, `/api/documents/${id}${path}`, method, texts);
}

async function actOnAll(button, texts) {
  const change = button.dataset.all;
  if (change === "cancel" && !(await confirmed(texts.cancelWaiting, texts.cancelWaitingText, texts.cancelYes, texts.cancelNo))) return;
  await request(button, `/api/collections/${collection()}/${change}`, "POST", texts);
}

/** Asks the server for a change and draws the list again. A change that came too late (409) is seen there. */
async function request(button, address, method, texts) {
  button.disabled = true;
  const response = await fetch(address, { method }).catch(() => null);
  if (!response?.ok && response?.status !== 409) {
    button.replaceWith(make("span", { class: "problem" }, texts.actionFailed));
    delete document.querySelector("#documents .list").dataset.drawn;
  }
  refresh(texts);
}

function chooseVersion(id, texts) {
  const input = make("input", { type: "file" });
  input.addEventListener("change", () => {
    const address = `/api/documents?collection=${encodeURIComponent(collection())}&replaces=${id}`;
    upload(chosen(input), address, texts, () => refresh(texts));
  });
  input.click();
}

export function watchDocuments(texts) {
  const watch = (type, selector, action) => on(type, `#documents ${selector}`, action);
  document.addEventListener("darash:view", () => {
    wanted = addressed() || wanted;
    refresh(texts);
  });
  document.addEventListener("visibilitychange", () => refresh(texts));
  watch("change", '.drop input[type="file"]', (input) => {
    take(chosen(input), texts);
    input.value = "";
  });
  watch("click", "[data-action]", (button) => act(button, texts));
  watch("click", "[data-all]", (button) => actOnAll(button, texts));
  watch("change", "[data-choose]", (select) => choose(select.value, texts));
  watch("click", "button[data-parent]", (button) => {
    document.querySelector("#documents .filter").reset();
    show({ name: "", state: "", parent: button.dataset.parent }, texts);
  });
  watch("click", "[data-first]", (button) => show({ parent: shown.parent, first: button.dataset.first }, texts));
  watch("change", ".filter select", (select) => show({ state: select.value }, texts));
  watch("submit", ".filter", (_, event) => event.preventDefault());
  let typed = 0;
  watch("input", ".filter input", (input) => {
    clearTimeout(typed);
    typed = setTimeout(() => show({ name: input.value }, texts), TYPING);
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, async (event) => {
      if (!seen() || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.querySelector("#documents .drop").classList.toggle("over", type === "dragover");
      if (type === "drop" && isWritable()) take(await dropped(event.dataTransfer), texts);
    });
  }
}
