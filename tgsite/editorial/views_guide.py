"""The guide for editors, in the help menu: how a text is written, reviewed, published and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tgsite.editorial import minor, reminders, safety
from tgsite.editorial.models import entry_models
from tgsite.editorial.views_exchange import may_exchange


@dataclass(frozen=True)
class Section:
    """One section: its anchor, which names its template as well, and its heading."""

    key: str
    title: Promise

    @property
    def template(self) -> str:
        """Where its text is."""
        return f"editorial/guide/_{self.key}.html"


SECTIONS = (
    Section("way", _("How a text gets on the site")),
    Section("draft", _("Write a draft")),
    Section("sources", _("Tie facts to sources")),
    Section("checks", _("Read the checks")),
    Section("send", _("Send it to review")),
    Section("review", _("For reviewers: sign or send back")),
    Section("minor", _("Minor edits")),
    Section("safety", _("Safety: a notice, or off the site")),
    Section("dates", _("Publish or leave on a date")),
    Section("current", _("Keep texts current")),
    Section("history", _("History and comparing")),
    Section("wrong", _("When something goes wrong")),
    Section("exchange", _("Import and export")),
    Section("roles", _("Who may do what")),
)
# What the text says in numbers, from where the rules have it.
LIMITS = {
    "minor_words": minor.MOST_CHANGED_WORDS,
    "notice_words": safety.NOTICE_WORDS,
    "notice_days": safety.NOTICE_DAYS,
    "days_before_notice_ends": reminders.NOTICE_DAYS_BEFORE,
    "days_before_review": reminders.DAYS_BEFORE,
}


def intervals() -> str:
    """After how many months which kinds of entry are reviewed again, the shortest time first."""
    kinds: dict[int, list[str]] = {}
    for model in entry_models():
        names = kinds.setdefault(model.months_between_reviews, [])
        names.append(str(model._meta.verbose_name_plural))
    return ", ".join(
        gettext("after %(months)d months for %(kinds)s")
        % {"months": months, "kinds": get_text_list(names, gettext("and"))}
        for months, names in sorted(kinds.items())
    )


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """One page to read from top to bottom, for everybody who may enter the admin."""

    template_name = "editorial/guide.html"
    page_title = _("Guide for editors")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """None: it stands in a menu."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``sections`` in their order, ``limits`` by name, ``intervals`` in words, and whether to
        link the exchange.
        """
        return super().get_context_data(**kwargs) | {
            "sections": SECTIONS,
            "limits": LIMITS,
            "intervals": intervals(),
            "may_exchange": may_exchange(self.request.user),
        }
