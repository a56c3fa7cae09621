/* Opens the definition of a hard word where the word stands. Without this script, or in a browser
   without popovers, the word stays a link to the glossary. */
const boxOf = (link) => document.getElementById(link.dataset.term);
let wasOpen = false;

// At the bottom of a small screen the box can cover the word: the page moves up until both are seen.
function keepInSight(link, box) {
  const word = link.getBoundingClientRect();
  const sheet = box.getBoundingClientRect();
  const overlaps = word.bottom > sheet.top && word.top < sheet.bottom && word.right > sheet.left && word.left < sheet.right;
  if (overlaps) window.scrollBy({ top: word.bottom - sheet.top + 12, behavior: "instant" });
}

if (HTMLElement.prototype.showPopover) {
  const markLinks = () => {
    for (const link of document.querySelectorAll("a[data-term]:not([aria-haspopup])")) {
      if (boxOf(link)) {
        link.setAttribute("aria-haspopup", "dialog");
        link.setAttribute("aria-expanded", "false");
      }
    }
  };
  markLinks();
  // A list was updated in place.
  document.addEventListener("htmx:afterRequest", markLinks);

  // A press outside closes the box before the click arrives: a second click must not open it again.
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest("a[data-term]");
    wasOpen = Boolean(link && boxOf(link)?.matches(":popover-open"));
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-term]");
    const box = link && boxOf(link);
    if (!box || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (wasOpen && event.detail) return;
    link.focus();
    try {
      box.showPopover({ source: link });
    } catch {
      box.showPopover();
    }
    keepInSight(link, box);
    link.setAttribute("aria-expanded", "true");
    box.addEventListener("toggle", function closed(change) {
      if (change.newState !== "closed") return;
      box.removeEventListener("toggle", closed);
      link.setAttribute("aria-expanded", "false");
      if (document.activeElement === document.body || box.contains(document.activeElement)) link.focus();
    });
  });
}
