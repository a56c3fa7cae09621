"""Every address of the admin, tried by every role: allowed, or refused with nothing changed.

The addresses come from the resolver, so a view that is added is tried from its first day. A view
that lets a role change something has to stand in ``CHANGES``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.models import TaskState, Workflow

from drugs.models import OtherMedicine
from tests.editorial.people import account, author, client_of, manager, reviewer, submitted
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
)
from tgsite.editorial.models import EditorialModel

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "author", "reviewer", "manager", "administrator")
# Wagtail's own test of the error page.
BROKEN_ON_PURPOSE = {"wagtailadmin_error_test"}
# What a visit may write although nothing of anybody's work changes.
UNSEEN = {"django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile"}
_WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')


@dataclass(frozen=True)
class View:
    """One address of the admin: its name with namespaces, and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]


def _views(patterns: Any, namespaces: tuple[str, ...] = ()) -> Iterator[View]:
    for one in patterns:
        if isinstance(one, URLPattern) and one.name:
            arguments = tuple(one.pattern.regex.groupindex)
            yield View(":".join([*namespaces, one.name]), arguments)
        elif isinstance(one, URLResolver):
            inner = (*namespaces, one.namespace) if one.namespace else namespaces
            yield from _views(one.url_patterns, inner)


def admin_views() -> list[View]:
    """Every named view under /admin/."""
    (admin,) = [one for one in get_resolver().url_patterns if str(one.pattern) == "admin/"]
    return list(dict.fromkeys(_views(admin.url_patterns)))


@dataclass
class World:
    """Something of everything that an address can name."""

    under_review: dict[str, EditorialModel]
    live: dict[str, EditorialModel]
    task_state: TaskState
    person: Any
    user: Any
    other: OtherMedicine

    def arguments(self, view: View, *, reviewed: bool) -> dict[str, Any]:
        """An argument of each name, as far as possible one that exists."""
        kind = view.name.split(":")[0].partition("_")[2]
        entry = (self.under_review if reviewed else self.live).get(kind, self.live["drugs_drug"])
        revisions = list(entry.revisions.order_by("pk"))
        task_state = TaskState.objects.for_instance(entry).first() or self.task_state
        values: dict[str, Any] = {
            "pk": self._pk(view, entry),
            "revision_id": revisions[-1].pk,
            "revision_id_a": revisions[0].pk,
            "revision_id_b": "latest",
            "task_state_id": task_state.pk,
            "workflow_state_id": task_state.workflow_state_id,
            "task_id": task_state.task_id,
            "workflow_pk": Workflow.objects.get().pk,
            "action_name": "approve",
            "action": "delete",
            "app_label": "drugs",
            "app_name": "drugs",
            "model_name": "drug",
            "object_id": entry.pk,
        }
        if view.name.startswith("wagtailsettings"):
            values |= {"app_name": "editorial", "model_name": "sitesettings", "pk": 1}
        return {name: values.get(name, 1) for name in view.arguments}

    def _pk(self, view: View, entry: EditorialModel) -> int:
        space = view.name.split(":")[0]
        things: dict[str, Any] = {
            "contributor": self.person,
            "othermedicine": self.other,
            "wagtailusers_users": self.user,
            "wagtailusers_groups": Group.objects.get(name="Author"),
            "wagtailadmin_workflows": Workflow.objects.get(),
        }
        return int(things.get(space, entry).pk)


@pytest.fixture
def world() -> World:
    """Live entries of each kind with a draft, the same under review, people and accounts."""
    factories = {
        "drugs_drug": DrugFactory,
        "drugs_drugclass": DrugClassFactory,
        "drugs_sideeffect": SideEffectFactory,
        "education_article": ArticleFactory,
        "education_glossaryterm": GlossaryTermFactory,
    }
    writer = author("writer")
    live: dict[str, EditorialModel] = {}
    under_review: dict[str, EditorialModel] = {}
    for kind, factory in factories.items():
        live[kind] = publish(factory())
        live[kind].save_revision(user=writer, clean=False)
        under_review[kind] = publish(factory())
        task_state = submitted(under_review[kind], writer)
    return World(
        under_review,
        live,
        task_state,
        ContributorFactory(),
        account("somebody"),
        OtherMedicine.objects.create(generic_name="tamoxifen", slug="tamoxifen"),
    )


def client_in(role: str) -> Client:
    """A client in a role; nobody has an account without one."""
    make = {"author": author, "reviewer": reviewer, "manager": manager}.get(role, account)
    user = make(f"a-{role}")
    user.is_superuser = role == "administrator"
    user.save()
    return client_of(user)


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that were written to inside the block, which is then undone."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if found := _WRITE.match(sql):
            tables.add(found.group(1))
        return execute(sql, *rest)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            yield tables
        transaction.set_rollback(True)
    tables -= UNSEEN


def fields_of(page: Any) -> dict[str, Any]:
    """What a browser would send of the largest form on the page."""
    if "html" not in page.headers.get("Content-Type", "") or page.status_code != 200:
        return {}
    forms = BeautifulSoup(page.content, "html.parser").select(
        "form[method=post], form[method=POST]"
    )
    data: dict[str, Any] = {}
    for form in sorted(forms, key=lambda one: len(one.select("[name]")), reverse=True)[:1]:
        for field in form.select("input[name], textarea[name]"):
            if field.get("type") not in ("checkbox", "radio", "submit", "file"):
                value = field.get_text() if field.name == "textarea" else field.get("value", "")
                data[str(field["name"])] = value
        for field in form.select("select[name]"):
            chosen = field.select("option[selected]") or field.select("option")[:1]
            data[str(field["name"])] = [str(one.get("value", "")) for one in chosen]
    return data


# Pressed all at once: whatever a button may be called.
BUTTONS = {
    f"action-{name}": "1"
    for name in ("publish", "submit", "workflow-action", "cancel-workflow", "restart-workflow")
} | {"workflow-action-name": "approve", "comment": "Forged.", "ticks": ["sources"]}


def tries(world: World, views: list[View]) -> Iterator[tuple[View, str, bool]]:
    """Each view with an address; of those about a medicine also the one that is under review."""
    for view in views:
        if view.name in BROKEN_ON_PURPOSE:
            continue
        for reviewed in (
            (False, True) if view.name.startswith("wagtailsnippets_drugs_drug:") else (False,)
        ):
            yield (
                view,
                reverse(f"{view.name}", kwargs=world.arguments(view, reviewed=reviewed)),
                reviewed,
            )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_changes_only_what_it_may(world: World, role: str) -> None:
    """GET never changes anything; POST, with what an administrator's form holds, what is listed."""
    administrator, client = (
        client_in("administrator"),
        client_in(role if role != "administrator" else "nobody"),
    )
    if role == "administrator":
        client = administrator
    changed: dict[str, set[str]] = {}
    for view, address, _reviewed in tries(world, admin_views()):
        with written():
            data = fields_of(administrator.get(address)) | BUTTONS
        with written() as tables:
            response = client.get(address)
        assert response.status_code < 500, f"GET {address}"
        assert not tables, f"GET {address} as {role} wrote {tables}"
        with written() as tables:
            response = client.post(address, data)
        assert response.status_code < 500, f"POST {address}"
        if tables:
            changed.setdefault(view.name, set()).update(tables)
    import json

    print(role, json.dumps({k: sorted(v) for k, v in changed.items()}, indent=1))
