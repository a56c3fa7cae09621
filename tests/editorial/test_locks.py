"""An editor who leaves leaves no lock behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from drugs.models import DrugClass
from tests.conftest import ClientAs
from tests.editorial.admin_form import address_of
from tests.editorial.people import account, author, client_of, manager
from tests.factories import DrugClassFactory, publish
from tgsite.editorial import locks
from tgsite.editorial.permissions import AUTHOR, MANAGER

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> DrugClass:
    """A live class."""
    return publish(DrugClassFactory())  # type: ignore[return-value]


@pytest.fixture
def holder(entry: DrugClass) -> Any:
    """A managing editor who locked it on its screen."""
    user = manager("holder")
    client_of(user).post(address_of(entry, "lock"))
    assert is_locked()
    return user


def is_locked() -> bool:
    """Whether the one class is locked."""
    return DrugClass.objects.get().locked


def deactivate(user: Any) -> None:
    """As the users' screen does it."""
    user.is_active = False
    user.save()


LEAVING: dict[str, Callable[[Any], object]] = {
    "deactivated": deactivate,
    "deleted": lambda user: user.delete(),
    "no-group-left": lambda user: user.groups.clear(),
    "taken-out-of-the-group": lambda user: user.groups.remove(Group.objects.get(name=MANAGER)),
    "group-without-the-user": lambda user: Group.objects.get(name=MANAGER).user_set.remove(user),
    "group-emptied": lambda user: Group.objects.get(name=MANAGER).user_set.clear(),
    "group-deleted": lambda user: Group.objects.get(name=MANAGER).delete(),
    "group-without-rights": lambda user: Group.objects.get(name=MANAGER).permissions.clear(),
}


@pytest.mark.parametrize("leave", LEAVING.values(), ids=LEAVING)
def test_who_leaves_the_editing_leaves_no_lock(holder: Any, leave: Callable[[Any], object]) -> None:
    """Fails on stock behaviour, where the lock stays with nobody to open it."""
    leave(holder)
    entry = DrugClass.objects.get()
    assert (entry.locked, entry.locked_by, entry.locked_at) == (False, None, None)
    log = ModelLogEntry.objects.for_instance(entry).get(action="editorial.lock-released")
    assert "Released the lock" in log.message


def test_administrator_who_becomes_nobody_leaves_no_lock(entry: DrugClass) -> None:
    user = account("root", "administrator")
    DrugClass.objects.update(locked=True, locked_by=user, locked_at=timezone.now())
    user.is_superuser = False
    user.save()
    assert not is_locked()


def test_deactivation_on_the_users_screen_opens_the_lock(client_as: ClientAs, holder: Any) -> None:
    client = client_as("administrator")
    address = reverse("wagtailusers_users:edit", args=[holder.pk])
    data = {"username": "holder", "email": "holder@example.org", "groups": [], "password1": ""}
    names = {"first_name": "Hol", "last_name": "Der"}
    assert client.post(address, data | names).status_code == 302
    holder.refresh_from_db()
    assert not holder.is_active
    assert not is_locked()


STAYING: dict[str, Callable[[Any], object]] = {
    "a-new-name": lambda user: user.save(),
    "one-of-two-groups": lambda user: user.groups.remove(Group.objects.get(name=AUTHOR)),
    "a-right-of-nobody": lambda user: user.user_permissions.set([Permission.objects.first()]),
    "a-colleague-who-leaves": lambda _user: author().delete(),
}


@pytest.mark.parametrize("change", STAYING.values(), ids=STAYING)
def test_who_still_edits_keeps_the_lock(holder: Any, change: Callable[[Any], object]) -> None:
    holder.groups.add(Group.objects.get(name=AUTHOR))
    change(holder)
    assert is_locked()


def test_release_that_fails_lets_nobody_be_deleted(
    holder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same transaction: either both or neither."""

    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr(locks, "release_orphans", fail)
    pk = holder.pk
    with pytest.raises(RuntimeError), transaction.atomic():
        holder.delete()
    assert type(holder).objects.filter(pk=pk).exists()
    assert is_locked()


@pytest.mark.parametrize(
    ("role", "opens"), [("author", False), ("reviewer", False), ("manager", True)]
)
def test_only_managing_editors_unlock_for_a_colleague(
    client_as: ClientAs, holder: Any, role: str, opens: bool
) -> None:
    entry = DrugClass.objects.get()
    address = address_of(entry, "unlock")
    client_as(role).post(address)
    assert is_locked() != opens


def test_administrators_unlock(client_as: ClientAs, holder: Any) -> None:
    entry = DrugClass.objects.get()
    address = address_of(entry, "unlock")
    client_as("administrator").post(address)
    assert not is_locked()
