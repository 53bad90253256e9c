/* The menu of the person who is signed in: closed by Escape, by a press elsewhere and by going somewhere. */

export function watchMenu() {
  const menu = document.querySelector("#me");
  document.addEventListener("click", (event) => {
    if (menu && !(menu.contains(event.target) && !event.target.closest("a"))) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
