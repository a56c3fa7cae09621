"""What the admin screens of all entries share."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.generic.chooser import CreateView as ChooserCreateView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from tgsite.editorial import refusals
from tgsite.editorial.checks_panel import ContentChecksPanel
from tgsite.editorial.history import (
    EntryCompareView,
    EntryHistoryView,
    EntryPreviewRevisionView,
)
from tgsite.editorial.models import Contributor, WordRule
from tgsite.editorial.spreadsheets import HarmlessSpreadsheetMixin
from tgsite.editorial.views_safety import SafetyView, ToSafetyView, safety_buttons

REVIEW_COLUMNS = [
    Column("reviewed_on", label=_("Reviewed"), sort_key="reviewed_on"),
    Column("review_due", label=_("Review due"), sort_key="review_due"),
    UpdatedAtColumn(),
    LiveStatusTagColumn(),
]


class EntryActionMixin:
    """What was done, in the words of this site; what was refused, with the draft saved."""

    def get_success_message(self, instance: Any = None) -> str:
        """Wagtail's, but for the review: it would speak of moderation."""
        if self.action == "submit":  # type: ignore[attr-defined]
            return __("“%(name)s” is saved and waits for a clinical review.") % {
                "name": get_latest_str(instance or self.object)  # type: ignore[attr-defined]
            }
        message: str = super().get_success_message(instance)  # type: ignore[misc]
        return message

    def run_action_method(self) -> HttpResponse | None:
        """Publish, submit ...; when a rule refuses it, back to the form with the reasons."""
        try:
            with transaction.atomic():
                response: HttpResponse | None = super().run_action_method()  # type: ignore[misc]
        except (ValidationError, IntegrityError) as error:
            messages.warning(self.request, _NOT_DONE)  # type: ignore[attr-defined]
            for reason in refusals.reasons(error, self.object):  # type: ignore[attr-defined]
                messages.error(self.request, reason)  # type: ignore[attr-defined]
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        return response


_NEWER_VERSION = _(
    "Not saved: someone saved a newer version after you opened this page. Your text is still here. "
    "Look at what they changed, then save again to put yours over it."
)
# Of an autosave only plain words are shown, beside its mark.
_NEWER_VERSION_IN_SHORT = _(
    "Not saved: someone saved a newer version after you opened this page. Press Save to see more; "
    "your text stays here."
)
_NOT_DONE = _("Your text is saved as a draft. More was not done:")


class EntryCreateView(EntryActionMixin, CreateView):
    """Add an entry."""


class EntryEditView(EntryActionMixin, EditView):
    """Edit an entry; a stale tab does not silently replace what a colleague saved since."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's own, and the way to the safety screen, also while the entry is locked."""
        return [*super().header_more_buttons, *safety_buttons(self.object, self.request.user)]

    def is_valid(self, form: Any) -> bool:
        """False also for text that was begun before a newer version was saved.

        The form comes back with everything typed; saving once more is then a decision.
        """
        if not self.expects_json_response and self.is_out_of_date and self._is_somebodys_work():
            self.produced_error_message = self._with_comparison(_NEWER_VERSION)
            return False
        valid: bool = super().is_valid(form)
        if getattr(self, "produced_error_code", "") == "invalid_revision":
            self.produced_error_message = _NEWER_VERSION_IN_SHORT
        return valid

    def _with_comparison(self, message: Any) -> Any:
        """``message`` with a link to what changed since this page was opened."""
        seen = self.request.POST.get("overwrite_revision_id") or self.request.POST.get(
            "loaded_revision_id", ""
        )
        if not seen.isdecimal() or not self.object.revisions.filter(pk=seen).exists():
            return message
        address = reverse(self.revisions_compare_url_name, args=[self.object.pk, seen, "latest"])
        link = '{} <a href="{}" target="_blank" rel="noopener">{}</a>'
        return format_html(link, message, address, __("See what changed"))

    def get_initial(self) -> dict[str, Any]:
        """Each publication has a note of its own: the one of the last is not offered again."""
        initial: dict[str, Any] = super().get_initial()
        if self.object.live and not self.object.has_unpublished_changes:
            initial["change_note"] = ""
        return initial

    def get_side_panels(self) -> Any:
        """Wagtail's own, and the content checks of the last saved draft."""
        panels = super().get_side_panels()
        if self.expects_json_response:
            return panels
        return MediaContainer([*panels, ContentChecksPanel(self.object, self.request)])

    def _is_somebodys_work(self) -> bool:
        """Not for a draft of one's own: most often this very page's autosave, still on its way."""
        newer = self.latest_revision
        published = newer.pk == self.object.live_revision_id
        return bool(published or newer.user_id != self.request.user.pk)


class NoCreationView(ChooserCreateView):
    """An entry begins on its own screen, not in the box in which one is chosen."""

    def can_create(self) -> bool:
        """Never; Wagtail's own stumbles over the form that is not there."""
        return False


class EntryChooserViewSet(SnippetChooserViewSet):
    """The box in which an entry is chosen."""

    create_view_class = NoCreationView


class EntryIndexView(HarmlessSpreadsheetMixin, IndexView):
    """The list of one kind of entry, with its export."""


class EntryViewSet(SnippetViewSet):
    """Base of the admin screens of every kind of entry."""

    index_view_class = EntryIndexView
    add_view_class = EntryCreateView
    edit_view_class = EntryEditView
    unpublish_view_class = ToSafetyView
    chooser_viewset_class = EntryChooserViewSet
    history_view_class = EntryHistoryView
    revisions_view_class = EntryPreviewRevisionView
    revisions_compare_view_class = EntryCompareView
    # Names are searched in the database: an index would lag one publication behind.
    search_backend_name = None
    list_per_page = 50
    inspect_view_enabled = False
    # A copy would share every fact and its sources with a medicine that it is not.
    copy_view_enabled = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's own, and the name of the address of the safety screen."""
        return super().get_common_view_kwargs(safety_url_name=self.get_url_name("safety"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's own, and the safety screen."""
        view = self.construct_view(SafetyView)
        return [*super().get_urlpatterns(), path("safety/<int:pk>/", view, name="safety")]


class ContributorDeleteView(DeleteView):
    """Delete a person, unless a page carries their name."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or say why not."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, _("This person reviewed a page, so the name stays."))
            return redirect(self.get_success_url())
        return response


class ContributorViewSet(ModelViewSet):
    """People who write and review."""

    model = Contributor
    icon = "user"
    menu_label = _("People")
    add_to_admin_menu = False
    delete_view_class = ContributorDeleteView
    form_fields = ["name", "slug", "credentials", "role", "biography", "user"]
    list_display = ["name", "credentials", "role"]
    search_fields = ["name", "role"]
    search_backend_name = None


class WordRuleViewSet(ModelViewSet):
    """Words that the content checks warn of."""

    model = WordRule
    icon = "warning"
    menu_label = _("Words to watch")
    add_to_settings_menu = True
    form_fields = ["word_list", "phrase", "reason", "better"]
    list_display = ["phrase", "word_list", "reason", "better"]
    list_filter = ["word_list"]
    search_fields = ["phrase", "better"]
    search_backend_name = None
