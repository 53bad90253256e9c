/* The panel that shows where a citation points: the page of the document with the passage marked. */

import { make, on } from "/static/dom.js";

const root = document.documentElement;
let cameFrom = null;

export function closeSource() {
  if (!root.classList.contains("source-open")) return;
  root.classList.remove("source-open");
  for (const link of document.querySelectorAll("a.cite.open")) link.classList.remove("open");
  // An answer that was drawn anew meanwhile has another link to the same place.
  const same = [...document.querySelectorAll("#chat a.cite")].find((link) => link.href === cameFrom?.href);
  (cameFrom?.isConnected ? cameFrom : same)?.focus({ preventScroll: true });
  cameFrom = null;
}

async function openSource(link, texts) {
  closeSource();
  cameFrom = link;
  link.classList.add("open");
  root.classList.add("source-open");
  document.querySelector("#source .panel").focus({ preventScroll: true });
  await show(link.href, texts);
}

/** Fills the panel with a page; `address` is that of the page's own window, `/view/...`. */
async function show(address, texts) {
  const content = document.querySelector("#source .content");
  const { pathname, search } = new URL(address);
  content.replaceChildren(make("p", { class: "waiting" }, texts.loading));
  const asked = (content.dataset.shows = pathname.replace("/view/", "/source/") + search);
  const response = await fetch(asked).catch(() => null);
  if (content.dataset.shows !== asked) return; // another one was opened meanwhile
  if (!response?.ok) {
    const sentence = response?.status === 401 ? texts.signedOut : texts.sourceFailed;
    content.replaceChildren(make("p", { class: "problem" }, sentence));
    return;
  }
  content.innerHTML = await response.text(); // made and escaped by the server, see webui/pages/source.py
  await Promise.all([...content.querySelectorAll("img")].map((image) => image.decode().catch(() => null)));
  showCited(content);
}

/** Brings the cited passage to the upper third of the panel, and moves nothing but the panel. */
function showCited(content) {
  const cited = content.querySelector("#cited");
  if (!cited) return;
  const distance = cited.getBoundingClientRect().top - content.getBoundingClientRect().top;
  content.scrollTop += distance - content.clientHeight / 3;
}

export function watchSource(texts) {
  on("click", "a.cite", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSource(link, texts);
  });
  on("click", "#source [data-page]", (link, event) => {
    event.preventDefault();
    show(link.href, texts);
  });
  on("click", '[data-action="close-source"]', closeSource);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) closeSource();
  });
}
