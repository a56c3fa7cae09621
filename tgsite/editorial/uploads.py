"""This guide takes no files: its drawings are part of the program.

Wagtail's admin needs its addresses of images and documents, so they exist and refuse everybody.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
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


class AccountWithoutPictureView(AccountView):
    """An editor's own account, without the picture that Wagtail would take as a file."""

    def get_panels(self) -> list[Any]:
        """The panels of the page."""
        return [one for one in super().get_panels() if not isinstance(one, AvatarSettingsPanel)]


own_account = require_admin_access(AccountWithoutPictureView.as_view())
