"""Screens of Wagtail's admin for what this guide has none of: files, pages, other workflows.

Wagtail needs the names of their addresses, so these exist and refuse everybody. The guide's
drawings are part of the program.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


@require_admin_access
def no_uploads(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Back to the admin's home with the reason, whatever was sent; 403 for a script."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        raise PermissionDenied
    messages.error(request, _("Nothing was stored: this guide takes no pictures and no documents."))
    return redirect("wagtailadmin_home")


@require_admin_access
def no_such_screen(_request: HttpRequest, *_args: Any) -> HttpResponse:
    """Not found, for administrators as well."""
    raise Http404


class AccountWithoutPictureView(AccountView):
    """An editor's own account, without the picture that Wagtail would take as a file."""

    def get_panels(self) -> list[Any]:
        """The panels of the page."""
        return [one for one in super().get_panels() if not isinstance(one, AvatarSettingsPanel)]


own_account = require_admin_access(AccountWithoutPictureView.as_view())
