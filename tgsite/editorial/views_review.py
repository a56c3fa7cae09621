"""The screen on which a clinician reads a submitted text, signs it or sends it back.

Its address names a task state alone: the entry, the revision and the comparison come from there.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Revision, TaskState
from wagtail.permissions import ModelPermissionPolicy

from tgsite.editorial import checks, refusals, review, staff
from tgsite.editorial.checks_panel import grouped, with_addresses
from tgsite.editorial.comparing import comparison
from tgsite.editorial.dependents import live_pages_to_mend
from tgsite.editorial.models import EditorialModel, Publication, SignOff, Tick


class DecisionForm(forms.Form):
    """The six ticks, a reason for each check that may be passed, and words for the author."""

    ticks = forms.MultipleChoiceField(
        choices=Tick.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    comment = forms.CharField(
        label=gettext_lazy("Words for the author"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Needed to send the text back: what has to change, and why."),
    )

    def __init__(self, *args: Any, problems: list[checks.Problem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passable = {
            # By its key: the checks may find more or less when the form comes back.
            f"reason-{sha256(problem.key.encode()).hexdigest()[:16]}": problem
            for problem in problems
            if problem.level == checks.Level.BLOCK
        }
        for name, problem in self.passable.items():
            self.fields[name] = forms.CharField(
                label=problem.sentence(), required=False, max_length=500
            )

    def reasons(self) -> dict[str, str]:
        """Key of a check -> why the reviewer passes it."""
        return {problem.key: self.cleaned_data[name] for name, problem in self.passable.items()}

    def reason_fields(self) -> list[forms.BoundField]:
        """The fields for reasons, as a template shows them."""
        return [self[name] for name in self.passable]


class OfTaskState(View):
    """A page about one task state of the clinical review, for who may read its entry."""

    @cached_property
    def task_state(self) -> TaskState:
        """The one that the address names; 404 for another kind of task, or none."""
        found = (
            review.of_clinical_review()
            .filter(pk=self.kwargs["task_state_id"], workflow_state__isnull=False)
            .first()
        )
        if found is None or review.entry_of(found) is None:
            raise Http404
        return found

    @cached_property
    def entry(self) -> EditorialModel:
        """The entry under review, as its row is now."""
        return review.entry_of(self.task_state)

    @cached_property
    def text(self) -> EditorialModel:
        """The submitted text."""
        text: EditorialModel = self.task_state.revision.as_object()
        return text

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse who may not even see the entry's list."""
        policy = ModelPermissionPolicy(type(self.entry))
        if not policy.user_has_any_permission(request.user, ["view", "change"]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReviewView(WagtailAdminTemplateMixin, OfTaskState, TemplateView):
    """What changed since the last approved text, preview, checks, sources, and the six ticks."""

    template_name = "editorial/review.html"
    page_title = gettext_lazy("Clinical review")
    header_icon = "clipboard-list"

    def get_page_subtitle(self) -> str:
        """The entry's name in the submitted text."""
        return str(self.text)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """None: the reviewer comes from the dashboard or a mail."""
        return []

    @cached_property
    def problems(self) -> list[checks.Problem]:
        """What the checks say about the submitted text."""
        return list(checks.problems(self.text))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything a reviewer has to see; ``form`` may hold what was typed before a refusal."""
        waits = review.waiting().filter(pk=self.task_state.pk).exists()
        before, basis = self._before()
        user = self.request.user
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", DecisionForm(problems=self.problems))
        return context | {
            "task_state": self.task_state,
            "entry": self.entry,
            "text": self.text,
            "waits": waits,
            "basis": basis,
            "taken_off": self._taken_off(),
            "changes": comparison(before, self.text) if before is not None else None,
            "problems": self.problems,
            "groups": grouped(self.problems),
            "final": [one for one in self.problems if one.level == checks.Level.FINAL],
            "against": review.reason_against(self.task_state, user),
            "can_send_back": waits and staff.is_reviewer(user),
            "can_withdraw": waits and review.can_withdraw(self.task_state, user),
            "submitted_by": self.task_state.workflow_state.requested_by,
            "pages": with_addresses(live_pages_to_mend(self.entry, self.text), user),
            "sources": list(self.text.sources.all()),
            "sign_off": SignOff.objects.filter(revision=self.task_state.revision).first(),
        }

    def _before(self) -> tuple[EditorialModel | None, str]:
        """The text to compare with, and what it is: approved, else live, else none."""
        signed = (
            SignOff.of(self.entry)
            .filter(revision__lt=self.task_state.revision_id)
            .select_related("revision")
            .last()
        )
        if signed is not None:
            return signed.revision.as_object(), _("the text that %(who)s approved") % {
                "who": signed.signed_as
            }
        live = Revision.objects.filter(pk=self.entry.live_revision_id).first()
        if live is not None and live.pk != self.task_state.revision_id:
            if self.entry.is_reviewed:
                return live.as_object(), _("the text on the site")
            return live.as_object(), _("the text on the site, which no clinician has reviewed")
        return None, ""

    def _taken_off(self) -> Publication | None:
        """When and why the entry left the site, if an approval would bring it back."""
        if self.entry.live:
            return None
        return Publication.of(self.entry).filter(kind=Publication.Kind.OFF).first()

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Sign, send back or withdraw; a refusal keeps everything that was typed."""
        form = DecisionForm(request.POST, problems=self.problems)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            done = self._decide(form)
        except review.Decided as decided:
            messages.error(request, str(decided))
            return redirect(request.path)
        except (ValidationError, IntegrityError) as error:
            for message in refusals.reasons(error, self.text):
                form.add_error(None, message)
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, done)
        return redirect("wagtailadmin_home")

    def _decide(self, form: DecisionForm) -> str:
        """Do what the button says; what to tell the user then."""
        pk, user, data = self.task_state.pk, self.request.user, form.cleaned_data
        decision = self.request.POST.get("decision")
        if decision == "approve":
            review.approve(
                pk, user, ticks=data["ticks"], reasons=form.reasons(), comment=data["comment"]
            )
            return _("Approved. “%(name)s” is published, or will be on its day.") % {
                "name": self.text
            }
        if decision == "send-back":
            review.send_back(pk, user, data["comment"])
            return _("Sent back to the author with your words.")
        if decision == "withdraw":
            review.withdraw(pk, user)
            return _("Withdrawn from review. The draft is as it was.")
        raise ValidationError(_("Choose what to do."))


class ReviewPreviewView(OfTaskState):
    """The submitted text as a patient would see it, in a frame of the review screen."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """By Wagtail's own preview of a revision."""
        response: HttpResponse = self.text.make_preview_request(request)
        return response
