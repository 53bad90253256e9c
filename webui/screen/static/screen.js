/* The start of the page's scripts. Stands before Gradio's own in the page, so that Gradio finds Hebrew as its language. */

import { watchConversations } from "/static/conversations.js";
import { watchDocuments } from "/static/documents.js";
import { watchMenu } from "/static/menu.js";
import { watchSource } from "/static/source.js";
import { watchTalk } from "/static/talk.js";
import { translate } from "/static/translation.js";
import { watchViews } from "/static/views.js";

for (const [name, value] of [["language", "he"], ["languages", ["he"]]]) {
  Object.defineProperty(navigator, name, { get: () => value, configurable: true });
}
document.documentElement.lang = "he";
document.documentElement.dir = "rtl";

const response = await fetch("/screen/texts.json");
const texts = await response.json();
translate(texts);
watchViews();
watchMenu();
watchConversations(texts.script);
watchSource(texts.script);
watchTalk(texts.script);
watchDocuments(texts.script);
