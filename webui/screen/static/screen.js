/* The start of the page's scripts. Stands before Gradio's own in the page, so that Gradio finds the language of the page as its own. */

import { watchArranging } from "/static/arranging.js";
import { watchConversations } from "/static/conversations.js";
import { watchDocuments } from "/static/documents.js";
import { watchDrafts } from "/static/drafts.js";
import { watchGuide } from "/static/guide.js";
import { watchMenu } from "/static/menu.js";
import { watchPicker } from "/static/picker.js";
import { watchPopovers } from "/static/popovers.js";
import { watchShortcuts } from "/static/shortcuts.js";
import { watchSource } from "/static/source.js";
import { watchTalk } from "/static/talk.js";
import { watchTheme } from "/static/theme.js";
import { watchTips } from "/static/tips.js";
import { translate } from "/static/translation.js";
import { watchViews } from "/static/views.js";

const { lang } = document.documentElement;
for (const [name, value] of [["language", lang], ["languages", [lang]]]) {
  Object.defineProperty(navigator, name, { get: () => value, configurable: true });
}

const response = await fetch("/screen/texts.json");
const texts = await response.json();
translate(texts);
watchMenu();
watchTheme();
watchTips();
watchShortcuts();
watchPopovers();
watchDrafts();
watchPicker(texts.script);
watchConversations();
watchArranging(texts.script);
watchSource(texts.script);
watchTalk(texts.script);
watchDocuments(texts.script);
watchGuide(texts.script);
watchViews();
