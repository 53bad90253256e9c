/* The panel that shows where a citation points: the pages of the document with the passage marked. On a phone it lies
   over everything, and then nothing else can be reached, and the way back of the browser closes it. */

import { make, on } from "/static/dom.js";
import { fetchNear } from "/static/leaves.js";
import { watchWidth } from "/static/resizing.js";
import { showZoom, watchZoom } from "/static/zoom.js";

const root = document.documentElement;
const narrow = matchMedia("(max-width: 900px)");
const MOVING = ["wheel", "touchstart", "keydown", "pointerdown"];
const BEHIND = "body > :not(#room, #toasts, script), #room > :not(#source)";
let cameFrom = null;
let isStep = false; // in the history of the browser

const isOpen = () => root.classList.contains("source-open");

/** Lets nothing behind the panel be reached while it lies over everything. */
function coverAll() {
  const covers = isOpen() && narrow.matches;
  for (const part of document.querySelectorAll(BEHIND)) part.inert = covers;
  const panel = document.querySelector("#source .panel");
  if (covers) panel.setAttribute("aria-modal", "true");
  else panel.removeAttribute("aria-modal");
}

export function closeSource() {
  if (!isOpen()) return;
  isStep = false;
  root.classList.remove("source-open");
  coverAll();
  for (const link of document.querySelectorAll("a.cite.open")) link.classList.remove("open");
  // An answer that was drawn anew meanwhile has another link to the same place.
  const same = [...document.querySelectorAll("#chat a.cite")].find((link) => link.href === cameFrom?.href);
  (cameFrom?.isConnected ? cameFrom : same)?.focus({ preventScroll: true });
  cameFrom = null;
}

/** As a person closes it: where it was put into the history of the browser, it is taken out. */
function leave() {
  if (isStep) history.back();
  else closeSource();
}

async function openSource(link, texts) {
  const wasOpen = isOpen();
  for (const other of document.querySelectorAll("a.cite.open")) other.classList.remove("open");
  cameFrom = link;
  link.classList.add("open");
  root.classList.add("source-open");
  if (narrow.matches && !wasOpen) {
    isStep = true;
    history.pushState(null, "");
  }
  coverAll();
  document.querySelector("#source .panel").focus({ preventScroll: true });
  await show(link.href, texts);
}

/** Fills the panel; `address` is that of the source's own window, `/view/...`. */
async function show(address, texts) {
  const content = document.querySelector("#source .content");
  const asked = new URL(address).pathname.replace("/view/", "/source/");
  content.dataset.address = asked;
  content.style.removeProperty("--zoom");
  content.replaceChildren(make("p", { class: "waiting" }, texts.loading));
  const response = await fetch(asked).catch(() => null);
  if (content.dataset.address !== asked) return; // another one was opened meanwhile
  if (!response?.ok) {
    const sentence = response?.status === 401 ? texts.signedOut : texts.sourceFailed;
    content.replaceChildren(make("p", { class: "problem", role: "alert" }, sentence));
    return;
  }
  content.innerHTML = await response.text(); // made and escaped by the server, see webui/pages/source.py
  showZoom(content);
  showCited(content);
  // Above the last page there is no room to bring its end up: once the next one is there, there is.
  let moved = false;
  for (const type of MOVING) content.addEventListener(type, () => (moved = true), { once: true, passive: true });
  await fetchNear(content);
  if (!moved && content.dataset.address === asked) showCited(content);
}

/** Brings the cited passage to the upper third of the panel, and moves nothing but the panel. */
function showCited(content) {
  const cited = content.querySelector(".leaf .cited");
  content.scrollTop = 0;
  if (!cited) return;
  const [box, place] = [cited.getBoundingClientRect(), content.getBoundingClientRect()];
  content.scrollBy(box.left + box.width / 2 - place.left - place.width / 2, box.top - place.top - content.clientHeight / 3);
}

/** The way back is shown while nothing of the passage is in sight. */
function offerWayBack(content) {
  const cited = [...content.querySelectorAll(".leaf .cited")];
  const { top, bottom } = content.getBoundingClientRect();
  const inSight = cited.some((one) => one.getBoundingClientRect().bottom > top && one.getBoundingClientRect().top < bottom);
  document.querySelector("#source .to-cited").hidden = inSight || cited.length === 0;
}

export function watchSource(texts) {
  const source = document.querySelector("#source");
  const content = source.querySelector(".content");
  watchWidth(source);
  watchZoom(content);
  content.addEventListener(
    "scroll",
    () => {
      offerWayBack(content);
      fetchNear(content);
    },
    { passive: true },
  );
  on("click", "a.cite", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSource(link, texts);
  });
  on("click", "#source .to-cited", () => {
    showCited(content);
    content.focus({ preventScroll: true });
  });
  on("click", '[data-action="close-source"]', leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && !document.querySelector("dialog[open], :popover-open")) leave();
  });
  // Before the other scripts, for which nothing has changed: the conversation is the same.
  addEventListener(
    "popstate",
    (event) => {
      if (!isOpen() || !isStep) return;
      closeSource();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  narrow.addEventListener("change", coverAll);
}
