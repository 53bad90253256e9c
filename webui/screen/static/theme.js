/* Light or dark: what is chosen holds at once and is kept. Gradio follows: it knows the dark by a class of its own. */

import { on } from "/static/dom.js";

const root = document.documentElement;
const machine = matchMedia("(prefers-color-scheme: dark)");
const MEDIA = { "": "screen and (prefers-color-scheme: dark)", dark: "screen", light: "not all" };

/** Says to Gradio what holds; it looks only at the machine, and only when it begins and when that changes. */
function tell() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : machine.matches;
  if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
}

/** Shows the page in a theme and has it kept; "" is whatever the machine is set to. */
function choose(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  document.querySelector("#dark").media = MEDIA[theme];
  document.querySelector('meta[name="color-scheme"]').content = theme || "light dark";
  for (const button of document.querySelectorAll('.themes [name="theme"]')) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  tell();
  fetch("/theme", { method: "POST", body: new URLSearchParams({ theme }) });
}

export function watchTheme() {
  on("click", '.themes [name="theme"]', (button, event) => {
    event.preventDefault();
    choose(button.value);
  });
  machine.addEventListener("change", tell);
  new MutationObserver(tell).observe(document.body, { attributeFilter: ["class"] });
  tell();
}
