/* The pages of a document under each other: those beside the ones that are there are fetched when a reader comes near. */

const busy = new WeakSet();

/** Fetches the page before the first or behind the last one, where the reader is less than a screen away from it. */
export async function fetchNear(content) {
  const leaves = [...content.querySelectorAll(".leaf")];
  const { address } = content.dataset;
  if (!leaves.length || busy.has(content)) return;
  const below = content.scrollHeight - content.scrollTop - content.clientHeight;
  if (leaves.at(-1).dataset.next && below < content.clientHeight) {
    const leaf = await fetched(content, address, leaves.at(-1).dataset.next);
    if (leaf) leaves.at(-1).after(leaf);
  } else if (leaves[0].dataset.previous && content.scrollTop < content.clientHeight) {
    const leaf = await fetched(content, address, leaves[0].dataset.previous);
    if (!leaf) return;
    const before = content.scrollHeight;
    leaves[0].before(leaf);
    content.scrollTop += content.scrollHeight - before; // what is being read stays where it is
  } else {
    return;
  }
  await fetchNear(content);
}

async function fetched(content, address, page) {
  busy.add(content);
  const response = await fetch(`${address}?page=${page}`).catch(() => null);
  const text = response?.ok ? await response.text() : "";
  busy.delete(content);
  if (content.dataset.address !== address) return null; // another source was opened meanwhile
  const made = document.createElement("template");
  made.innerHTML = text; // made and escaped by the server, see webui/pages/leaf.py
  return made.content.firstElementChild;
}
