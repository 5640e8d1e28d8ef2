// Everything here is an extra: each page works with this file blocked.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Leave the site: hide the page at once and replace its entry in the history.
const exits = all("[data-exit]");

function leave(event) {
  event?.preventDefault();
  document.documentElement.hidden = true;
  location.replace(exits[0].href);
}

// Shift pressed three times within five seconds does the same.
let presses = [];

function countShift({ key, timeStamp }) {
  if (key !== "Shift") {
    presses = [];
    return;
  }
  presses = [...presses.filter((press) => timeStamp - press < 5000), timeStamp];
  if (presses.length === 3) leave();
}

if (exits.length) {
  for (const exit of exits) exit.addEventListener("click", leave);
  addEventListener("keyup", countShift);
  // The Back button must not bring a hidden or answered page back from memory.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}

// Characters left: shown at each key, read out after a pause.
function watchLength(area) {
  const note = document.getElementById(`${area.id}-count`);
  let pause;

  function show() {
    const left = area.dataset.count - [...area.value].length;
    const sentence = left < 0 ? note.dataset.over : note.dataset.left;
    note.textContent = sentence.replace("#", Math.abs(left));
    note.classList.toggle("count-over", left < 0);
  }

  area.addEventListener("input", () => {
    note.removeAttribute("aria-live");
    show();
    clearTimeout(pause);
    pause = setTimeout(() => {
      note.setAttribute("aria-live", "polite");
      note.textContent += "\u00a0";
    }, 900);
  });
  if (area.value) show();
}

all("[data-count]").forEach(watchLength);

// A form that comes back with errors starts at its error summary.
document.querySelector("[data-focus]")?.focus();

// The language menu closes on Escape and on a press elsewhere.
for (const menu of all(".language-menu")) {
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
}
