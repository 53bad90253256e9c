/* Gradio's own words that stand in its code in English: names of its buttons and parts, for eyes and for screen readers. */

const NAMES = ["aria-label", "title", "placeholder", "alt"];

export function translate({ gradio, prefixes }) {
  const translated = (text) => {
    if (Object.hasOwn(gradio, text)) return gradio[text];
    const prefix = Object.keys(prefixes).find((start) => text.startsWith(start));
    return prefix ? prefixes[prefix].replace("{rest}", text.slice(text.indexOf(": ") + 2)) : null;
  };
  const change = (element) => {
    for (const name of NAMES) {
      const said = element.getAttribute(name);
      const ours = said !== null && translated(said);
      if (ours && ours !== said) element.setAttribute(name, ours); // else we would be told of it again without end
    }
    // The buttons beside the question are icons without a name.
    if (element.dataset?.testid === "submit-button" && !element.ariaLabel) element.ariaLabel = gradio.Submit;
  };
  const changeAll = (element) => {
    change(element);
    for (const inner of element.querySelectorAll("[aria-label], [title], [placeholder], [alt], [data-testid]")) {
      change(inner);
    }
  };
  changeAll(document.body);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") change(target);
      for (const node of addedNodes) if (node instanceof Element) changeAll(node);
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: NAMES });
}
