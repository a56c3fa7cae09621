"""The people of the desk in tests, and their texts on the way through clinical review."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from wagtail.models import TaskState, Workflow

from tests.editorial.admin_form import submit
from tgsite.editorial import review, safety
from tgsite.editorial.models import Contributor, EditorialModel, SignOff, Tick
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

GROUPS = {"author": AUTHOR, "reviewer": REVIEWER, "manager": MANAGER}


def account(name: str, *roles: str, **values: Any) -> Any:
    """A new account with these roles: author, reviewer, manager or administrator.

    A reviewer can sign: "rita" is linked to "Rita Person, MD".
    """
    values = {"email": f"{name}@example.org", "is_superuser": "administrator" in roles} | values
    user = get_user_model().objects.create_user(name, **values)
    groups = [GROUPS[role] for role in roles if role != "administrator"]
    user.groups.set(Group.objects.filter(name__in=groups))
    if "reviewer" in roles:
        person = {"name": f"{name.title()} Person", "credentials": "MD", "user": user}
        # The person outlives an account that a test deletes and makes anew.
        Contributor.objects.update_or_create(slug=name, defaults=person)
    return user


def author(name: str = "ann") -> Any:
    """The author of this name, made when first asked for."""
    return _known(name) or account(name, "author")


def reviewer(name: str = "rita") -> Any:
    """The clinical reviewer of this name, who can sign; made when first asked for."""
    return _known(name) or account(name, "reviewer")


def manager(name: str = "mona") -> Any:
    """The managing editor of this name, made when first asked for."""
    return _known(name) or account(name, "manager")


def _known(name: str) -> Any:
    return get_user_model().objects.filter(username=name).first()


def client_of(user: Any) -> Client:
    """A client logged in as ``user``; where any account of a role will do, see ``client_as``."""
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
    """``entry`` with ``changes`` that Ann wrote and Rita signed, read anew."""
    approved(submitted(entry, author(), **changes), reviewer())
    return type(entry).objects.get(pk=entry.pk)


def notice_mark(entry: EditorialModel) -> str:
    """The mark of the safety notice that is on the row of ``entry`` now."""
    return safety.mark(type(entry).objects.get(pk=entry.pk))


class AnyReason(dict[str, str]):
    """The same reason for every check that may be passed with one."""

    def get(self, _key: str, _default: Any = None) -> str:  # type: ignore[override]
        """The reason."""
        return "Agreed in the test."


def through_review(address: str, **changes: Any) -> HttpResponse:
    """Fill in the form at ``address`` as Ann and send it; Rita signs it."""
    changes = {"change_note": "Why it changed."} | changes
    response = submit(client_of(author()), address, "action-submit", **changes)
    approved(review.waiting().get(), reviewer())
    return response
