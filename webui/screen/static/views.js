/* Which view is open (the conversation or the documents), and the list at the side on a phone. The address says which. */

import { on } from "/static/dom.js";

const root = document.documentElement;
const narrow = matchMedia("(max-width: 900px)");

/** Opens or closes the list at the side, which on a phone lies over the talk: then nothing else can be reached. */
export function openMenu(open) {
  const over = open && narrow.matches;
  if (root.classList.contains("menu-open") === over) return;
  root.classList.toggle("menu-open", over);
  const button = document.querySelector("#top .menu");
  button.setAttribute("aria-expanded", String(over));
  for (const part of ["#talk", "#documents"]) document.querySelector(part).inert = over;
  if (over) document.querySelector("#new").focus({ preventScroll: true });
  else if (document.activeElement === document.body) button.focus({ preventScroll: true });
}

export function showView() {
  const view = location.hash.split("=")[0] === "#documents" ? "documents" : "talk";
  root.dataset.view = view;
  for (const link of document.querySelectorAll("#top [data-view]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.dispatchEvent(new CustomEvent("darash:view", { detail: view }));
}

/** Goes to a view, or to a place in one, as a link would: `hash` is what stands in the address. */
export function goTo(hash) {
  history.pushState(null, "", location.pathname + location.search + hash);
  openMenu(false);
  showView();
}

export function watchViews() {
  on("click", "#top [data-view]", (link, event) => {
    event.preventDefault();
    goTo(link.dataset.view === "documents" ? "#documents" : "");
  });
  on("click", '[data-action="menu"]', () => openMenu(!root.classList.contains("menu-open")));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#side, #top .menu, dialog")) openMenu(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.classList.contains("menu-open")) {
      openMenu(false);
      document.querySelector("#top .menu").focus();
    }
  });
  narrow.addEventListener("change", () => openMenu(false));
  addEventListener("popstate", showView);
  showView();
}
