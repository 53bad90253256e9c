/* How large the pages of a source are: by buttons, keys, the wheel with Ctrl, and two fingers. 1 is the panel's width. */

import { on } from "/static/dom.js";

const LARGEST = 4;
const STEP = 1.25;
const PER_NOTCH = 0.002;

const distance = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
const middle = ([one, other]) => [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
const zoomOf = (content) => Number(content.style.getPropertyValue("--zoom") || 1);

/** Makes the pages `zoom` times as wide as the panel. What is at a point of the window stays there. */
function zoomTo(content, zoom, [x, y]) {
  // Of a page its paper alone grows, and not what is written above it.
  const leaf = [...content.querySelectorAll(".paper, .page-text, .rows")].find((each) => each.getBoundingClientRect().bottom > y);
  if (!leaf) return;
  const before = leaf.getBoundingClientRect();
  const [across, down] = [(x - before.left) / before.width, (y - before.top) / before.height];
  const now = Math.min(LARGEST, Math.max(1, zoom));
  content.style.setProperty("--zoom", now);
  const after = leaf.getBoundingClientRect();
  content.scrollBy(after.left + across * after.width - x, after.top + down * after.height - y);
  showZoom(content);
}

/** Says how large the pages are, on the button between the two others. */
export function showZoom(content) {
  const zoom = zoomOf(content);
  for (const label of content.querySelectorAll('[data-zoom="none"] bdi')) label.textContent = `${Math.round(zoom * 100)}%`;
  for (const button of content.querySelectorAll("[data-zoom]")) {
    const ends = button.dataset.zoom === "in" ? zoom >= LARGEST : zoom <= 1;
    button.setAttribute("aria-disabled", String(ends));
  }
}

/** What is looked at: the passage, where it is in sight, else what is in the middle. */
function lookedAt(content) {
  const place = content.getBoundingClientRect();
  const boxes = [...content.querySelectorAll(".cited")].map((cited) => cited.getBoundingClientRect());
  const { left, top, width, height } = boxes.find((box) => box.bottom > place.top && box.top < place.bottom) ?? place;
  return [left + width / 2, top + height / 2];
}

function step(content, kind) {
  const to = { in: zoomOf(content) * STEP, out: zoomOf(content) / STEP, none: 1 }[kind];
  zoomTo(content, Math.abs(to - 1) < 0.01 ? 1 : to, lookedAt(content));
}

export function watchZoom(content) {
  on("click", "#source [data-zoom]", (button) => step(content, button.dataset.zoom));
  content.addEventListener("keydown", (event) => {
    const kind = { "+": "in", "=": "in", "-": "out", 0: "none" }[event.key];
    if (!kind || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(content, kind);
  });
  content.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoomTo(content, zoomOf(content) * Math.exp(-event.deltaY * PER_NOTCH), [event.clientX, event.clientY]);
    },
    { passive: false },
  );
  let pinch = null;
  content.addEventListener("touchstart", ({ touches }) => {
    pinch = touches.length === 2 ? { apart: distance(touches), zoom: zoomOf(content) } : null;
  });
  content.addEventListener(
    "touchmove",
    (event) => {
      if (!pinch || event.touches.length !== 2) return;
      event.preventDefault();
      zoomTo(content, (pinch.zoom * distance(event.touches)) / pinch.apart, middle(event.touches));
    },
    { passive: false },
  );
}
