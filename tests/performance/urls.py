"""The site with two addresses more: a bare view to compare every page with, and a clock."""

import time

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def hello(_request: HttpRequest) -> HttpResponse:
    """What Django and the site's middleware cost when a view does nothing."""
    return HttpResponse("hello\n", content_type="text/plain")


def processor_seconds(_request: HttpRequest) -> HttpResponse:
    """What this process has used of the processor so far, in seconds."""
    return HttpResponse(str(time.process_time()), content_type="text/plain")


urlpatterns = [
    path("bench-hello/", hello),
    path("bench-processor-seconds/", processor_seconds),
    path("", include("tgsite.urls")),
]

handler400 = "tgsite.views.bad_request"
