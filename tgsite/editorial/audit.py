"""What the history and the audit log say of our own actions."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

# Action -> its name in filters, its message, and the key of the words that belong to it.
ACTIONS: dict[str, tuple[Promise, Promise, str]] = {
    "editorial.review-refused": (
        gettext_lazy("Refuse a decision"),
        gettext_lazy("A decision on the review was refused"),
        "reason",
    ),
    "editorial.ignore-link": (gettext_lazy("Ignore a link"), gettext_lazy("Link ignored"), ""),
    "editorial.stop-ignoring-link": (
        gettext_lazy("Stop ignoring a link"),
        gettext_lazy("Link no longer ignored"),
        "",
    ),
    "editorial.nothing-to-mend": (
        gettext_lazy("Nothing to mend"),
        gettext_lazy("Read again after another entry changed; nothing to change"),
        "source",
    ),
    "editorial.notice": (
        gettext_lazy("Put a safety notice"),
        gettext_lazy("Put a safety notice on the page"),
        "text",
    ),
    "editorial.notice-ok": (
        gettext_lazy("Confirm a safety notice"),
        gettext_lazy("Confirmed the safety notice"),
        "by",
    ),
    "editorial.notice-off": (
        gettext_lazy("Remove a safety notice"),
        gettext_lazy("Removed the safety notice"),
        "text",
    ),
    "editorial.off": (
        gettext_lazy("Take off the site"),
        gettext_lazy("Took it off the site"),
        "reason",
    ),
    "editorial.lock-released": (
        gettext_lazy("Release a lock"),
        gettext_lazy("Released the lock of someone who no longer edits"),
        "holder",
    ),
    "editorial.import": (gettext_lazy("Import"), gettext_lazy("Taken from a file"), "file"),
}


def register(actions: LogActionRegistry) -> None:
    """Name each action; Wagtail wants a class for each."""
    for action, (label, message, key) in ACTIONS.items():
        values = {"label": label, "message": message, "key": key}
        actions.register_action(action)(type("EditorialFormatter", (_WithWords,), values))


class _WithWords(LogFormatter):
    """The message, and after a colon the words that were written or the name that was given."""

    key = ""

    def format_message(self, log_entry: Any) -> str:
        words = (log_entry.data or {}).get(self.key, "")
        if not words:
            return str(self.message)
        return _("%(done)s: %(words)s") % {"done": self.message, "words": words}
