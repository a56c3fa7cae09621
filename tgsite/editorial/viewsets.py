"""What the admin screens of all entries share."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from tgsite.editorial.models import Contributor
from tgsite.editorial.spreadsheets import HarmlessSpreadsheetMixin

REVIEW_COLUMNS = [
    Column("reviewed_on", label=_("Reviewed"), sort_key="reviewed_on"),
    Column("review_due", label=_("Review due"), sort_key="review_due"),
    UpdatedAtColumn(),
    LiveStatusTagColumn(),
]


class RefusedPublicationMixin:
    """A publication that the gate refuses leaves the draft saved, and says why."""

    def publish_action(self) -> HttpResponse | None:
        """Publish; when a rule refuses it, back to the form with the reasons."""
        try:
            response: HttpResponse | None = super().publish_action()  # type: ignore[misc]
        except (ValidationError, IntegrityError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [_TAKEN]
            for reason in reasons:
                messages.error(self.request, reason)  # type: ignore[attr-defined]
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]
        return response


_NEWER_VERSION = _(
    "Not saved: someone saved a newer version after you opened this page. Your text is still here. "
    "Look at the newer version in the history, then save again to put yours over it."
)
_TAKEN = _("Saved as a draft, not published: another entry was published with the same slug.")


class EntryCreateView(RefusedPublicationMixin, CreateView):
    """Add an entry."""


class EntryEditView(RefusedPublicationMixin, EditView):
    """Edit an entry; a stale tab does not silently replace what a colleague saved since."""

    def is_valid(self, form: Any) -> bool:
        """False also for text that was begun before a newer version was saved.

        The form comes back with everything typed; saving once more is then a decision.
        """
        if not self.expects_json_response and self.is_out_of_date and self._is_somebodys_work():
            self.produced_error_message = _NEWER_VERSION
            return False
        return super().is_valid(form)

    def _is_somebodys_work(self) -> bool:
        """Not for a draft of one's own: most often this very page's autosave, still on its way."""
        newer = self.latest_revision
        published = newer.pk == self.object.live_revision_id
        return bool(published or newer.user_id != self.request.user.pk)


class EntryIndexView(HarmlessSpreadsheetMixin, IndexView):
    """The list of one kind of entry, with its export."""


class EntryViewSet(SnippetViewSet):
    """Base of the admin screens of every kind of entry."""

    index_view_class = EntryIndexView
    add_view_class = EntryCreateView
    edit_view_class = EntryEditView
    # Names are searched in the database: an index would lag one publication behind.
    search_backend_name = None
    list_per_page = 50
    inspect_view_enabled = False
    # A copy would share every fact and its sources with a medicine that it is not.
    copy_view_enabled = False


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
