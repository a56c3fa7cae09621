"""People with roles, a signed entry, and time that passes: what tests of the editorial desk use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import TaskState, Workflow

from drugs.models import DrugClass
from tests.editorial.people import AnyReason
from tests.factories import ContributorFactory, DrugClassFactory
from tgsite.editorial import review
from tgsite.editorial.models import EditorialModel, SignOff, Tick
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

ROLES = {"author": AUTHOR, "reviewer": REVIEWER, "manager": MANAGER}


def person(name: str, *roles: str, **values: Any) -> Any:
    """A user called ``name`` in the groups of ``roles``; a reviewer can sign."""
    fields = {"email": f"{name}@example.org"} | values
    user = get_user_model().objects.create_user(name, **fields)
    user.groups.set(Group.objects.filter(name__in=[ROLES[role] for role in roles]))
    if "reviewer" in roles:
        ContributorFactory(slug=name, name=name.title(), user=user)
    return get_user_model().objects.get(pk=user.pk)


def client_of(user: Any) -> Client:
    """A client logged in as ``user``."""
    client = Client()
    client.force_login(user)
    return client


def submitted(entry: EditorialModel, author: Any, **changes: Any) -> TaskState:
    """``entry`` with ``changes`` as ``author`` sends it to clinical review."""
    entry = type(entry).objects.get(pk=entry.pk)
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save_revision(user=author)
    state = Workflow.objects.get().start(type(entry).objects.get(pk=entry.pk), author)
    found: TaskState = state.current_task_state
    return found


def signed(entry: EditorialModel, author: Any, reviewer: Any, **changes: Any) -> SignOff:
    """``entry`` with ``changes`` from ``author``, approved by ``reviewer``."""
    task = submitted(entry, author, **changes)
    return review.approve(task.pk, reviewer, ticks=Tick.values, reasons=AnyReason())


def a_class(**values: Any) -> DrugClass:
    """A class as a draft: the entry that is made quickest."""
    made: DrugClass = DrugClassFactory(**values)
    return made


def go_to(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """From here on it is ``moment``."""
    monkeypatch.setattr(timezone, "now", lambda: moment)
