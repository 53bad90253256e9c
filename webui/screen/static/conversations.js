/* The list of conversations at the side: opening, starting and deleting one. The open one stands in the address. */

import { confirmed, on, type } from "/static/dom.js";
import { closeSource } from "/static/source.js";
import { openMenu, showView } from "/static/views.js";

/** Shows a conversation by its id; an empty id is a new one. */
function open(id) {
  history.pushState(null, "", id ? `/?c=${id}` : "/");
  type("opened", id);
  closeSource();
  openMenu(false);
  showView();
}

/** Brings the address up to date when the server has marked another conversation as the open one. */
function follow() {
  const list = document.querySelector("#conversations");
  if (!list?.textContent.trim()) return;
  const current = list.querySelector("li.current a.conversation");
  const address = current ? new URL(current.href).search : "";
  if (address !== location.search) history.replaceState(null, "", `/${address}${location.hash}`);
}

export function watchConversations(texts) {
  on("click", "#conversations a.conversation", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(new URL(link.href).searchParams.get("c"));
  });
  on("click", "#new", () => {
    open("");
    document.querySelector("#question textarea")?.focus();
  });
  on("click", "#conversations a.remove", async (link, event) => {
    event.preventDefault();
    const id = link.hash.replace("#remove-", "");
    if (await confirmed(texts.deleteConversation, texts.deleteConversationText, texts)) type("doomed", id);
  });
  addEventListener("popstate", () => type("opened", new URLSearchParams(location.search).get("c") ?? ""));
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.parentElement?.closest("#conversations"))) follow();
  }).observe(document.body, { childList: true, subtree: true });
}
