"""Fixtures for the medicines' tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from drugs.catalogue import Catalogue, ClassName, Medicine
from drugs.matching import Use
from drugs.models import SideEffect
from tests.drugs.plain import a_medicine
from tests.factories import SideEffectFactory, publish

CONTENT = Path(__file__).parents[2] / "drugs" / "content"


@pytest.fixture
def rash() -> SideEffect:
    """A live side effect with every list filled in."""
    return publish(  # type: ignore[return-value]
        SideEffectFactory(slug="rash", name="Rash", other_names="exanthema\ndermatitis"),
        call_911="skin that comes off in sheets",
        call_team_now="blisters\na rash with fever",
        call_team_same_day="a rash that itches",
        self_care="Use a plain cream.\nKeep out of the sun.",
        checks="A look at your skin",
        not_known="Which cream is best.",
    )


@pytest.fixture(scope="session")
def starter_catalogue() -> Catalogue:
    """The project's own medicines, straight from their files: no database."""
    others = yaml.safe_load((CONTENT / "other_medicines.yaml").read_text(encoding="utf-8"))
    return Catalogue(
        version=1,
        medicines=_medicines(),
        other_names=[
            name for one in others for name in (one["generic_name"], *one.get("brand_names", ()))
        ],
    )


def _medicines() -> Iterator[Medicine]:
    rows = yaml.safe_load((CONTENT / "classes.yaml").read_text(encoding="utf-8"))
    classes = {row["slug"]: ClassName(n, row["slug"], row["name"]) for n, row in enumerate(rows)}
    for path in sorted((CONTENT / "medicines").glob("*.yaml")):
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        forms = entry.get("forms", [])
        yield a_medicine(
            entry["brand_name"],
            *(_use(row) for row in entry.get("indications", ())),
            slug=path.stem,
            generic_name=entry["generic_name"],
            also_known_as=tuple(entry.get("also_known_as", ())),
            biosimilars=tuple(
                (row["brand_name"], row["generic_name"]) for row in entry.get("biosimilars", ())
            ),
            searchable=_searchable(entry),
            summary=entry.get("summary", ""),
            status_note=entry.get("status_note", ""),
            classes=tuple(classes[slug] for slug in entry.get("classes", ())),
            routes=tuple(dict.fromkeys(form["route"] for form in forms if form.get("route"))),
            look_alikes=tuple(entry.get("not_the_same_as", ())),
        )


def _use(row: dict[str, Any]) -> Use:
    """One row under ``indications``; a key that is left out has the default of the model."""
    return Use(
        summary=row["summary"],
        setting=frozenset(row["setting"]),
        hormone_receptor=row.get("hormone_receptor", "any"),
        her2=frozenset(row["her2"]),
        mutations=tuple(row.get("mutations", ())),
        other_biomarkers=tuple(row.get("other_biomarkers", ())),
        for_whom=row.get("for_whom", ""),
        after=row.get("after", ""),
        given_with=tuple(row.get("given_with", ())),
        partners=tuple(row.get("partners", ())),
        line=row.get("line", "any"),
        line_note=row.get("line_note", ""),
        status=row.get("status", "approved"),
        confirmed=row.get("confirmed", False),
        approved_on=row.get("approved_on", ""),
        key=str(row["key"]),
    )


def _searchable(entry: dict[str, Any]) -> str:
    """Every name and alias, one a line, folded for comparison."""
    names = [entry["brand_name"], entry["generic_name"]]
    names += [*entry.get("also_known_as", ()), *entry.get("search_aliases", ())]
    names += [
        row.get(kind, "")
        for row in entry.get("biosimilars", ())
        for kind in ("brand_name", "generic_name")
    ]
    return "\n".join(names).casefold()
