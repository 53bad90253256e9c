/* Where the reader is in a conversation. What is drawn never moves what is being read.

   A new question goes to the upper edge at most, and its answer grows below it; who scrolled away stays there; who went to
   the end is kept at the end. Gradio's own scrolling is off. */

import { make, on, type } from "/static/dom.js";

const NEAR = 80; // pixels from the end that still count as the end
const MORE = 40; // messages that are drawn then
const EARLY = 300; // pixels from the beginning at which earlier messages are fetched
const SETTLING_MS = 600; // how long Gradio draws messages that came above

const root = document.documentElement;
let following = "end"; // "question": until it is at the upper edge; "end"; "" is nothing
let shown = { last: null, count: 0, busy: false, height: 0 };
let top = 0; // where we, or the reader, went last
let keeping = null; // while earlier messages are drawn: the distance to the end that stays
let toEnd = null;

const box = () => document.querySelector("#chat .bubble-wrap");
const fromEnd = (place) => place.scrollHeight - place.clientHeight - place.scrollTop;

function go(place, to) {
  place.scrollTop = to;
  top = place.scrollTop;
}

/** Where the last question touches the upper edge. */
function questionAtTop(place, question) {
  return place.scrollTop + question.getBoundingClientRect().top - place.getBoundingClientRect().top - 16;
}

/** Called whenever something was drawn; `busy` while an answer is being written. */
export function lookAtEnd(busy) {
  const place = box();
  if (!place) return;
  const questions = place.querySelectorAll(".user-row");
  const question = [...questions].at(-1);
  const last = question?.querySelector("[data-turn]")?.dataset.turn ?? null;
  const height = place.scrollHeight;
  const end = height - place.clientHeight;
  // What became shorter moves the page by itself; else it was the reader, and the event of that is still to come.
  if (Math.abs(place.scrollTop - top) > 2 && height >= shown.height) scrolled(place);
  if (last !== shown.last || (busy && !shown.busy)) following = busy ? "question" : "end";
  else if (keeping && performance.now() < keeping.until) go(place, end - keeping.distance);
  shown = { last, count: questions.length, busy, height };
  if (!question) return;
  if (following === "end") go(place, end);
  if (following === "question") {
    const wanted = Math.min(end, questionAtTop(place, question));
    if (wanted > place.scrollTop || !busy) go(place, Math.max(wanted, place.scrollTop));
  }
  top = place.scrollTop;
  showToEnd(place);
}

function showToEnd(place) {
  toEnd.hidden = !shown.count || fromEnd(place) < NEAR * 2;
  if (!toEnd.hidden) {
    const below = place.closest("#talk").getBoundingClientRect().bottom - place.getBoundingClientRect().bottom;
    toEnd.style.insetBlockEnd = `${below + 12}px`;
  }
}

function scrolled(place) {
  if (place.scrollTop < top - 2) following = "";
  else if (place.scrollTop > top + 2) following = fromEnd(place) < NEAR ? "end" : following === "end" ? "" : following;
  top = place.scrollTop;
  showToEnd(place);
  if (top < EARLY && !keeping) fetchEarlier(place);
}

function fetchEarlier(place) {
  if (!place.querySelector('[data-act="earlier"]') || root.classList.contains("answering")) return;
  keeping = { distance: fromEnd(place), until: Infinity };
  following = "";
  const count = shown.count;
  type("earlier", String(place.querySelectorAll(".message-row").length + MORE)); // how many are to be drawn
  const wait = setInterval(() => {
    if (shown.count === count && keeping.until === Infinity && performance.now() < keeping.given) return;
    clearInterval(wait);
    keeping.until = performance.now() + SETTLING_MS;
    setTimeout(() => (keeping = null), SETTLING_MS);
  }, 50);
  keeping.given = performance.now() + 5000;
}

export function watchScrolling(texts) {
  toEnd = make("button", { type: "button", class: "to-end", "aria-label": texts.toEnd, "data-tip": texts.toEnd });
  toEnd.hidden = true;
  document.querySelector("#talk").append(toEnd);
  toEnd.addEventListener("click", () => {
    following = "end";
    go(box(), box().scrollHeight);
    showToEnd(box());
  });
  document.addEventListener("scroll", ({ target }) => target === box() && scrolled(target), true);
  on("click", '#chat [data-act="earlier"]', () => fetchEarlier(box()));
  addEventListener("resize", () => box() && lookAtEnd(root.classList.contains("answering")));
}
