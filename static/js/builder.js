// Dragging a question or a section sends the form that its buttons send.

const parts = [...document.querySelectorAll("[data-drag]")].filter(formOf);
let dragged = null;

function formOf(part) {
  return part.querySelector(`form[data-part="${part.id.slice("part-".length)}"]`);
}

function place(part, before) {
  const form = formOf(part);
  for (const [name, value] of [["move", "place"], ["before", before]]) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.submit();
}

// A question goes in front of another, or to the end of a section; a section in front of another.
function target(part) {
  if (!dragged || part === dragged || dragged.contains(part)) return false;
  return dragged.dataset.drag === "question" || part.dataset.drag === "section";
}

for (const part of parts) {
  const handle = part.querySelector("p, h2");
  handle.draggable = true;
  handle.classList.add("drag-handle");
  handle.addEventListener("dragstart", (event) => {
    event.stopPropagation();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", part.id);
    dragged = part;
  });
  handle.addEventListener("dragend", () => {
    dragged = null;
    part.classList.remove("drag-over");
  });
  part.addEventListener("dragover", (event) => {
    if (!target(part)) return;
    event.preventDefault();
    event.stopPropagation();
    part.classList.add("drag-over");
  });
  part.addEventListener("dragleave", () => part.classList.remove("drag-over"));
  part.addEventListener("drop", (event) => {
    if (!target(part)) return;
    event.preventDefault();
    event.stopPropagation();
    place(dragged, part.id.slice("part-".length));
  });
}
