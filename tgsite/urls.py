"""The site's address book."""

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from wagtail.admin import urls as wagtailadmin_urls

from tgsite import development, views
from tgsite.editorial import unused_screens
from tgsite.editorial.feeds import updates_feed_view
from tgsite.editorial.views import ContributorView, UpdatesView
from tgsite.search.views import SearchView, suggest
from tgsite.sitemaps import SITEMAPS

_OF_PAGES = r"^admin/(pages|collections|sites|redirects|workflows|api)/"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("", include("drugs.urls")),
    path("", include("education.urls")),
    path("search/", SearchView.as_view(), name="search"),
    path("search/suggest/", suggest, name="search_suggest"),
    path("updates/", UpdatesView.as_view(), name="updates"),
    path("updates/feed/", updates_feed_view, name="updates_feed"),
    path("contributors/<slug:slug>/", ContributorView.as_view(), name="contributor"),
    path("about/", views.AboutIndexView.as_view(), name="about"),
    path("about/<slug:slug>/", views.AboutView.as_view(), name="about_page"),
    path("development/components/", require_safe(development.components)),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", require_safe(views.robots), name="robots"),
    path("healthz", require_safe(views.healthz), name="healthz"),
    path("readyz", require_safe(views.readyz), name="readyz"),
    # Before Wagtail's own: what takes files, and what is about pages, which this site has none of.
    re_path(r"^admin/(images|documents)/", unused_screens.no_uploads),
    re_path(_OF_PAGES, unused_screens.no_such_screen),
    path("admin/account/", unused_screens.own_account),
    path("admin/", include(wagtailadmin_urls)),
]

handler400 = "tgsite.views.bad_request"
