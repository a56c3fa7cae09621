/* The list of content checks beside an edit form: its links open the field, “Check again” renews it. */

const panel = document.querySelector("[data-content-checks]");

function say(words) {
  const status = panel.querySelector("[data-checks-status]");
  if (status) status.textContent = words;
}

function rowPrefix(relation, key) {
  const form = document.getElementById("w-editor-form");
  for (const input of form.querySelectorAll(`input[name^="${relation}-"][name$="-key"]`)) {
    if (input.value === key) return input.name.slice(0, -"-key".length);
  }
  return null;
}

/* The element of the form that a problem is about: a field, else the row or the rows' panel. */
function place({ checkField: field, checkRelation: relation, checkRow: row }) {
  const prefix = row ? rowPrefix(relation, row) : null;
  if (row && !prefix) return null;
  const name = prefix ? `${prefix}-${field}` : field;
  const candidates = [
    field && document.getElementById(`id_${name}`),
    field && !row && document.querySelector(`[data-contentpath="${CSS.escape(field)}"]`),
    field && document.querySelector(`#w-editor-form [name="${CSS.escape(name)}"]`),
    prefix && document.getElementById(`inline_child_${prefix}`),
    relation && document.getElementById(`id_${relation}-ADD`),
    relation && document.getElementById(`id_${relation}-FORMS`),
  ];
  return candidates.find(Boolean) ?? null;
}

/* Tabs and folded panels around it are opened by their own buttons. */
function reveal(element) {
  for (let around = element; around; around = around.parentElement) {
    if (around.getAttribute("role") === "tabpanel" && around.hidden) {
      document.getElementById(around.getAttribute("aria-labelledby"))?.click();
    }
    if (around.matches("[data-panel]")) {
      around.querySelector('[data-panel-toggle][aria-expanded="false"]')?.click();
    }
  }
}

function focusable(element, around) {
  const inside = "input:not([type=hidden]), textarea, select, button, [contenteditable=true]";
  const visible = (one) => one.offsetParent !== null;
  if (element.matches(inside) && visible(element)) return element;
  return [...around.querySelectorAll(inside)].find(visible) ?? null;
}

/* A tab opens a moment after its button was pressed, and nothing hidden takes the focus. */
async function shown(element) {
  for (let frame = 0; frame < 60 && element.offsetParent === null; frame += 1) {
    await new Promise(requestAnimationFrame);
  }
}

async function go(link) {
  const element = place(link.dataset);
  if (!element) {
    say(panel.dataset.checksMissing);
    return;
  }
  const around = element.closest("[data-contentpath], [data-inline-panel-child]") ?? element;
  reveal(around);
  await shown(around);
  const target = focusable(element, around) ?? around;
  if (target === around) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}

async function refresh(address) {
  try {
    const response = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!response.ok) throw new Error(response.statusText);
    panel.innerHTML = await response.text();
    panel.querySelector("[data-checks-refresh]")?.focus();
    say(panel.dataset.checksDone);
  } catch {
    say(panel.dataset.checksFailed);
  }
}

panel?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  if ("checksRefresh" in link.dataset) {
    event.preventDefault();
    refresh(link.href);
  } else if ("checkField" in link.dataset) {
    event.preventDefault();
    go(link);
  }
});
