/* The menu of the person who is signed in: closed by Escape and by a press elsewhere. */

export function watchMenu() {
  const menu = document.querySelector("#me");
  document.addEventListener("click", (event) => {
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
