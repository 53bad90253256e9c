/* The scripts of our own pages: the menu of the person, and texts to copy. A page works without them. */

import { watchMenu } from "/static/menu.js";

watchMenu();

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".copy input")) event.target.select();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = button.parentElement.querySelector("input");
  field.select();
  // The clipboard is there on https and on localhost alone; the command is there everywhere.
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
  button.textContent = button.dataset.done;
});
