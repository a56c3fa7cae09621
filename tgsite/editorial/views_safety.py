"""The screen of the safety lane: one an entry, with its notice and the way off the site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import UnpublishView

from tgsite.editorial import safety


class NoticeForm(forms.Form):
    """What a safety notice says; the lane itself says what is wrong with it."""

    text = forms.CharField(
        label=_("What readers have to know"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Plain text of at most 60 words. It stands first on the page."),
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Who says so, and when. For example: FDA safety communication, May 3, 2026."),
    )
    url = forms.CharField(label=_("Address of the source"), required=False)


class TakeOffForm(forms.Form):
    """Why an entry leaves the site."""

    reason = forms.CharField(
        label=_("Why, for readers"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At most 200 characters. It stands on the list of updates."),
    )


class SafetyView(BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """A managing editor puts a notice or takes the entry off; a reviewer confirms the notice."""

    template_name = "editorial/safety.html"
    page_title = _("Safety")
    header_icon = "warning"
    index_url_name: str | None = None
    edit_url_name: str | None = None
    safety_url_name: str | None = None

    notice_form: NoticeForm | None = None
    take_off_form: TakeOffForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Authors have no part in this."""
        if not safety.may_look(self.object, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """The entry's name."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the entry, this screen."""
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": self.object._meta.verbose_name_plural.capitalize(),
            },
            {"url": "", "label": _("Safety"), "sublabel": str(self.object)},
        ]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do what the button says, or show what is wrong beside what was typed."""
        done: dict[str, tuple[Callable[[], forms.Form | None], Any]] = {
            "notice": (self._put, _("The notice is on the page.")),
            "confirm": (self._confirm, _("The notice stays until somebody removes it.")),
            "end": (self._end, _("The notice is gone.")),
            "off": (self._take_off, _("The entry is off the site.")),
        }
        do, message = done.get(request.POST.get("do", ""), (None, ""))
        if do is None:
            messages.error(request, _("Nothing was done: the button was not known."))
            return redirect(reverse(self.safety_url_name, args=[quote(self.object.pk)]))
        try:
            refused = do()
        except ValidationError as error:
            for reason in error.messages:
                messages.error(request, reason)
        else:
            if refused is not None:
                return self.render_to_response(self.get_context_data())
            messages.success(request, message)
        return redirect(reverse(self.safety_url_name, args=[quote(self.object.pk)]))

    def _put(self) -> forms.Form | None:
        self.notice_form = NoticeForm(self.request.POST)
        return _with_form(
            self.notice_form,
            lambda values: safety.put_notice(self.object, self.request.user, **values),
        )

    def _take_off(self) -> forms.Form | None:
        self.take_off_form = TakeOffForm(self.request.POST)
        return _with_form(
            self.take_off_form,
            lambda values: safety.take_off(self.object, self.request.user, **values),
        )

    def _confirm(self) -> None:
        safety.confirm_notice(self.object, self.request.user, self.request.POST.get("seen", ""))

    def _end(self) -> None:
        safety.end_notice(self.object, self.request.user, self.request.POST.get("seen", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The notice that stands now, and the forms for whom they are."""
        entry, user = self.object, self.request.user
        acts = safety.may_act(entry, user)
        unconfirmed = safety.is_shown(entry) and entry.safety_notice_until is not None
        return super().get_context_data(**kwargs) | {
            "entry": entry,
            "mark": safety.mark(entry),
            "notice_is_shown": entry.live and safety.is_shown(entry),
            "notice_form": (self.notice_form or NoticeForm()) if acts and entry.live else None,
            "take_off_form": (self.take_off_form or TakeOffForm()) if acts and entry.live else None,
            "may_end": acts and bool(entry.safety_notice),
            "confirm": entry.live and unconfirmed,
            "against_confirming": safety.reason_against_confirming(entry, user),
            "edit_url": reverse(self.edit_url_name, args=[quote(entry.pk)]) if acts else "",
            "scheduled": entry.scheduled_revision,
            "in_review": entry.workflow_in_progress,
        }


def _with_form(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> forms.Form | None:
    """Act with what was typed; the form comes back when something is wrong with it."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                raise
            form.add_error(None, error)
    return None if form.is_valid() else form


class ToSafetyView(UnpublishView):
    """Wagtail's own address asks for no reason, so it leads to the screen that does."""

    safety_url_name: str | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the safety screen."""
        return redirect(reverse(self.safety_url_name, args=[quote(self.object.pk)]))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing is done here."""
        messages.error(request, _("Say why, for readers: the entry is still on the site."))
        return self.get(request)


def safety_buttons(entry: Any, user: Any) -> list[Button]:
    """The way to the safety screen, for whom it is; none for an entry that was never saved."""
    if not entry.pk or not safety.may_look(entry, user):
        return []
    url = reverse(type(entry).snippet_viewset.get_url_name("safety"), args=[quote(entry.pk)])
    return [Button(_("Safety notice, take off"), url=url, icon_name="warning", priority=50)]
