/* Offers names while one types in a search box: a combobox with a list of links that the arrow keys
   walk through (ARIA 1.2). Without this script the box is a plain form. Nothing is stored. */
const PAUSE = 120;
const FEWEST_LETTERS = 2;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let options = [];
  let chosen = -1;
  let timer;
  let request;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    list.replaceChildren();
    options = [];
    choose(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function choose(number) {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = number;
    const option = options[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function optionOf(item) {
    const option = element("a", "search-box__offer", item.label);
    option.href = item.url;
    option.id = `${list.id}-${options.length}`;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (item.note) option.append(element("span", "search-box__note", ` ${item.note}`));
    options.push(option);
    return option;
  }

  function show(groups) {
    close();
    for (const [number, group] of groups.entries()) {
      const part = element("div", "search-box__group", "");
      const heading = element("span", "search-box__heading", group.label);
      heading.id = `${list.id}-group-${number}`;
      part.setAttribute("role", "group");
      part.setAttribute("aria-labelledby", heading.id);
      part.append(heading, ...group.items.map(optionOf));
      list.append(part);
    }
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const { one, many } = status.dataset;
    status.textContent = options.length > 1 ? many.replace("%n%", options.length) : options.length ? one : "";
  }

  async function ask() {
    const words = input.value.trim();
    if (words.length < FEWEST_LETTERS) return close();
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, {
        cache: "no-store",
        signal: request.signal,
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const { groups } = await answer.json();
      if (document.activeElement === input && input.value.trim() === words) show(groups);
    } catch (error) {
      if (error.name === "AbortError") return;
      close();
      status.textContent = status.dataset.failed;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const last = options.length - 1;
    if (event.key === "ArrowDown" && last >= 0) choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowDown" && !event.altKey) ask();
    else if (event.key === "ArrowUp" && last >= 0) choose(chosen === -1 ? last : chosen - 1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && options[chosen]) options[chosen].click();
    else return;
    event.preventDefault();
  });

  // A press on an offer takes the focus from the box before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
}
