/* The text of a page beside its image: a word that is pressed is marked on the other side. */

const paper = document.querySelector(".paper");
const words = [...document.querySelectorAll("[data-box]")];
const boxes = new Map(words.map((word) => [word, word.dataset.box.split(" ").map(Number)]));
const mark = document.createElement("span");
mark.className = "box";

function show(word) {
  for (const other of words) other.classList.toggle("marked", other === word);
  const [left, top, width, height] = boxes.get(word);
  Object.assign(mark.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  paper.append(mark);
}

document.addEventListener("click", (event) => {
  const word = event.target.closest("[data-box]");
  if (word) {
    show(word);
    mark.scrollIntoView({ block: "nearest" });
  } else if (paper?.contains(event.target)) {
    const { left, top, width, height } = paper.getBoundingClientRect();
    const [x, y] = [(100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height];
    const hit = words.find((each) => {
      const box = boxes.get(each);
      return x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3];
    });
    if (!hit) return;
    show(hit);
    hit.scrollIntoView({ block: "nearest" });
  }
});
