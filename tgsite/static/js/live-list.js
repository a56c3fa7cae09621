/* What htmx leaves to do for a list that updates in place: addresses without empty answers, a form
   that does not move under the finger, and words for the ear and for a failed request. */
const form = document.querySelector("form[data-live]");
const status = document.getElementById("live-status");
const failed = document.getElementById("live-failed");
let changed = form;
let height = 0;

form.addEventListener("change", ({ target }) => { changed = target; });

form.addEventListener("htmx:configRequest", ({ detail: { formData } }) => {
  const given = [...formData];
  for (const [name] of given) formData.delete(name);
  for (const [name, value] of given) if (value) formData.append(name, value);
});

// What stands above the form can grow or shrink.
document.addEventListener("htmx:beforeSwap", () => { height = changed.getBoundingClientRect().top; });

form.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful) return;
  window.scrollBy({ top: changed.getBoundingClientRect().top - height, behavior: "instant" });
  failed.hidden = true;
  status.textContent = document.querySelector("[data-live-count]")?.textContent.trim() ?? "";
});

function sayThatItFailed() {
  failed.hidden = false;
  status.textContent = failed.textContent;
}
for (const name of ["responseError", "sendError", "timeout"]) form.addEventListener(`htmx:${name}`, sayThatItFailed);

// The button loads the page anew: an answer on its way would come too late.
form.addEventListener("submit", () => {
  form.dispatchEvent(new CustomEvent("htmx:abort", { bubbles: true, detail: {} }));
});
