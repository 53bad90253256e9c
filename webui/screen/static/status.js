/* The page of the state: what changes by itself there is asked for again, as long as somebody looks at it. */

import "/static/page.js";

const EVERY = 5000;

const now = document.querySelector("#now");

async function renew() {
  if (document.hidden || now.contains(document.activeElement)) return; // nobody looks, or somebody stands in it
  const answer = await fetch(now.dataset.from).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const html = await answer.text();
  if (now.contains(document.activeElement) || now.querySelector("details[open]")) return;
  now.innerHTML = html;
}

setInterval(renew, EVERY);
