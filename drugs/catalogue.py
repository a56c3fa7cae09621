"""Every live medicine with what lists show, held in memory for as long as it is current.

Loaded once for each number of ``ContentVersion``, with a fixed number of queries; each request
reads the number first, so a publication is seen by the next request of every process. Rules run
over this one loaded table: lists, counts, hints and relaxations ask nothing else.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet, Value

from drugs.choices import Route, Status
from drugs.matching import Diagnosis, Match, Use, match_all
from drugs.models import Biosimilar, Drug, DrugForm, Indication
from tgsite.editorial.models import ContentVersion

Groups = dict[Any, list[tuple[Any, ...]]]

# One entry holds a tuple of references a diagnosis; a patient's next click is usually among them.
REMEMBERED_DIAGNOSES = 512


@dataclass(frozen=True)
class ClassName:
    """A live class as a list names it."""

    slug: str
    name: str


@dataclass(frozen=True, eq=False)
class Medicine:
    """A live medicine as lists, cards and choosers show it. Dates as published."""

    slug: str
    url: str
    brand_name: str
    generic_name: str
    also_known_as: tuple[str, ...]
    searchable: str
    summary: str
    status_note: str
    classes: tuple[ClassName, ...]
    routes: tuple[str, ...]
    uses: tuple[Use, ...]
    look_alikes: tuple[str, ...]
    reviewed_on: date | None
    review_due: date | None
    updated_at: datetime | None

    @property
    def approval(self) -> str:
        """``current``, ``former`` (a use was withdrawn, none is left) or ``unchecked``."""
        return approval(self.uses)

    @property
    def route_labels(self) -> list[str]:
        """The routes in plain words."""
        return [str(Route(route).label) for route in self.routes]


class Catalogue:
    """The medicines A to Z, and the memory of the diagnoses already answered."""

    def __init__(self, version: int, medicines: Iterable[Medicine]) -> None:
        self.version = version
        self.medicines = tuple(sorted(medicines, key=lambda one: one.brand_name.casefold()))
        self.by_slug = {medicine.slug: medicine for medicine in self.medicines}
        self.classes = tuple(
            sorted(
                {known for medicine in self.medicines for known in medicine.classes},
                key=lambda known: known.name.casefold(),
            )
        )
        self.matches = lru_cache(maxsize=REMEMBERED_DIAGNOSES)(self._matches)

    def _matches(self, diagnosis: Diagnosis) -> tuple[Match[Medicine], ...]:
        return match_all(self.medicines, diagnosis)

    def named(self, slugs: Iterable[str]) -> list[Medicine]:
        """The live medicines among ``slugs``, in that order."""
        return [self.by_slug[slug] for slug in slugs if slug in self.by_slug]

    def in_class(self, slug: str) -> list[Medicine]:
        """The live medicines of one class, A to Z."""
        return [
            medicine
            for medicine in self.medicines
            if any(known.slug == slug for known in medicine.classes)
        ]


def approval(uses: Iterable[Use]) -> str:
    """See ``Medicine.approval``; a use that nobody read in the label counts for nothing."""
    known = list(uses)
    if any(use.is_current for use in known):
        return "current"
    return "former" if any(use.status == Status.WITHDRAWN for use in known) else "unchecked"


_lock = threading.Lock()
_current: Catalogue | None = None


def current() -> Catalogue:
    """The catalogue of the content as it is published now: one query, or six after a change."""
    global _current
    version = ContentVersion.current()
    known = _current
    if known is not None and known.version == version:
        return known
    with _lock:
        if _current is None or _current.version != version:
            _current = load(version)
        return _current


def load(version: int) -> Catalogue:
    """Read every live medicine from the database: five queries, whatever their number."""
    drugs = list(Drug.objects.for_catalogue())
    slugs = {drug.pk: drug.slug for drug in drugs}
    partners, look_alikes = _links()
    routes, biosimilars = _routes_and_biosimilars()
    uses = _uses(slugs, partners)
    classes = _grouped(
        Drug.classes.through.objects.filter(drug__live=True, drugclass__live=True)
        .order_by("drugclass__name")
        .values_list("drug_id", "drugclass__slug", "drugclass__name")
    )
    return Catalogue(
        version,
        (
            Medicine(
                slug=drug.slug,
                url=drug.get_absolute_url(),
                brand_name=drug.brand_name,
                generic_name=drug.generic_name,
                also_known_as=tuple(drug.also_known_as.splitlines()),
                searchable=_searchable(drug, biosimilars[drug.pk]),
                summary=drug.summary,
                status_note=drug.status_note,
                classes=tuple(ClassName(slug, name) for slug, name in classes[drug.pk]),
                routes=tuple(code for code in Route.values if (code, "") in routes[drug.pk]),
                uses=tuple(uses[drug.pk]),
                look_alikes=tuple(slugs[pk] for (pk,) in look_alikes[drug.pk] if pk in slugs),
                reviewed_on=drug.reviewed_on,
                review_due=drug.review_due,
                updated_at=drug.last_published_at,
            )
            for drug in drugs
        ),
    )


def use_of(indication: Indication, partners: Iterable[str] = ()) -> Use:
    """The plain value of one row; ``partners`` are slugs of medicines of this guide."""
    return Use(
        summary=indication.summary,
        setting=frozenset(indication.setting),
        hormone_receptor=indication.hormone_receptor,
        her2=frozenset(indication.her2),
        mutations=tuple(indication.mutations),
        other_biomarkers=tuple(indication.other_biomarkers.splitlines()),
        for_whom=indication.for_whom,
        after=indication.after,
        given_with=tuple(indication.given_with.splitlines()),
        partners=tuple(partners),
        line=indication.line,
        line_note=indication.line_note,
        status=indication.status,
        confirmed=indication.confirmed,
        approved_on=indication.approved_on,
        key=str(indication.key),
    )


def _uses(slugs: dict[int, str], partners: Groups) -> dict[int, list[Use]]:
    """Drug id -> its uses in the editor's order."""
    uses: dict[int, list[Use]] = defaultdict(list)
    for row in Indication.objects.filter(drug__live=True).order_by("drug_id", "sort_order"):
        partner_slugs = [slugs[pk] for (pk,) in partners[row.pk] if pk in slugs]
        uses[row.drug_id].append(use_of(row, partner_slugs))
    return uses


def _links() -> tuple[Groups, Groups]:
    """Indication id -> ids of its partners; drug id -> ids of its look-alikes. One query."""
    return _two_in_one(
        Indication.partners.through.objects.filter(indication__drug__live=True),
        ("indication_id", "drug_id"),
        Drug.not_the_same_as.through.objects.filter(from_drug__live=True),
        ("from_drug_id", "to_drug_id"),
    )


def _routes_and_biosimilars() -> tuple[Groups, Groups]:
    """Drug id -> its routes, each with an empty text; drug id -> its biosimilars' names."""
    return _two_in_one(
        DrugForm.objects.filter(drug__live=True).annotate(no_text=Value("")),
        ("drug_id", "route", "no_text"),
        Biosimilar.objects.filter(drug__live=True),
        ("drug_id", "brand_name", "generic_name"),
    )


def _two_in_one(
    first: QuerySet[Any], columns: tuple[str, ...], second: QuerySet[Any], others: tuple[str, ...]
) -> tuple[Groups, Groups]:
    """The rows of two tables by one query, each grouped by its first column."""
    rows = list(
        first.order_by()
        .annotate(table=Value(1))
        .values_list("table", *columns)
        .union(second.order_by().annotate(table=Value(2)).values_list("table", *others), all=True)
    )
    return (
        _grouped(row[1:] for row in rows if row[0] == 1),
        _grouped(row[1:] for row in rows if row[0] == 2),
    )


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Groups:
    """First column -> the rest of each row, in the order of the rows."""
    groups: Groups = defaultdict(list)
    for first, *rest in rows:
        groups[first].append(tuple(rest))
    return groups


def _searchable(drug: Drug, biosimilars: Iterable[tuple[str, ...]]) -> str:
    """Every name and alias of a medicine, folded for comparison, one a line."""
    names = [drug.brand_name, drug.generic_name, drug.also_known_as, drug.search_aliases]
    names += [name for pair in biosimilars for name in pair]
    return "\n".join(names).casefold()
