/* Taking files in: chosen by a button, or dropped, onto the list of a collection or onto its card. */

import { confirmed, make, on, toast } from "/static/dom.js";
import { chosen, dropped, isHidden } from "/static/files.js";
import { say, upload } from "/static/uploads.js";

const EVERY = 1000; // documents in one answer of the server

const root = document.documentElement;
const seen = () => root.dataset.view === "documents" && !document.hidden;

/** Where files that come in go: the collection that is shown, if its documents may be changed. */
const here = () => document.querySelector("#documents .documents[data-writable]")?.dataset.collection;
const address = (collection) => `/api/documents?collection=${encodeURIComponent(collection)}`;

/** Sends files, without those nobody wrote; before files of a folder that are here already are replaced, it asks. */
async function take(found, collection, texts, again) {
  let files = found.filter((each) => !isHidden(each));
  const known = await paths(files, collection);
  const question = texts.newVersions.replace("{count}", known.size);
  if (known.size && !(await confirmed(question, texts.newVersionsText, texts.newVersionsYes, texts.newVersionsNo))) {
    files = files.filter(({ path }) => !known.has(path));
  }
  files.sort((one, other) => one.path.localeCompare(other.path, root.lang, { numeric: true }));
  if (files.length) upload(files, address(collection), texts, again);
  const hidden = found.filter(isHidden).length;
  if (hidden) say("note", "", texts.uploadHidden.replace("{count}", hidden));
  else if (!found.length) say("note", "", texts.uploadNothing);
}

/** The paths of those files that documents there came from: the server takes other bytes for their new version. */
async function paths(files, collection) {
  const inFolders = new Set(files.map(({ path }) => path).filter((path) => path.includes("/")));
  const known = new Set();
  for (let first = 0, more = inFolders.size > 0; more; first += EVERY) {
    const response = await fetch(`${address(collection)}&first=${first}&limit=${EVERY}`).catch(() => null);
    const some = response?.ok ? await response.json() : [];
    for (const { path } of some) if (inFolders.has(path)) known.add(path);
    more = some.length === EVERY;
  }
  return known;
}

/** Lets somebody choose the new version of a document. */
export function chooseVersion(id, texts, again) {
  const collection = here();
  const input = make("input", { type: "file" });
  input.addEventListener("change", () => upload(chosen(input), `${address(collection)}&replaces=${id}`, texts, again));
  input.click();
}

/** Marks where a drop would go, and nothing else. */
function mark(target) {
  for (const each of document.querySelectorAll("#documents .over")) if (each !== target) each.classList.remove("over");
  target?.classList.add("over");
}

/** The element that takes a drop: the card under the pointer, else the place for files of the list. */
function targetOf(event) {
  if (here()) return document.querySelector("#documents .drop");
  return event.target instanceof Element ? event.target.closest("#documents .collection[data-writable]") : null;
}

async function drop(event, texts, again) {
  const collection = here() ?? targetOf(event)?.dataset.collection;
  const found = dropped(event.dataTransfer); // asked for at once: after a wait the browser has emptied the list
  if (collection) return take(await found, collection, texts, again);
  toast(texts.dropNowhere);
}

export function watchFiles(texts, again) {
  on("change", '#documents .drop input[type="file"]', (input) => {
    take(chosen(input), here(), texts, again);
    input.value = "";
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      if (!seen() || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      mark(type === "dragover" ? targetOf(event) : null);
      if (type === "drop") drop(event, texts, again);
    });
  }
}
