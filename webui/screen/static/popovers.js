/* Where a popover stands: at the button that opens it, towards the middle of the window; the focus goes into it. The
   browser does all else: closing by Escape and by a press elsewhere, and giving the focus back. */

const GAP = 4;

/** Places every popover before its button opens it. */
export function watchPopovers() {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[popovertarget]");
    if (!button) return;
    const box = button.getBoundingClientRect();
    const fromStart = getComputedStyle(button).direction === "rtl" ? innerWidth - box.right : box.left;
    const fromEnd = innerWidth - fromStart - box.width;
    const side = fromStart <= fromEnd ? ["insetInlineStart", fromStart] : ["insetInlineEnd", fromEnd];
    const below = box.top + box.bottom < innerHeight;
    const edge = below ? ["insetBlockStart", box.bottom] : ["insetBlockEnd", innerHeight - box.top];
    const { style } = document.getElementById(button.getAttribute("popovertarget"));
    style.inset = "auto";
    style[side[0]] = `${Math.max(GAP, side[1])}px`;
    style[edge[0]] = `${edge[1] + GAP}px`;
  });
  document.addEventListener("toggle", (event) => {
    if (event.newState === "open" && event.target.popover) event.target.querySelector("a, button, input").focus();
  }, { capture: true });
}
