/* What can be done with a conversation in the list: pin, rename and delete it. Sharing is a page of its own. */

import { held, open, refresh } from "/static/conversations.js";
import { make, on, toast } from "/static/dom.js";

/** Sends a change of a conversation; says so where it was not made. */
async function changed(texts, id, method, change = undefined, path = "") {
  const body = change && { body: JSON.stringify(change), headers: { "content-type": "application/json" } };
  const response = await fetch(`/api/conversations/${id}${path}`, { method, ...body }).catch(() => null);
  if (!response?.ok) toast(response?.status === 401 ? texts.signedOut : texts.changeFailed);
  return Boolean(response?.ok);
}

async function remove(texts, id) {
  const wasOpen = held() === id;
  if (!(await changed(texts, id, "DELETE"))) return;
  if (wasOpen) open("");
  else refresh();
  const restore = async () => {
    if (!(await changed(texts, id, "POST", undefined, "/restore"))) return;
    if (wasOpen) open(id);
    else refresh();
  };
  toast(texts.conversationDeleted, { label: texts.undo, run: restore });
}

/** Puts a field in place of the title: Enter or leaving it keeps what stands there, Escape what stood there before. */
function rename(texts, item) {
  const { id, title } = item.dataset;
  const field = make("input", { value: title, maxlength: "200", "aria-label": texts.newTitle, dir: "auto" });
  const form = make("form", { class: "rename" }, field);
  let done = false;
  const end = async (keep) => {
    if (done) return;
    done = true;
    const name = field.value.trim();
    if (keep && name && name !== title) await changed(texts, id, "PATCH", { title: name });
    form.remove();
    await refresh();
    document.querySelector(`#conversations [data-id="${id}"] .conversation`)?.focus();
  };
  item.replaceChildren(form);
  field.select();
  field.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    end(true);
  });
  field.addEventListener("blur", () => end(true));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation(); // no shortcut of the page is meant
    if (event.key === "Escape") end(false);
  });
}

export function watchArranging(texts) {
  const acts = document.querySelector("#acts");
  let item = null;
  on("click", "#conversations button.more", (button) => {
    item = button.closest("li");
    acts.querySelector(".pin").textContent = "pinned" in item.dataset ? texts.unpin : texts.pin;
    acts.querySelector(".share").href = `/share/${item.dataset.id}`;
  });
  on("click", "#acts button", async (button) => {
    acts.hidePopover();
    if (button.matches(".rename")) rename(texts, item);
    else if (button.matches(".remove")) remove(texts, item.dataset.id);
    else if (await changed(texts, item.dataset.id, "PATCH", { pinned: !("pinned" in item.dataset) })) refresh();
  });
}
