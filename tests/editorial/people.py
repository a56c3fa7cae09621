"""Editors for tests of the review: accounts in their roles, and texts on their way."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from wagtail.models import TaskState, Workflow

from tests.editorial.admin_form import submit
from tests.factories import ContributorFactory
from tgsite.editorial import review
from tgsite.editorial.models import EditorialModel, SignOff, Tick
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER


def account(name: str, *roles: str) -> Any:
    """The account ``name`` with these roles; a reviewer is linked to a person with credentials."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", first_name=name)
    user.groups.set(Group.objects.filter(name__in=roles))
    if REVIEWER in roles:
        ContributorFactory(name=f"{name.title()} Person", user=user)
    return user


def author(name: str = "ann") -> Any:
    """An author."""
    return account(name, AUTHOR)


def reviewer(name: str = "rita") -> Any:
    """A clinical reviewer who can sign."""
    return account(name, REVIEWER)


def manager(name: str = "mona") -> Any:
    """A managing editor."""
    return account(name, MANAGER)


def client_of(user: Any) -> Client:
    """A client logged in as ``user``."""
    client = Client()
    client.force_login(user)
    return client


def submitted(entry: EditorialModel, by: Any, **changes: Any) -> TaskState:
    """Write ``changes`` into a draft of ``entry`` as ``by`` and send it to review."""
    entry = type(entry).objects.get(pk=entry.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save_revision(user=by, clean=False, log_action="wagtail.edit")
    state = Workflow.objects.get().start(type(entry).objects.get(pk=entry.pk), by)
    found: TaskState = state.current_task_state
    return found


def approved(task_state: TaskState, by: Any) -> SignOff:
    """Sign the text with all six ticks, and a reason for whatever may be passed."""
    return review.approve(task_state.pk, by, ticks=Tick.values, reasons=AnyReason())


def signed(entry: EditorialModel, **changes: Any) -> Any:
    """``entry`` after clinical review of ``changes``, read anew."""
    approved(submitted(entry, author("writer"), **changes), reviewer("doctor"))
    return type(entry).objects.get(pk=entry.pk)


class AnyReason(dict[str, str]):
    """The same reason for every check that may be passed with one."""

    def get(self, _key: str, _default: Any = None) -> str:  # type: ignore[override]
        """The reason."""
        return "Agreed in the test."


def through_review(address: str, **changes: Any) -> HttpResponse:
    """Fill in the form at ``address`` as an author and send it; a reviewer signs it."""
    changes = {"change_note": "Why it changed."} | changes
    response = submit(client_of(author("sender")), address, "action-submit", **changes)
    approved(review.waiting().get(), reviewer("signer"))
    return response
