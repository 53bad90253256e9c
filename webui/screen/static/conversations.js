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

/** Fetches the list anew, with the open conversation marked in it. */
async function refresh() {
  const list = document.querySelector("#conversations");
  const response = await fetch(`/conversations/list?c=${wanted()}`).catch(() => null);
  if (response?.ok) list.innerHTML = await response.text(); // made and escaped by the server, see webui/pages/conversations.py
}

/** What Gradio holds as the open conversation; null before it has drawn anything. */
const held = () => document.querySelector("#opened textarea")?.value ?? null;

/** Brings the address and the list up to date when the server has opened another conversation. */
function follow() {
  if (held() === null) return;
  if (!arrived) {
    arrived = true;
    if (wanted()) {
      root.classList.add("arriving");
      setTimeout(() => root.classList.remove("arriving"), 1500);
      type("opened", wanted());
    }
    refresh();
  } else if (held() !== wanted()) {
    history.pushState(null, "", (held() ? `/?c=${held()}` : "/") + location.hash);
    refresh();
  }
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
  new MutationObserver(follow).observe(document.querySelector("#talk"), { childList: true, subtree: true });
}
