/* Small words for the page: events caught at the document, because Gradio may draw its parts again at any time. */

/** Runs `action(element, event)` for events inside an element that matches. */
export function on(type, selector, action) {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element && event.target.closest(selector);
    if (element) action(element, event);
  });
}

/** Makes an element; what stands in `content` is text or elements, never HTML. */
export function make(tag, attributes, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** Asks in a dialog, with the words of its two buttons, and answers whether the first was pressed. */
export function confirmed(question, explanation, yes, no) {
  const cancel = make("button", { type: "submit", value: "" }, no);
  const agree = make("button", { type: "submit", value: "yes", class: "danger" }, yes);
  const form = make("form", { method: "dialog" }, make("h2", {}, question), make("p", {}, explanation), agree, cancel);
  const dialog = make("dialog", { class: "ask" }, form);
  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}

const TOAST_MS = 7000;

/** Says in passing what was done. `action` is `{ label, run }`, such as undoing it; it goes away by itself, but not under the pointer. */
export function toast(text, action = null) {
  const line = make("div", { class: "toast" }, make("span", {}, text));
  let timer = 0;
  const leave = () => line.remove();
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, TOAST_MS);
  };
  if (action) {
    const button = make("button", { type: "button" }, action.label);
    button.addEventListener("click", () => {
      leave();
      action.run();
    });
    line.append(button);
  }
  for (const type of ["pointerenter", "focusin"]) line.addEventListener(type, () => clearTimeout(timer));
  for (const type of ["pointerleave", "focusout"]) line.addEventListener(type, wait);
  document.querySelector("#toasts").replaceChildren(line);
  wait();
}

/** Puts a value into one of Gradio's text boxes; into one that is not drawn yet, as soon as it is. */
export function fill(id, value, sent = false) {
  const box = document.querySelector(`#${id} textarea`);
  if (!box) {
    setTimeout(() => fill(id, value, sent), 50);
    return;
  }
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (sent) box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
}

/** Hands a value to Gradio by typing it, and Enter, into one of its hidden text boxes. */
export function type(id, value) {
  fill(id, value, true);
}
