"""What changed on the page of one medicine, as an Atom feed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from drugs import catalogue as catalogues
from drugs.catalogue import Medicine
from drugs.models import Drug
from tgsite.editorial.feeds import UpdatesFeed, legible, tag, unless_known
from tgsite.editorial.models import Publication
from tgsite.head import Crumb, absolute


def drug_feed(full_name: str, slug: str) -> Crumb:
    """The feed of the medicine of this name and slug."""
    label = _("Targeted Therapy Guide: %(name)s") % {"name": full_name}
    return Crumb(label, reverse("drugs:drug_feed", args=[slug]))


class DrugFeed(UpdatesFeed):
    """The last changes of one live medicine's page."""

    def get_object(self, _request: HttpRequest, medicine: Medicine) -> Medicine:
        """The medicine itself."""
        return medicine

    def title(self, subject: Medicine) -> str:
        """The medicine's full name."""
        return legible(str(drug_feed(subject.full_name, subject.slug).label))

    def link(self, subject: Medicine) -> str:
        """Its page."""
        return absolute(subject.url)

    def feed_url(self, subject: Medicine) -> str:
        """Its own address."""
        return absolute(drug_feed(subject.full_name, subject.slug).url)

    def feed_guid(self, subject: Medicine) -> str:
        """Its name for ever, whatever the medicine's slug becomes."""
        return tag("2026", f"updates-medicine-{subject.pk}")

    def log(self, subject: Medicine) -> Any:
        """The publications of this medicine."""
        return Publication.objects.filter(
            content_type__app_label=Drug._meta.app_label,
            content_type__model=Drug._meta.model_name,
            object_id=subject.pk,
        )


@require_safe
def drug_feed_view(request: HttpRequest, slug: str) -> HttpResponse:
    """The feed; a permanent redirect from an old slug; 404 for what is not live."""
    medicine = catalogues.current().found(slug)
    if medicine is None:
        raise Http404
    if medicine.slug != slug:
        return redirect(drug_feed(medicine.full_name, medicine.slug).url, permanent=True)
    response: HttpResponse = _feed(request, medicine)
    return response


@unless_known
def _feed(request: HttpRequest, medicine: Medicine) -> HttpResponse:
    return DrugFeed()(request, medicine)
