/* The width of the panel of a source: its edge is drawn, or moved with the arrow keys, and stays where it was left. */

const KEPT = "source-width";
const NARROWEST = 320;
const LEFT_FOR_TALK = 420;
const STEP = 32;
const root = document.documentElement;

const widest = () => Math.max(NARROWEST, innerWidth - LEFT_FOR_TALK);

function setWidth(grip, pixels) {
  const width = Math.round(Math.min(widest(), Math.max(NARROWEST, pixels)));
  root.style.setProperty("--source-width", `${width}px`);
  const values = { valuenow: width, valuemin: NARROWEST, valuemax: widest() };
  for (const [name, value] of Object.entries(values)) grip.setAttribute(`aria-${name}`, value);
  return width;
}

export function watchWidth(source) {
  const grip = source.querySelector(".grip");
  const kept = Number(localStorage.getItem(KEPT));
  if (kept) setWidth(grip, kept);
  else grip.setAttribute("aria-valuenow", NARROWEST);
  const keep = (pixels) => localStorage.setItem(KEPT, setWidth(grip, pixels));

  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    grip.classList.add("held");
  });
  grip.addEventListener("pointermove", (event) => {
    if (!grip.classList.contains("held")) return;
    const { left, right } = source.getBoundingClientRect();
    keep(getComputedStyle(source).direction === "rtl" ? event.clientX - left : right - event.clientX);
  });
  for (const type of ["pointerup", "pointercancel"]) grip.addEventListener(type, () => grip.classList.remove("held"));
  grip.addEventListener("keydown", (event) => {
    const towardsRight = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!towardsRight) return;
    event.preventDefault();
    const wider = getComputedStyle(source).direction === "rtl" ? towardsRight : -towardsRight;
    keep(source.getBoundingClientRect().width + wider * STEP);
  });
  addEventListener("resize", () => {
    if (root.style.getPropertyValue("--source-width")) setWidth(grip, parseInt(root.style.getPropertyValue("--source-width"), 10));
  });
}
