/* Some answers of several contradict those beside them: "I don't know" and "nothing found". Ticking
   one unticks what it contradicts. Without this script the list says that answers contradict each
   other, and leaves out "I don't know". */
const scope = (box) => box.closest(box.dataset.alone === "question" ? "fieldset" : "[role=group]");
const excludes = (alone, other) => Boolean(alone.dataset.alone) && scope(alone).contains(other);

// Before anyone else hears of the change: they are to find the boxes as they will be sent.
document.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked) return;
  for (const other of target.closest("fieldset")?.querySelectorAll("input:checked") ?? []) {
    if (other !== target && (excludes(target, other) || excludes(other, target))) other.checked = false;
  }
}, true);
