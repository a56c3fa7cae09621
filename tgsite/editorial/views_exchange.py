"""The admin's screens for export and import of the whole content.

An import in the admin makes drafts only, and believes no review: those come in on the command
line, where whoever does it has the whole site anyway.
"""

from __future__ import annotations

import io
import logging
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy

from tgsite.editorial.content import ContentErrors, Outcome, Terms, kinds, take_in
from tgsite.editorial.content.documents import LARGEST_ZIP, from_zip
from tgsite.editorial.content.exporting import ExportError, as_zip, export
from tgsite.editorial.content.terms import PlanChanged
from tgsite.editorial.models import Upload, entry_models

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(minutes=30)
MOST_FAULTS = 200


def may_exchange(user: Any) -> bool:
    """Whether ``user`` may take all content out and in: who publishes, that is managing editors."""
    return all(
        ModelPermissionPolicy(model).user_has_permission(user, "publish")
        for model in entry_models()
    )


class ExchangeMenuItem(MenuItem):
    """The way here, for those who may take it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Managing editors and administrators."""
        return may_exchange(request.user)


class ZipForm(forms.Form):
    """One zip file, as an export makes it."""

    file = forms.FileField(
        label=gettext_lazy("Zip file"),
        help_text=gettext_lazy("An export of this guide or of another one, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> bytes:
        """The content; what it is, is decided by its bytes and never by its name."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ZIP:
            raise forms.ValidationError(
                _("The zip file is larger than %d bytes.") % LARGEST_ZIP, code="too-large"
            )
        content: bytes = file.read()
        return content


class ForManagersMixin(View):
    """Refuses everybody but managing editors and administrators."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The response, or the admin's own refusal."""
        if not may_exchange(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ExchangeView(ForManagersMixin, WagtailAdminTemplateMixin, TemplateView):
    """Download everything; upload a zip file and see what it would change."""

    page_title = gettext_lazy("Import and export")
    header_icon = "upload"
    template_name = "editorial/exchange.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The upload form; after an upload its faults or its changes."""
        return super().get_context_data(**{"form": ZipForm()} | kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What the upload would change; nothing but the upload itself is stored."""
        form = ZipForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        _forget_old_uploads(request)
        content = form.cleaned_data["file"]
        try:
            outcome = _import(content, Terms(trusted=False, user=request.user, dry_run=True))
        except ContentErrors as found:
            return self.render_to_response(
                self.get_context_data(
                    faults=found.errors[:MOST_FAULTS], more=len(found.errors) - MOST_FAULTS
                )
            )
        if outcome.added or outcome.changed:
            user: Any = request.user
            # Of two at once the one that is shown last waits.
            Upload.objects.update_or_create(
                user=user,
                defaults={
                    "content": content,
                    "plan": outcome.fingerprint,
                    "at": timezone.now(),
                },
            )
        return self.render_to_response(self.get_context_data(outcome=outcome))


class ImportView(ForManagersMixin):
    """Carries out what was shown, and nothing else."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Import the waiting upload, unless the site or the upload is another by now."""
        try:
            with transaction.atomic():
                outcome = self._carry_out(request)
        except (ContentErrors, PlanChanged, Upload.DoesNotExist):
            messages.error(
                request,
                _("Nothing was imported: the site changed since you looked. Upload it again."),
            )
            return redirect("exchange")
        logger.info("User %s imported %d entries", request.user.pk, len(outcome.changes))
        messages.success(
            request,
            _("Imported as drafts: %(added)d added, %(changed)d changed, %(kept)d kept.")
            % {
                "added": len(outcome.added),
                "changed": len(outcome.changed),
                "kept": len(outcome.kept),
            },
        )
        return redirect("exchange")

    @staticmethod
    def _carry_out(request: HttpRequest) -> Outcome:
        # Locked: of two presses of the button one finds it gone.
        user: Any = request.user
        upload = Upload.objects.select_for_update().get(
            user=user,
            plan=request.POST.get("plan", ""),
            at__gt=timezone.now() - KEPT_FOR,
        )
        outcome = _import(bytes(upload.content), Terms(trusted=False, user=user, plan=upload.plan))
        upload.delete()
        return outcome


class ExportView(ForManagersMixin):
    """The whole content as one zip file."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file, named by the day; a message when an entry cannot be written."""
        try:
            content = as_zip(export(kinds()))
        except ExportError as error:
            messages.error(request, str(error))
            return redirect("exchange")
        logger.info("User %s exported the content", request.user.pk)
        name = slugify(f"guide-{timezone.localdate().isoformat()}")
        return HttpResponse(
            content,
            content_type="application/zip",
            headers={
                "Content-Disposition": f'attachment; filename="{name}.zip"',
                "Cache-Control": "private, no-store",
            },
        )


def _import(content: bytes, terms: Terms) -> Outcome:
    return take_in(from_zip(io.BytesIO(content), kinds()), terms)


def _forget_old_uploads(request: HttpRequest) -> None:
    """One's own, and what nobody confirmed in time."""
    user: Any = request.user
    Upload.objects.filter(user=user).delete()
    Upload.objects.filter(at__lte=timezone.now() - KEPT_FOR).delete()
