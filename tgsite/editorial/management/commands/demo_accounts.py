"""`manage.py demo_accounts`: one account for each role, in development only."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from tgsite.editorial.accounts import DEMO_PREFIX
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

ACCOUNTS = (
    ("author", AUTHOR),
    ("reviewer", REVIEWER),
    ("manager", MANAGER),
    ("administrator", None),
)


class Command(BaseCommand):
    """Makes the accounts where missing and gives each a new random password."""

    help = "Make one demo account for each role with a new random password (development only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print name and password of each. ``CommandError`` where DEBUG is off."""
        if not settings.DEBUG:
            raise CommandError("Demo accounts exist only in development (DEBUG=1).")
        self.stdout.write("Demo accounts for /admin/ (new passwords at each run):")
        for name, role in ACCOUNTS:
            password = secrets.token_urlsafe(12)
            user, _made = get_user_model().objects.get_or_create(
                username=f"{DEMO_PREFIX}{name}",
                defaults={"email": f"{name}@example.invalid", "first_name": f"Demo {name}"},
            )
            user.set_password(password)
            user.is_superuser = user.is_staff = role is None
            user.is_active = True
            user.save()
            user.groups.set(Group.objects.filter(name=role) if role else [])
            self.stdout.write(f"  {user.username:20} {password}   {role or 'Administrator'}")
