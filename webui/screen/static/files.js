/* Which files somebody has chosen or dropped: folders are opened, hidden and temporary files are left out. */

const HIDDEN = /^(\.|~\$|__macosx$|thumbs\.db$|desktop\.ini$)|\.tmp$|~$/i;

/** The files of a file input, each with where it was: `folder/name`, or its name alone. */
export const chosen = (input) => [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

/** The files of a drop, with everything inside of dropped folders. */
export async function dropped(transfer) {
  // All of them are asked for before the first wait: after it the browser has emptied the list.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  return (await Promise.all(entries.map(inside))).flat();
}

/** The files of an entry of the browser's file system; what cannot be read is no file of ours. */
async function inside(entry) {
  if (entry instanceof File) return [{ file: entry, path: entry.name }];
  try {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => entry.file(done, failed));
      return [{ file, path: entry.fullPath.slice(1) }];
    }
    const found = [];
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed)); // a hundred at most
      if (!some.length) return found;
      for (const each of some) found.push(...(await inside(each)));
    }
  } catch {
    return [];
  }
}

/** Whether a file is none that people wrote: a lock file of Word, the notes of a file manager. */
export const isHidden = ({ path }) => path.split("/").some((part) => HIDDEN.test(part));
