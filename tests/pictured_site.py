"""What the pictures of the guide for editors show: editors at work on the starter content."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from drugs.models import Drug, SideEffect, SideEffectSource
from tests.editorial.people import approved, submitted
from tests.factories import ContributorFactory
from tgsite.editorial import review
from tgsite.editorial.models import Contributor, EditorialModel
from tgsite.editorial.permissions import AUTHOR, MANAGER, REVIEWER

PEOPLE = (
    ("ann", "Ann", "Author", AUTHOR),
    ("rita", "Rita", "Reviewer", REVIEWER),
    ("mona", "Mona", "Manager", MANAGER),
)


def prepare(password: str) -> None:
    """Make it, and print the address of each screen by the name of its picture, as JSON."""
    for name, first, last, role in PEOPLE:
        user = get_user_model().objects.create_user(
            name, f"{name}@example.org", password, first_name=first, last_name=last
        )
        user.groups.add(Group.objects.get(name=role))
    users = {user.username: user for user in get_user_model().objects.all()}
    ContributorFactory(slug="rita", name="Rita Reviewer", credentials="MD", user=users["rita"])
    writer = ContributorFactory(slug="ann", name="Ann Author", credentials="", user=users["ann"])
    with_problems(users["ann"])
    with_history(users["ann"], users["rita"], writer)
    task_state = under_review(users["ann"], writer)
    medicine = Drug.objects.get(slug="ibrance")
    json.dump(
        {
            "checks": _screen(_named("Tiredness"), "edit"),
            "source": _screen(medicine, "edit"),
            "send": _screen(medicine, "edit"),
            "schedule": _screen(medicine, "edit"),
            "safety": _screen(medicine, "safety"),
            "history": _screen(_named("Mouth sores"), "history"),
            "changes": reverse("editorial_review", args=[task_state.pk]),
            "decision": reverse("editorial_review", args=[task_state.pk]),
        },
        sys.stdout,
    )


def with_problems(user: Any) -> None:
    """A draft in which the checks find something of each level."""
    entry = _named("Tiredness").get_latest_revision_as_object()
    entry.sources.add(SideEffectSource(title="A web page about tiredness", publisher="A news site"))
    entry.save_revision(user=user, clean=False)


def with_history(ann: Any, rita: Any, writer: Contributor) -> None:
    """A text that was approved, and its next one, which was sent back."""
    first = "The lining of your mouth becomes red, sore or broken."
    change = {"change_note": "Says what a sore mouth looks like.", "authors": [writer]}
    approved(submitted(_named("Mouth sores"), ann, description=first, **change), rita)
    task_state = submitted(_named("Mouth sores"), ann, description=f"{first} Call if it lasts.")
    review.send_back(task_state.pk, rita, "Please say how long “lasts” is.")


def under_review(ann: Any, writer: Contributor) -> Any:
    """A text that waits for a clinician; returns its task state."""
    entry = _named("Nausea and vomiting")
    return submitted(
        entry,
        ann,
        description="Nausea is feeling sick to your stomach. Vomiting can make you lose too much "
        "water. Your team can help with both.",
        self_care=entry.self_care.replace("cool and plain", "cool and bland"),
        change_note="Explains in plain words why vomiting matters.",
        authors=[writer],
    )


def _named(name: str) -> SideEffect:
    return SideEffect.objects.get(name=name)


def _screen(entry: EditorialModel, name: str) -> str:
    return reverse(entry.snippet_viewset.get_url_name(name), args=[entry.pk])
