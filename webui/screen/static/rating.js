/* Saying that an answer is good, or what is wrong with it. Pressing once more takes it back. */

import { on, toast } from "/static/dom.js";

const address = (turn) => `/api/turns/${turn}/opinion`;

function show(turn, pressed) {
  for (const button of document.querySelectorAll(`#chat .tool[data-turn="${turn}"][aria-pressed]`)) {
    button.setAttribute("aria-pressed", String(button.dataset.act === pressed));
  }
}

/** Says it to the server, and on the page when the server has it. */
async function send(turn, opinion, texts) {
  const body = opinion && JSON.stringify(opinion);
  const headers = { "content-type": "application/json" };
  const response = await fetch(address(turn), { method: opinion ? "PUT" : "DELETE", headers, body }).catch(() => null);
  if (!response?.ok) {
    toast(response?.status === 401 ? texts.signedOut : texts.opinionFailed);
    return;
  }
  show(turn, opinion && (opinion.good ? "good" : "bad"));
  if (opinion) toast(opinion.good ? texts.goodThanks : texts.badThanks);
}

export function watchRating(texts) {
  const dialog = document.querySelector("#opinion");
  const form = dialog.querySelector("form");
  let turn = "";

  on("click", '#chat :is([data-act="good"], [data-act="bad"])', (button) => {
    turn = button.dataset.turn;
    if (button.getAttribute("aria-pressed") === "true") send(turn, null, texts);
    else if (button.dataset.act === "good") send(turn, { good: true }, texts);
    else {
      form.reset();
      dialog.returnValue = "";
      dialog.showModal();
    }
  });
  dialog.addEventListener("close", () => {
    const said = new FormData(form);
    const opinion = { good: false, reasons: said.getAll("reason"), remark: said.get("remark") };
    if (dialog.returnValue === "send") send(turn, opinion, texts);
  });
}
