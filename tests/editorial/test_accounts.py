"""Demo accounts: handy in development, impossible elsewhere."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER


def make_accounts() -> dict[str, str]:
    """User name -> password, as printed by the command."""
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    words = [line.split() for line in out.getvalue().splitlines() if line.startswith("  demo-")]
    return {name: password for name, password, *_role in words}


def test_each_role_gets_an_account_that_can_log_in(db: None, settings: Settings) -> None:
    settings.DEBUG = True
    accounts = make_accounts()
    users = [authenticate(username=name, password=word) for name, word in accounts.items()]
    roles = [list(user.groups.values_list("name", flat=True)) for user in users if user]
    assert roles == [[AUTHOR], [REVIEWER], [MANAGER], []]
    assert [user.is_superuser for user in users if user] == [False, False, False, True]


def test_a_second_run_gives_new_passwords_to_the_same_accounts(
    db: None, settings: Settings
) -> None:
    settings.DEBUG = True
    first, second = make_accounts(), make_accounts()
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())
    assert User.objects.count() == 4


def test_they_are_refused_outside_development(db: None) -> None:
    with pytest.raises(CommandError, match="only in development"):
        call_command("demo_accounts")
    assert not get_user_model().objects.exists()


def test_a_copied_development_database_opens_nothing(db: None, settings: Settings) -> None:
    settings.DEBUG = True
    accounts = make_accounts()
    client = Client()
    assert client.login(username="demo-manager", password=accounts["demo-manager"])
    settings.DEBUG = False
    assert not Client().login(username="demo-manager", password=accounts["demo-manager"])
    # A session from before is worth nothing either.
    response = client.get("/admin/")
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
