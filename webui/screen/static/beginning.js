/* What stands in place of a conversation before its first question: fetched, since it depends on what there is to search. */

let empty = null;

const begin = () => document.querySelector("#begin");

async function fetchIt() {
  const response = await fetch("/talk/begin").catch(() => null);
  if (response?.ok) begin().innerHTML = await response.text(); // made and escaped by the server, see webui/pages/beginning.py
}

/** Called whenever something was drawn: a conversation may have been left for a new one. */
export function lookAtBeginning() {
  const before = empty;
  empty = !document.querySelector("#chat .message-row");
  if (empty && before === false) fetchIt();
}

export function watchBeginning() {
  if (!new URLSearchParams(location.search).get("c")) fetchIt();
  document.addEventListener("darash:view", ({ detail }) => detail === "talk" && empty && fetchIt());
}
