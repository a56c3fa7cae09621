"""Home, about pages, health check and robots: what belongs to the site and to no app."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from drugs import catalogue as catalogues
from drugs.filters import DrugFilterSet

NEWEST = 5

# Slug -> title; the text is `templates/about/<slug>.html`.
ABOUT_PAGES = {
    "this-guide": _("About this guide"),
    "how-we-work": _("How this guide is made and checked"),
    "privacy": _("Your privacy"),
}


class HomeView(TemplateView):
    """Find by diagnosis, find by name, and what was updated last."""

    template_name = "home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The finder's form, unanswered, and the newest publications."""
        filterset = DrugFilterSet()
        medicines = filterset.catalogue.medicines
        newest = sorted(
            (medicine for medicine in medicines if medicine.updated_at),
            key=lambda medicine: str(medicine.updated_at),
            reverse=True,
        )
        return super().get_context_data(
            form=filterset.form, medicines=medicines, newest=newest[:NEWEST], **kwargs
        )


class AboutView(TemplateView):
    """One page about the guide itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Its title, and the other about pages."""
        slug = self.kwargs["slug"]
        if slug not in ABOUT_PAGES:
            raise Http404
        return super().get_context_data(title=ABOUT_PAGES[slug], pages=ABOUT_PAGES, **kwargs)

    def get_template_names(self) -> list[str]:
        """The template of the slug, known to be one of ours."""
        return [f"about/{self.kwargs['slug']}.html"]


class AboutIndexView(TemplateView):
    """The list of about pages."""

    template_name = "about/index.html"
    extra_context = {"pages": ABOUT_PAGES}


def healthz(_request: HttpRequest) -> HttpResponse:
    """Whether the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Whether the process can serve pages: it can when it can read the content."""
    catalogues.current()
    return HttpResponse("ready\n", content_type="text/plain")


def robots(_request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the admin and answers about a person's disease."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /drugs/?",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read, e.g. one with thousands of parameters."""
    return render(request, "400.html", status=400)
