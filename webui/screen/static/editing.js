/* Editing a question where it stands, and asking it anew. The answer that was given stays, as another branch. */

import { make, on, type } from "/static/dom.js";

let open = null; // { form, row, turn }: the question that is being edited

function close() {
  if (!open) return;
  const { form, row, turn } = open;
  open = null;
  const focused = form.contains(document.activeElement);
  form.remove();
  row.classList.remove("edited");
  if (focused) row.querySelector(`[data-act="edit"][data-turn="${turn}"]`)?.focus();
}

/** Called whenever something was drawn: Gradio may have put another question into the row, or an answer may be written. */
export function lookAtEditing() {
  if (!open) return;
  const stands = open.row.isConnected && open.row.querySelector(`.asked[data-turn="${open.turn}"]`);
  if (!stands || document.documentElement.classList.contains("answering")) close();
}

/** The question as it was asked, a line for each of its paragraphs. */
const textOf = (asked) => [...asked.children].map((line) => line.textContent).join("\n");

function fit(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

export function watchEditing(texts) {
  function edit(button) {
    close();
    const row = button.closest(".user-row");
    const { turn } = button.dataset;
    const asked = textOf(row.querySelector(".asked"));
    const box = make("textarea", { "aria-label": texts.editQuestion, maxlength: "4000", rows: "1", dir: "auto" });
    const agree = make("button", { type: "submit", class: "primary" }, texts.askEdited);
    const cancel = make("button", { type: "button" }, texts.cancelEdit);
    const form = make("form", { class: "editing" }, box, make("p", {}, texts.editHint), agree, cancel);
    box.value = asked;
    const send = () => {
      const question = box.value.trim();
      if (question && question !== asked) type("edited", JSON.stringify({ turn, question }));
      close();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send();
    });
    cancel.addEventListener("click", close);
    box.addEventListener("input", () => fit(box));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        close();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        send();
      }
    });
    row.append(form);
    row.classList.add("edited");
    open = { form, row, turn };
    fit(box);
    box.focus();
    box.setSelectionRange(asked.length, asked.length);
  }

  on("click", '#chat [data-act="edit"]', edit);
}
