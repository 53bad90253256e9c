/* The conversation that is open, and the list at the side. Its id stands in the address; Gradio holds it too. */

import { fill, on, type } from "/static/dom.js";
import { closeSource } from "/static/source.js";
import { goTo, openMenu } from "/static/views.js";

const TYPING = 200;
const root = document.documentElement;
let arrived = false;
let busy = false;
let most = "";
let asked = 0;
let timer = 0;

const wanted = () => new URLSearchParams(location.search).get("c") ?? "";
const words = () => document.querySelector("#find input").value.trim();

/** The id of the open conversation, as Gradio holds it: "" is a new one, null that nothing is drawn yet. */
export const held = () => document.querySelector("#opened textarea")?.value ?? null;

/** Shows a conversation by its id; an empty id is a new one. With the id of a turn, its branch is shown, at that turn. */
export function open(id, turn = "") {
  if (turn) {
    fill("opened", id);
    type("branch", turn);
    showTurn(turn);
  } else {
    type("opened", id);
  }
  closeSource();
  if (root.dataset.view === "documents") goTo("");
  else openMenu(false);
}

/** Brings a turn into sight once it is drawn. Its buttons name it. */
function showTurn(turn) {
  const talk = document.querySelector("#talk");
  const look = () => {
    const row = talk.querySelector(`#chat [data-turn="${turn}"]:not([data-act="branch"])`)?.closest(".message-row");
    if (!row) return;
    waiting.disconnect();
    row.scrollIntoView({ block: "start" });
  };
  const waiting = new MutationObserver(look);
  waiting.observe(talk, { childList: true, subtree: true });
  setTimeout(() => waiting.disconnect(), 5000);
}

/** Fetches the list anew, with the open conversation marked in it. */
export async function refresh() {
  const list = document.querySelector("#conversations");
  if (list.querySelector("form")) return; // one is being renamed
  const mine = ++asked;
  const response = await fetch(`/conversations/list?${new URLSearchParams({ c: wanted(), q: words(), ...(most && { most }) })}`).catch(() => null);
  if (!response?.ok || mine !== asked) return;
  const at = document.activeElement?.closest("#conversations li")?.dataset.id;
  const kind = document.activeElement?.className;
  list.innerHTML = await response.text(); // made and escaped by the server, see webui/pages/conversations.py
  if (at) (list.querySelector(`[data-id="${at}"] .${kind}`) ?? document.querySelector("#new")).focus();
  document.querySelector("#found").textContent = words() ? list.querySelector(".none").textContent : "";
}

/** Brings the address and the list up to date when the server has opened another conversation or answers. */
function follow() {
  const id = held();
  if (id === null) return;
  const answers = Boolean(document.querySelector("#question .stop-button"));
  if (!arrived) {
    arrived = true;
    if (wanted()) {
      root.classList.add("arriving");
      setTimeout(() => root.classList.remove("arriving"), 1500);
      type("opened", wanted());
    }
    tell(wanted());
  } else if (id !== wanted()) {
    history.pushState(null, "", (id ? `/?c=${id}` : "/") + location.hash);
    tell(id);
  } else if (answers !== busy) {
    refresh();
  }
  busy = answers;
}

/** Says to the other scripts that a conversation is open now. */
function tell(id) {
  refresh();
  document.dispatchEvent(new CustomEvent("darash:opened", { detail: id }));
}

function watchSearch() {
  const form = document.querySelector("#find");
  on("input", "#find input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, TYPING);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.querySelector("#conversations a.conversation")?.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !words()) return;
    event.preventDefault();
    event.stopPropagation();
    form.reset();
    refresh();
  });
}

export function watchConversations() {
  on("click", "#conversations a.conversation", (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(new URL(link.href).searchParams.get("c"), link.dataset.turn);
  });
  on("click", "#new", () => {
    open("");
    document.querySelector("#question textarea")?.focus();
  });
  on("click", "#conversations .older", (button) => {
    most = button.dataset.most;
    refresh();
  });
  watchSearch();
  addEventListener("popstate", () => held() !== wanted() && type("opened", wanted()));
  // Another window may have changed the list meanwhile.
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  new MutationObserver(follow).observe(document.querySelector("#talk"), { childList: true, subtree: true });
}
