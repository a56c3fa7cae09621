"""Every address of the admin, tried by every role: allowed, or refused with nothing changed.

The addresses come from the resolver, so a view that is added is tried from its first day. A view
that lets a role change something has to stand in ``CHANGES``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import TaskState, Workflow

from drugs.models import OtherMedicine
from tests.editorial.admin_form import value_of
from tests.editorial.people import account, author, client_of, manager, reviewer, submitted
from tests.editorial.small_guide import for_a_module
from tests.factories import (
    ArticleFactory,
    ContributorFactory,
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
)
from tgsite.editorial.models import EditorialModel, SiteSettings, Tick

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "author", "reviewer", "manager", "administrator")
# Wagtail's own test of the error page, and a box of its text editor that stumbles over a form
# without its one field: only an editor who forges the request can send that.
WAGTAILS_FAULTS = {"wagtailadmin_error_test", "wagtailadmin_choose_page_external_link"}
# What a visit may write although nothing of anybody's work changes.
UNSEEN = {
    "django_session",
    "editorial_readingfigures",
    "wagtailadmin_editingsession",
    "wagtailusers_userprofile",
}
_ENTRY = {"entry:add", "entry:edit", "entry:revisions_revert"}
_MANAGING = {
    "contributor:copy",
    "contributor:delete",
    "contributor:edit",
    "entry:lock",
    "entry:revisions_unschedule",
    "entry:safety",
    "othermedicine:delete",
    "wordrule:copy",
    "wordrule:delete",
    "wordrule:edit",
}
# Role -> views by which it changed something. A refused decision is written into the log.
CHANGES = {
    "nobody": set(),
    "author": _ENTRY | {"editorial_review"},
    "reviewer": {"editorial_review"},
    "manager": _ENTRY | _MANAGING | {"editorial_review"},
    "administrator": _ENTRY
    | _MANAGING
    | {"editorial_review", "wagtailusers_groups:delete", "wagtailusers_groups:edit"}
    | {"wagtailusers_users:delete"},
}
# Role -> views by which it changed what readers see of an entry.
PUBLISHES = {
    "nobody": set(),
    "author": set(),
    "reviewer": {"editorial_review"},
    "manager": {"entry:safety"},
    "administrator": {"entry:safety", "wagtailusers_users:delete"},
}
_WRITE = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')


@dataclass(frozen=True)
class View:
    """One address of the admin: its name with namespaces, and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]
    nameless: int = 0


def _views(patterns: Any, namespaces: tuple[str, ...] = ()) -> Iterator[View]:
    for one in patterns:
        if isinstance(one, URLPattern) and one.name:
            regex = one.pattern.regex
            nameless = regex.groups - len(regex.groupindex)
            name = ":".join([*namespaces, one.name])
            yield View(name, tuple(regex.groupindex), 0 if regex.groupindex else nameless)
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
    clients: dict[str, Client]
    administrator: Client
    # Logging out and changing a password are among the views.
    cookies: dict[Client, SimpleCookie]

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


def make_world() -> World:
    """Live entries of each kind with a draft, the same under review, people and accounts."""
    factories = {
        "drugs_drug": DrugFactory,
        "drugs_drugclass": DrugClassFactory,
        "drugs_sideeffect": SideEffectFactory,
        "education_article": ArticleFactory,
        "education_glossaryterm": GlossaryTermFactory,
    }
    # Otherwise the first visit of their form would write them.
    SiteSettings.load()
    writer = author("writer")
    live: dict[str, EditorialModel] = {}
    under_review: dict[str, EditorialModel] = {}
    for kind, factory in factories.items():
        live[kind] = publish(factory())
        draft: Any = live[kind].live_revision.as_object()
        setattr(draft, draft.name_field, "Drafted")
        draft.save_revision(user=writer, clean=False)
        under_review[kind] = publish(factory())
        task_state = submitted(under_review[kind], writer)
    clients = {role: client_in(role, f"a-{role}") for role in ROLES}
    administrator = client_in("administrator")
    return World(
        under_review,
        live,
        task_state,
        ContributorFactory(),
        account("somebody"),
        OtherMedicine.objects.create(generic_name="tamoxifen", slug="tamoxifen"),
        clients,
        administrator,
        {client: copy(client.cookies) for client in (administrator, *clients.values())},
    )


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for all addresses: what a request writes is undone after it."""
    yield from for_a_module(django_db_blocker, make_world)


def client_in(role: str, name: str = "root") -> Client:
    """A client in a role; nobody has an account without one."""
    make = {"author": author, "reviewer": reviewer, "manager": manager}.get(role, account)
    user = make(name)
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
    if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        return {}
    forms = BeautifulSoup(page.content, "html.parser").find_all("form")
    largest = max(forms, key=lambda form: len(form.select("[name]")), default=None)
    data: dict[str, Any] = {}
    for field in largest.select("input[name], textarea[name], select[name]") if largest else ():
        name, value = str(field["name"]), value_of(field)
        if value is not None and field.get("type") != "file" and "__prefix__" not in name:
            data[name] = value
    return data


# A plain save, and every button that a form of the admin may have.
PRESSED: list[dict[str, Any]] = [
    {},
    {
        "action-publish": "1",
        "action-submit": "1",
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "ticks": Tick.values,
        "decision": "approve",
        "reason": "Forged.",
        "text": "Forged.",
        "source": "Forged",
        "do": "notice",
    },
    {"action-cancel-workflow": "1", "decision": "withdraw", "do": "off", "reason": "Forged."},
    {"decision": "send-back", "comment": "Forged.", "do": "confirm"},
    {"do": "end"},
]
TYPED = {"change_note": "Forged.", "internal_notes": "Forged.", "comment": "Forged."}


def name_of(view: View) -> str:
    """The view's name; one name for what every kind of entry has."""
    return re.sub(r"^wagtailsnippets_\w+:", "entry:", view.name)


def addresses(world: World, name: str) -> Iterator[str]:
    """Where the views of one name answer; about a medicine also for the one under review."""
    for view in admin_views():
        if name_of(view) != name:
            continue
        if view.nameless:
            yield reverse(view.name, args=[1, "live", "latest"][: view.nameless])
            continue
        about_a_medicine = view.name.startswith("wagtailsnippets_drugs_drug:")
        for reviewed in (False, True) if about_a_medicine else (False,):
            yield reverse(view.name, kwargs=world.arguments(view, reviewed=reviewed))


def tried(world: World, role: str, address: str, data: dict[str, Any]) -> set[str]:
    """The tables that a role wrote to at ``address``; nothing of it stays."""
    client = world.clients[role]
    with written() as tables:
        response = client.get(address)
    assert response.status_code < 500, f"GET {address} as {role}"
    assert not tables, f"GET {address} as {role}"
    found: set[str] = set()
    # Without a form there is no button to forge but the address itself.
    for pressed in PRESSED if data else PRESSED[:1]:
        with written() as tables:
            response = client.post(address, data | TYPED | pressed)
        client.cookies = copy(world.cookies[client])
        assert response.status_code < 500, f"POST {address} as {role}"
        found |= tables
    return found


NAMES = sorted({name_of(view) for view in admin_views()} - WAGTAILS_FAULTS)


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize("name", NAMES)
def test_every_role_changes_only_what_it_may(world: World, name: str) -> None:
    """GET changes nothing; POST, with what an administrator's form holds, only what is listed.

    No check finds anything: what is refused here, the role or the review refuses.
    """
    changed: set[str] = set()
    published: set[str] = set()
    for address in addresses(world, name):
        with written():
            data = fields_of(world.administrator.get(address))
        world.administrator.cookies = copy(world.cookies[world.administrator])
        for role in ROLES:
            tables = tried(world, role, address, data)
            changed |= {role} if tables else set()
            published |= {role} if "editorial_publication" in tables else set()
    assert changed == {role for role in ROLES if name in CHANGES[role]}
    assert published == {role for role in ROLES if name in PUBLISHES[role]}


def test_every_listed_view_is_there() -> None:
    listed = set().union(*CHANGES.values(), *PUBLISHES.values())
    assert listed <= set(NAMES)
