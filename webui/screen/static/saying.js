/* The one line that is read out to people who do not see the page: when an answer begins, when it ends, what was copied. */

import { make } from "/static/dom.js";

const line = make("p", { class: "unseen", role: "status" });

export function watchSaying() {
  document.body.append(line);
}

/** Says a sentence once. */
export function say(sentence) {
  line.textContent = sentence;
}
