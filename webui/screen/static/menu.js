/* The menu of the person who is signed in: fetched, put in its place, closed by Escape and by a click elsewhere. */

/** Fills `#me`, whenever the page has one, and says on the root what the person's role is, for the styles. */
export async function watchMenu() {
  const response = await fetch("/me");
  if (!response.ok) return;
  const menu = new DOMParser().parseFromString(await response.text(), "text/html").body.firstElementChild;
  document.documentElement.dataset.role = menu.dataset.role;
  const put = () => {
    const place = document.querySelector("#me");
    if (place && !place.contains(menu)) place.replaceChildren(menu);
  };
  new MutationObserver(put).observe(document.body, { childList: true, subtree: true });
  put();
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
