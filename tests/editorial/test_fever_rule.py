"""B2a: the whole site names one limit for fever."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    DrugClassFactory,
    DrugFactory,
    GlossaryTermFactory,
    SideEffectFactory,
    publish,
    published_article,
)

ONE_LIMIT = "The one fever limit"


@pytest.mark.parametrize(
    ("factory", "changes"),
    [
        (DrugFactory, {"call_team_now": "a fever of 101 F or more"}),
        (DrugFactory, {"questions": "What if I have 38.5 °C?"}),
        (DrugClassFactory, {"typical_side_effects": "fever over 100.5 F (38.1 C)"}),
        (SideEffectFactory, {"call_team_now": "fever of 38.3 C"}),
        (GlossaryTermFactory, {"definition": "A temperature of 101 degrees F or more."}),
    ],
    ids=["team-sign", "question", "class", "side-effect", "term"],
)
@pytest.mark.django_db
def test_another_limit_is_refused(factory: Any, changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=ONE_LIMIT):
        publish(factory(), **changes)


@pytest.mark.django_db
def test_another_limit_in_the_body_of_an_article_is_refused() -> None:
    with pytest.raises(ValidationError, match=ONE_LIMIT):
        published_article(("text", "<p>Call for a fever of 101 F.</p>"))


@pytest.mark.parametrize(
    "changes",
    [
        {"call_team_now": "a fever of 100.4 F (38 C) or more"},
        {"call_team_now": "a fever of 100.4 °F (38.0 °C) or more"},
        {"storage": "Room temperature, 68 to 77 F (20 to 25 C); never over 104 F (40 C)."},
        {"internal_notes": "One center prints 101 F."},
        {"call_team_now": "pain for 101 days"},
    ],
    ids=["the-rule", "with-degree-signs", "storage", "internal-notes", "no-temperature"],
)
@pytest.mark.django_db
def test_what_is_no_other_limit_is_published(changes: dict[str, str]) -> None:
    assert publish(DrugFactory(), **changes).live
