/* What icons say of themselves (`data-tip`, see base.css) can be put away with Escape (WCAG 2.1, 1.4.13). */

export function watchTips() {
  const show = () => document.documentElement.classList.remove("no-tips");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.documentElement.classList.add("no-tips");
  });
  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
}
