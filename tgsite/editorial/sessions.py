"""Nothing that was typed is lost when an editor's session ends before it was saved.

With JavaScript ``js/admin-session.js`` asks here before it sends a form. Without it, or when a
form comes too late all the same, the answer holds the text in a form that can be sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.views.csrf import csrf_failure as djangos_csrf_failure
from django.views.decorators.cache import never_cache

ADMIN = "/admin/"
# Of a form that comes back these are left out, and every field that is called a password.
NOT_KEPT = {"csrfmiddlewaretoken"}


def login_address() -> str:
    """Where editors sign in."""
    return resolve_url(getattr(settings, "WAGTAILADMIN_LOGIN_URL", "wagtailadmin_login"))


@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """For a script the token for its next form; for a person the word that the window may close.

    The admin's own guard stands before it: who is not signed in gets 403 or the login.
    """
    if request.accepts("text/html"):
        return render(request, "editorial/signed_in.html")
    return JsonResponse({"csrf_token": get_token(request)})


class KeptTextMiddleware:
    """A form that comes after the session's end is answered with its text, not with the login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the inner layers, or the page that keeps the text."""
        response = self.get_response(request)
        sent_to_login = (
            response.status_code == 302 and response["Location"].split("?")[0] == login_address()
        )
        if sent_to_login and _is_our_form(request):
            return kept_text(request)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The admin keeps the text of a form of its own; elsewhere Django's answer (a setting)."""
    if _is_our_form(request):
        return kept_text(request)
    return djangos_csrf_failure(request, reason=reason)


def kept_text(request: HttpRequest) -> HttpResponse:
    """The page with every field of the form, status 403."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name.lower()
        for value in values
    ]
    context = {
        "fields": fields,
        "signed_in": request.user.is_authenticated,
        "login_address": login_address(),
    }
    return render(request, "editorial/kept_text.html", context, status=403)


def _is_our_form(request: HttpRequest) -> bool:
    """A form of the admin, sent by a page of this site and not by a script.

    The page that keeps the text has a token that counts: another site must never get its fields
    into it, for an editor to send them with one click.
    """
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (
        request.method == "POST"
        and request.path.startswith(ADMIN)
        and request.path not in (login_address(), reverse("wagtailadmin_logout"))
        and request.accepts("text/html")
        and request.headers.get("X-Requested-With") != "XMLHttpRequest"
        and (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
    )
