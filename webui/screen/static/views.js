/* Which view is open (the conversation or the documents), and the list at the side on a phone. The address says which. */

import { on } from "/static/dom.js";

const root = document.documentElement;

export function openMenu(open) {
  root.classList.toggle("menu-open", open);
  document.querySelector(".bar .menu")?.setAttribute("aria-expanded", String(open));
}

export function showView() {
  const view = location.hash.split("=")[0] === "#documents" ? "documents" : "talk";
  root.dataset.view = view;
  for (const link of document.querySelectorAll("[data-view]")) {
    if (link === root) continue;
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.dispatchEvent(new CustomEvent("darash:view", { detail: view }));
}

export function watchViews() {
  on("click", "[data-view]", (link, event) => {
    if (link === root) return;
    event.preventDefault();
    const hash = link.dataset.view === "documents" ? "#documents" : "";
    history.pushState(null, "", location.pathname + location.search + hash);
    openMenu(false);
    showView();
  });
  on("click", '[data-action="menu"]', () => openMenu(!root.classList.contains("menu-open")));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#side, .bar .menu, dialog")) openMenu(false);
  });
  addEventListener("popstate", showView);
  // The bar is drawn by Gradio, some time after this script has run.
  const drawn = new MutationObserver(() => {
    if (!document.querySelector(".bar")) return;
    drawn.disconnect();
    showView();
  });
  drawn.observe(document.body, { childList: true, subtree: true });
}
