// Extras for some kinds of questions: every form works and sends the same without this file.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const filled = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (_gap, name) => words[name]);

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Put in order: a list with buttons in place of a list of places beside each choice.
function rank(frame) {
  const { dataset: words } = frame;
  const fields = all("select", frame);
  const status = made("p", { className: "hint" });
  const list = made("ol", { className: "ranked" });
  status.setAttribute("aria-live", "polite");

  const place = (field) => Number(field.value) || fields.length + 1;
  const items = fields.map((field) => ({ field, place: place(field) }));
  items.sort((one, other) => one.place - other.place);

  function write(isKept) {
    const inOrder = [...list.children];
    for (const item of items) item.field.value = isKept ? inOrder.indexOf(item.row) + 1 : "";
  }

  function show() {
    const isKept = fields.some((field) => field.value);
    status.textContent = isKept ? words.kept : words.open;
    agree.hidden = isKept;
    undo.hidden = !isKept;
    all("button", list).forEach((button) => {
      const row = button.closest("li");
      const next = button.isUp ? row.previousElementSibling : row.nextElementSibling;
      button.setAttribute("aria-disabled", String(!next));
    });
  }

  function move(item, button) {
    const other = button.isUp ? item.row.previousElementSibling : item.row.nextElementSibling;
    if (!other) return;
    if (button.isUp) other.before(item.row);
    else other.after(item.row);
    button.focus(); // A row that is moved loses the focus.
    write(true);
    show();
    const now = [...list.children].indexOf(item.row) + 1;
    status.textContent = filled(words.moved, { choice: item.text, place: now });
    frame.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function mover(item, isUp) {
    const name = made("span", { className: "visually-hidden", textContent: `: ${item.text}` });
    const className = `button button-quiet button-small ${isUp ? "move-up" : "move-down"}`;
    const button = made("button", { type: "button", className, isUp }, isUp ? words.up : words.down, name);
    button.addEventListener("click", () => move(item, button));
    return button;
  }

  function settle(text, isKept, other) {
    const button = made("button", { type: "button", className: "button button-quiet", textContent: text });
    button.addEventListener("click", () => {
      write(isKept);
      show();
      other().focus();
      frame.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  }

  const agree = settle(words.agree, true, () => undo);
  const undo = settle(words.undo, false, () => agree);
  for (const item of items) {
    const label = item.field.labels[0];
    item.text = label.textContent;
    const shown = made("span", { className: "ranked-text" }, ...label.cloneNode(true).childNodes);
    item.row = made("li", {}, shown, mover(item, true), mover(item, false));
    list.append(item.row);
    item.field.parentElement.hidden = true;
  }
  // Where an error leads: the first button takes the place of the first field.
  const { id } = fields[0];
  fields[0].removeAttribute("id");
  list.querySelector("button").id = id;
  frame.append(list, status, made("div", { className: "row" }, agree, undo));
  show();
}

all("[data-ranking]").forEach(rank);

// Points to share out: how many are left, read out after a pause.
function countPoints(frame) {
  const note = frame.querySelector(".count");
  let pause;

  function show() {
    const points = all("input", frame).map((field) => Number(field.value) || 0);
    const left = frame.dataset.points - points.reduce((sum, each) => sum + each, 0);
    note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("#", Math.abs(left));
    note.classList.toggle("count-over", left < 0);
  }

  frame.addEventListener("input", () => {
    note.removeAttribute("aria-live");
    show();
    clearTimeout(pause);
    pause = setTimeout(() => {
      note.setAttribute("aria-live", "polite");
      note.textContent += "\u00a0";
    }, 900);
  });
  show();
}

all("[data-points]").forEach(countPoints);

// "Prefer not to say" goes when somebody says something after all.
for (const box of all("[data-instead]")) {
  box.closest(".field").addEventListener("input", ({ target }) => {
    if (!target.matches("[data-instead]") || (target !== box && target.checked)) box.checked = false;
  });
}

// The map and the list say the same.
for (const map of all("[data-map]")) {
  const list = map.closest(".field").querySelector("select");
  map.addEventListener("change", () => { list.value = ""; });
  list.addEventListener("change", () => {
    for (const tile of all("input", map)) tile.checked &&= !list.value;
  });
}
