"""The page of the admin that shows what each role may do, read from the rights as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tgsite.editorial.models import entry_models
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

# Codenames of a group's permissions, the group's name -> whether it has the right.
Test = Callable[[set[str], str], bool]


def _on_entries(action: str) -> Test:
    wanted = {f"{action}_{model._meta.model_name}" for model in entry_models()}
    return lambda codes, _name: wanted <= codes


def _on(codename: str) -> Test:
    return lambda codes, _name: codename in codes


def _is(role: str) -> Test:
    return lambda _codes, name: name == role


def _rights() -> list[tuple[Any, Test, bool]]:
    """Each right in words, who of a group has it, whether administrators have it."""
    return [
        (_("Read drafts, history, comparisons and reports"), _on_entries("view"), True),
        (_("Write and edit drafts"), _on_entries("change"), True),
        (_("Send a draft to clinical review"), _on_entries("change"), True),
        (_("Sign a text or send it back; never one they wrote or sent"), _is(REVIEWER), False),
        (_("Confirm a colleague's safety notice"), _is(REVIEWER), False),
        (_("Take any text out of review"), _is(MANAGER), True),
        (_("Publish a minor edit, where nothing medical changes"), _on_entries("publish"), True),
        (
            _("Publish again what a clinician signed, set and cancel a date"),
            _on_entries("publish"),
            True,
        ),
        (
            _("Put a safety notice on a page, take a page off the site"),
            _on_entries("publish"),
            True,
        ),
        (_("Publish a medical change without a clinician"), lambda _codes, _name: False, False),
        (_("Free an entry that a colleague has locked"), _on_entries("unlock"), True),
        (_("People and medicines not covered"), _on("change_contributor"), True),
        (_("Texts of the site"), _on("change_sitesettings"), True),
        (_("Accounts and roles"), _on("change_user"), True),
    ]


class RolesView(WagtailAdminTemplateMixin, TemplateView):
    """A table: a right a row, a role a column."""

    template_name = "editorial/roles.html"
    page_title = _("What each role may do")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """None: it stands in a menu."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``roles``: names; ``rights``: pairs of a sentence and yes or no for each role."""
        groups = {
            group.name: {one.codename for one in group.permissions.all()}
            for group in Group.objects.prefetch_related("permissions")
        }
        roles = [AUTHOR, REVIEWER, MANAGER]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "roles": [*roles, _("Administrator")],
            "rights": [
                (words, [*(has(groups.get(role, set()), role) for role in roles), administrator])
                for words, has, administrator in _rights()
            ],
        }
