/* Shows a drawing in steps one step at a time, to those who ask for it. Nothing moves by itself.
   Without this script, and on paper, all steps stand one below the other. */
for (const figure of document.querySelectorAll("[data-steps]")) {
  const part = (name) => figure.querySelector(`[data-steps-${name}]`);
  const [bar, start, walk, place, status] = ["bar", "start", "walk", "place", "status"].map(part);
  const [back, next] = [part("back"), part("next")];
  const steps = [...part("list").children];
  let current = 0;

  // A button at its end stays in the order of the keyboard: the focus is not lost on the way.
  const markEnd = (button, atEnd) => button.setAttribute("aria-disabled", String(atEnd));

  function show(number) {
    if (!steps[number]) return;
    current = number;
    for (const [other, step] of steps.entries()) step.hidden = other !== number;
    markEnd(back, number === 0);
    markEnd(next, number === steps.length - 1);
    place.textContent = place.dataset.stepsPlace.replace("%n%", number + 1).replace("%all%", steps.length);
    status.textContent = `${place.textContent}. ${steps[number].querySelector("p").textContent}`;
  }

  function showAll() {
    for (const step of steps) step.hidden = false;
    status.textContent = "";
  }

  function swap(isWalking) {
    walk.hidden = !isWalking;
    start.hidden = isWalking;
    (isWalking ? next : start).focus();
  }

  start.addEventListener("click", () => {
    show(0);
    swap(true);
  });
  back.addEventListener("click", () => show(current - 1));
  next.addEventListener("click", () => show(current + 1));
  part("all").addEventListener("click", () => {
    showAll();
    swap(false);
  });
  bar.hidden = false;
}
