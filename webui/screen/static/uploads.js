/* Uploads on their way: some at once, each with its line, one line that says how far all are, and what went wrong. */

import { make } from "/static/dom.js";

const AT_ONCE = 3;
const TRIES = 3;
const PAUSE = 2000;
const SHOWN = { failed: 100, there: 3 }; // lines of a kind before they are only counted

let run = null;

/** Whether files are on their way. */
export const uploading = () => run !== null;

/** Sends files to an address, after those on their way. `onTaken` is called when there is something new to see. */
export function upload(files, address, texts, onTaken) {
  run ??= begin(texts);
  run.onTaken = onTaken;
  run.waiting.push(...files.map((each) => ({ ...each, address })));
  run.total += files.length;
  for (const { file } of files) run.bytes += file.size;
  draw(texts);
  for (let free = AT_ONCE - run.workers; free > 0; free -= 1) work(run, texts);
}

/** Says something about an upload above the list: `kind` is `failed`, `there` or `note`. */
export function say(kind, name, sentence) {
  const list = document.querySelector("#documents .uploads");
  const said = list.querySelectorAll(`li.${kind}`).length;
  if (!(said >= SHOWN[kind])) {
    const row = make("li", { class: kind === "note" ? kind : `problem ${kind}` });
    if (name) row.append(make("bdi", { class: "name" }, name));
    row.append(make("span", { class: "state" }, sentence));
    list.append(row);
  } else {
    const more = list.querySelector(`li.more-${kind}`) ?? make("li", { class: `problem more-${kind}`, "data-count": "0" });
    more.dataset.count = Number(more.dataset.count) + 1;
    more.textContent = `${sentence} (+${more.dataset.count})`;
    list.append(more);
  }
}

/** The line of a file on its way: its name, and how much of it has been sent. */
function line(name, texts) {
  const bar = make("progress", { max: "1", value: "0", "aria-label": `${texts.uploading}: ${name}` });
  const state = make("span", { class: "state" });
  const row = make("li", { class: "on-its-way" }, make("bdi", { class: "name" }, name), state, bar);
  document.querySelector("#documents .uploads").prepend(row);
  const tell = (share) => {
    bar.value = share;
    state.textContent = texts.uploadShare.replace("{share}", Math.round(share * 100));
  };
  tell(0);
  return { tell, remove: () => row.remove() };
}

function begin(texts) {
  document.querySelector("#documents .uploads").replaceChildren();
  const stop = make("button", { type: "button" }, texts.uploadStop);
  const text = make("span", { class: "state", role: "status" });
  const bar = make("progress", { max: "1", value: "0", "aria-label": texts.uploading });
  document.querySelector("#documents .sending").replaceChildren(text, bar, stop);
  stop.addEventListener("click", () => end(texts.uploadStopped));
  addEventListener("beforeunload", warn);
  return { waiting: [], requests: new Map(), workers: 0, total: 0, done: 0, taken: 0, bytes: 0, sent: 0, text, bar };
}

const warn = (event) => event.preventDefault();

function draw(texts) {
  if (!run) return;
  run.text.textContent = told(texts.uploadTotal, run.done);
  const sent = [...run.requests.values()].reduce((sum, bytes) => sum + bytes, run.sent);
  run.bar.value = run.bytes ? sent / run.bytes : run.done / run.total;
}

const told = (sentence, done) => sentence.replace("{done}", done).replace("{total}", run.total);

/** Ends the uploads, whatever is still on its way, and says so. */
function end(sentence) {
  if (!run) return;
  const { requests, onTaken, total } = run;
  const line = make("p", { class: "state", role: "status" }, told(sentence, run.taken));
  document.querySelector("#documents .sending").replaceChildren(...(total > 1 ? [line] : []));
  removeEventListener("beforeunload", warn);
  run = null;
  for (const request of requests.keys()) request.abort();
  onTaken();
}

async function work(mine, texts) {
  mine.workers += 1;
  let item;
  while (run === mine && (item = mine.waiting.shift())) {
    await take(item, mine, texts);
    mine.done += 1;
    mine.sent += item.file.size;
    draw(texts);
  }
  mine.workers -= 1;
  if (run === mine && !mine.workers) end(texts.uploadEnded);
}

/** Sends one file, again when the connection was lost or the server asks to wait, and says what became of it. */
async function take(item, mine, texts) {
  let answer = null;
  for (let attempt = 1; run === mine && !answer && attempt <= TRIES; attempt += 1) {
    if (attempt > 1) await pause(PAUSE);
    answer = await send(item, mine, texts);
    while (run === mine && answer?.status === 429) { // the person's other windows upload too
      await pause(answer.wait);
      answer = await send(item, mine, texts);
    }
  }
  if (run !== mine) return;
  const taken = answer?.body?.files?.[0];
  if (answer?.status === 401) {
    say("failed", item.path, texts.signedOut);
    end(texts.uploadStopped);
  } else if (!answer || answer.status >= 400 || !taken?.id) {
    say("failed", item.path, answer ? (answer.body?.message ?? texts.uploadFailed) : texts.uploadLost);
  } else if (taken.new) {
    mine.taken += 1;
    if (mine.taken === 1) mine.onTaken(); // from then on the list looks after itself
  } else {
    say("there", item.path, texts.alreadyThere);
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** One request: its status, its JSON and how long to `wait` (RFC 9110, 10.2.3), or null when the connection was lost. */
function send({ file, path, address }, mine, texts) {
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append("path", path); // before the file, and not as its name: browsers change quotation marks in names
  form.append("file", file);
  mine.requests.set(request, 0);
  const row = line(path, texts);
  return new Promise((done) => {
    request.upload.addEventListener("progress", (event) => {
      mine.requests.set(request, Math.min(event.loaded, file.size));
      row.tell(event.total ? event.loaded / event.total : 1);
      draw(texts);
    });
    request.addEventListener("loadend", () => {
      mine.requests.delete(request);
      row.remove();
      const wait = 1000 * Number(request.getResponseHeader("retry-after")) || PAUSE;
      done(request.status ? { status: request.status, body: request.response, wait } : null);
    });
    request.responseType = "json";
    request.open("POST", address);
    request.send(form);
  });
}
