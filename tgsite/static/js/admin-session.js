// A form of the admin is sent only while its editor is signed in, so that no text is lost when
// the session ended or the site does not answer. Without this script the server keeps the text.

const form = document.getElementById("w-editor-form");
const notices = document.getElementById("session-notices");
// Milliseconds; the rich text editor writes what is typed into the form a moment late.
const PAUSE = 400;
let shown = null;
let isSending = false;

/** Show one notice over the form in place of the one before; none for an empty name. */
function show(name) {
  if (shown?.dataset.notice === name) return;
  shown?.remove();
  const found = name && notices.content.querySelector(`[data-notice="${name}"]`);
  shown = found ? document.importNode(found, true) : null;
  if (shown) form.prepend(shown);
  shown?.scrollIntoView({ block: "center" });
}

/** Whether the editor is signed in; then the form gets a token that counts. */
async function renew() {
  let answer;
  try {
    answer = await fetch(notices.dataset.address, {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      redirect: "manual",
      cache: "no-store",
    });
  } catch {
    show("unreachable");
    return false;
  }
  if (answer.status >= 500) {
    show("unreachable");
    return false;
  }
  if (!answer.ok) {
    show("signed-out");
    return false;
  }
  const { csrf_token: token } = await answer.json();
  form.elements.namedItem("csrfmiddlewaretoken").value = token;
  return true;
}

/** The admin disables the button that was pressed: carry its name, and let it be pressed again. */
async function submit(button) {
  const isSignedIn = await renew();
  if (!isSignedIn) {
    if (button) {
      button.disabled = false;
      button.dataset.wProgressLoadingValue = "false";
    }
    return;
  }
  show("");
  if (button?.name) {
    const pressed = document.createElement("input");
    pressed.type = "hidden";
    pressed.name = button.name;
    pressed.value = button.value;
    form.append(pressed);
  }
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  isSending = true;
  form.requestSubmit();
}

async function lookAgain() {
  if (document.hidden || !shown || shown.dataset.notice === "signed-in") return;
  if (await renew()) show("signed-in");
}

if (form && notices && form.method === "post") {
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || isSending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      submit(event.submitter);
    },
    { capture: true },
  );
  document.addEventListener("w-autosave:error", renew);
  document.addEventListener("visibilitychange", lookAgain);
  window.addEventListener("focus", lookAgain);
}
