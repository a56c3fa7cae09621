"""Demo accounts for development, and the guarantee that they open nothing elsewhere."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

DEMO_PREFIX = "demo-"


class NoDemoAccountsBackend(ModelBackend):
    """Django's own backend; a `demo-…` account gets in only where DEBUG is on.

    It refuses the login and every session, so a development database that was copied to a public
    machine opens nothing.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is active, and no demo account on a public site."""
        if user is not None and user.get_username().startswith(DEMO_PREFIX) and not settings.DEBUG:
            return False
        return super().user_can_authenticate(user)
