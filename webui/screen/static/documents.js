/* The documents: their list, kept up to date while it is seen, and uploads with their progress. */

import { confirmed, make, on } from "/static/dom.js";

const BUSY = '[data-state="queued"], [data-state="reading"], [data-state="indexing"], [data-state="deleting"]';
const SOON = 1000;
const LATER = 10000;
let timer = 0;

const seen = () => document.documentElement.dataset.view === "documents" && !document.hidden;

/** Where uploads go and which list is shown: the server names the collection in the list it draws. */
const collection = () => document.querySelector("#documents [data-collection]")?.dataset.collection ?? "";

async function refresh(texts) {
  clearTimeout(timer);
  const list = document.querySelector("#documents .list");
  if (!seen()) return;
  if (!list) {
    timer = setTimeout(() => refresh(texts), SOON / 5); // Gradio has not drawn this part of the page yet
    return;
  }
  const response = await fetch(`/documents/list?collection=${encodeURIComponent(collection())}`).catch(() => null);
  if (response?.ok) {
    const drawn = await response.text();
    if (list.dataset.drawn !== drawn) {
      list.dataset.drawn = drawn;
      list.innerHTML = drawn; // made and escaped by the server, see webui/pages/documents.py
    }
  } else {
    delete list.dataset.drawn;
    list.replaceChildren(make("p", { class: "problem" }, response?.status === 401 ? texts.signedOut : texts.listFailed));
  }
  clearTimeout(timer);
  timer = setTimeout(() => refresh(texts), list.querySelector(BUSY) || !response?.ok ? SOON : LATER);
}

/** Sends one file and shows how far it has come. Ends when the server has it on disk. */
function upload(file, texts) {
  const bar = make("progress", { max: "1", value: "0", "aria-label": texts.uploading });
  const state = make("span", { class: "state" }, texts.uploading);
  const row = make("li", {}, make("bdi", { class: "name" }, file.name), bar, state);
  document.querySelector("#documents .uploads").append(row);
  const request = new XMLHttpRequest();
  return new Promise((done) => {
    const failed = (sentence) => {
      row.className = "problem";
      state.textContent = sentence;
      bar.remove();
      done();
    };
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("error", () => failed(texts.uploadLost));
    request.addEventListener("load", () => {
      if (request.status === 401) return failed(texts.signedOut);
      if (request.status >= 400) return failed(problemOf(request) ?? texts.uploadFailed);
      if (isNew(request)) row.remove();
      else failed(texts.alreadyThere);
      return done();
    });
    const form = new FormData();
    form.append("file", file);
    request.open("POST", `/api/documents?collection=${encodeURIComponent(collection())}`);
    request.send(form);
  });
}

function problemOf(request) {
  try {
    return JSON.parse(request.responseText).message;
  } catch {
    return null;
  }
}

/** Whether the server had not had these bytes before. */
const isNew = (request) => JSON.parse(request.responseText).files[0]?.new ?? true;

async function uploadAll(files, texts) {
  for (const row of document.querySelectorAll("#documents .uploads .problem")) row.remove();
  for (const file of files) {
    await upload(file, texts);
    refresh(texts);
  }
}

async function act(button, texts) {
  const { action, document: id } = button.dataset;
  const name = button.closest(".document").querySelector(".name").textContent;
  const question = texts.deleteDocument.replace("{name}", name);
  if (action === "delete" && !(await confirmed(question, texts.deleteDocumentText, texts))) return;
  button.disabled = true;
  const [method, path] = action === "delete" ? ["DELETE", ""] : ["POST", "/retry"];
  const response = await fetch(`/api/documents/${id}${path}`, { method }).catch(() => null);
  if (!response?.ok) button.replaceWith(make("span", { class: "problem" }, texts.actionFailed));
  refresh(texts);
}

export function watchDocuments(texts) {
  document.addEventListener("darash:view", () => refresh(texts));
  document.addEventListener("visibilitychange", () => refresh(texts));
  on("change", '#documents input[type="file"]', (input) => {
    uploadAll([...input.files], texts);
    input.value = "";
  });
  on("click", "#documents [data-document][data-action]", (button) => act(button, texts));
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      if (!seen() || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.querySelector("#documents .drop").classList.toggle("over", type === "dragover");
      if (type === "drop") uploadAll([...event.dataTransfer.files], texts);
    });
  }
}
