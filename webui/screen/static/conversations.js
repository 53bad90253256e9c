/* The list of conversations at the side: opening, starting and deleting one. The open one stands in the address. */

import { confirmed, on, type } from "/static/dom.js";
import { closeSource } from "/static/source.js";
import { openMenu, showView } from "/static/views.js";

const root = document.documentElement;
let arrived = false;

const wanted = () => new URLSearchParams(location.search).get("c") ?? "";

/** Shows a conversation by its id; an empty id is a new one. */
function open(id) {
  type("opened", id);
  closeSource();
  openMenu(false);
  if (root.dataset.view === "documents") history.pushState(null, "", location.pathname + location.search);
  showView();
}

/** Brings the address up to date when the server has marked another conversation as the open one. */
function follow() {
  const list = document.querySelector("#conversations");
  if (!list?.textContent.trim()) return;
  const current = list.querySelector("li.current a.conversation");
  if (!arrived && wanted() && !current) {
    // The first list says that Gradio is listening: now the conversation of the address can be asked for.
    root.classList.add("arriving");
    setTimeout(() => root.classList.remove("arriving"), 1500);
    type("opened", wanted());
  } else {
    const search = current ? new URL(current.href).search : "";
    if (search !== location.search) history.pushState(null, "", `/${search}${location.hash}`);
  }
  arrived = true;
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
    if (await confirmed(texts.deleteConversation, texts.deleteConversationText, texts.delete, texts.cancel)) {
      type("doomed", id);
    }
  });
  addEventListener("popstate", () => type("opened", wanted()));
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.parentElement?.closest("#conversations"))) follow();
  }).observe(document.body, { childList: true, subtree: true });
}
