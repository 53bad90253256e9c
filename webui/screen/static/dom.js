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

/** Hands a value to Gradio by typing it, and Enter, into one of its hidden text boxes. */
export function type(id, value) {
  const box = document.querySelector(`#${id} textarea`);
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true }));
}
