/* The scripts of our own pages: the menu of the person, texts to copy, what ticks what. A page works without them. */

import { watchMenu } from "/static/menu.js";
import { watchTheme } from "/static/theme.js";
import { watchTips } from "/static/tips.js";

watchMenu();
watchTheme();
watchTips();

document.addEventListener("focusin", (event) => {
  if (event.target.matches(".copy input")) event.target.select();
});

// Who chooses in a list that belongs to a tick means that tick.
document.addEventListener("change", (event) => {
  const tick = document.getElementById(event.target.dataset.ticks);
  if (tick) tick.checked = Boolean(event.target.value);
});

document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

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
