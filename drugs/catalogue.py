"""Every live medicine, class and side effect with what lists show, in memory while it is current.

Loaded once for each number of ``ContentVersion`` with three queries; each request reads the
number first, so a publication is seen by the next request of every process. Rules run over this
one loaded table: lists, counts, hints and relaxations ask nothing else, and a page names every
other entry from here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from drugs.choices import EffectGroup, Route, Status
from drugs.masks import Masks
from drugs.matching import Diagnosis, Match, Use, match_all
from drugs.models import (
    Biosimilar,
    Drug,
    DrugClass,
    DrugForm,
    DrugSideEffect,
    Indication,
    OtherMedicine,
    SideEffect,
)
from tgsite.editorial import listed
from tgsite.editorial.gathering import Gathered, part
from tgsite.editorial.memory import Kept
from tgsite.editorial.models import PublishedSlug
from tgsite.editorial.standing import UNKNOWN, SafetyNotice, Standing, standing_parts, standings

# One entry holds a tuple of references a diagnosis; a patient's next click is usually among them.
REMEMBERED_DIAGNOSES = 512


@dataclass(frozen=True)
class ClassName:
    """A live class as other pages name it."""

    pk: int
    slug: str
    name: str
    summary: str = ""
    standing: Standing = UNKNOWN
    targets: str = ""
    drawing: str = ""

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("drugs:class_detail", args=[self.slug])


@dataclass(frozen=True)
class EffectName:
    """A live side effect as other pages name it."""

    pk: int
    slug: str
    name: str
    other_names: tuple[str, ...]
    summary: str
    standing: Standing = UNKNOWN

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("drugs:side_effect_detail", args=[self.slug])


@dataclass(frozen=True)
class ListedEffect:
    """A side effect on a medicine's label, in the label's words, and the id of its page."""

    explained_by: int
    effect: str
    group: str

    @property
    def is_serious(self) -> bool:
        """Whether the label sorts it with the serious ones."""
        return self.group == EffectGroup.SERIOUS


@dataclass(frozen=True, eq=False)
class Medicine:
    """A live medicine as lists, cards and choosers show it. Dates as published."""

    pk: int
    slug: str
    url: str
    brand_name: str
    generic_name: str
    also_known_as: tuple[str, ...]
    biosimilars: tuple[tuple[str, str], ...]
    searchable: str
    summary: str
    status_note: str
    targets: tuple[str, ...]
    classes: tuple[ClassName, ...]
    routes: tuple[str, ...]
    uses: tuple[Use, ...]
    look_alikes: tuple[str, ...]
    effects: tuple[ListedEffect, ...]
    reviewed_on: date | None
    review_due: date | None
    updated_at: datetime | None
    notice: SafetyNotice | None = None

    @property
    def standing(self) -> Standing:
        """Its review and its safety notice."""
        return Standing(self.reviewed_on, self.review_due, self.notice)

    @property
    def full_name(self) -> str:
        """Brand and generic name: one is never shown without the other."""
        return f"{self.brand_name} ({self.generic_name})"

    @property
    def approval(self) -> str:
        """``current``, ``former`` (a use was withdrawn, none is left) or ``unchecked``."""
        return approval(self.uses)

    @property
    def route_labels(self) -> list[str]:
        """The routes in plain words."""
        return [str(Route(route).label) for route in self.routes]


class Catalogue:
    """Medicines, classes and side effects A to Z, and the memory of diagnoses already answered."""

    def __init__(
        self,
        version: int,
        medicines: Iterable[Medicine],
        classes: Iterable[ClassName] = (),
        effects: Iterable[EffectName] = (),
        other_names: Iterable[str] = (),
        addresses: Iterable[tuple[str, int]] = (),
    ) -> None:
        self.version = version
        self.medicines = _by_brand(medicines)
        self.by_slug = {medicine.slug: medicine for medicine in self.medicines}
        self.by_pk = {medicine.pk: medicine for medicine in self.medicines}
        self.class_by_pk = {known.pk: known for known in _by_name(classes)}
        # Those that a list can be narrowed to.
        self.classes = _by_name({known for one in self.medicines for known in one.classes})
        self.effects = _by_name(effects)
        self.effect_by_pk = {effect.pk: effect for effect in self.effects}
        self.effect_by_slug = {effect.slug: effect for effect in self.effects}
        # Names of medicines that have no page here.
        self.other_names = tuple(other_names)
        # Slugs under which a medicine was ever published, and its id.
        self._pk_by_address = dict(addresses)
        self.matches = lru_cache(maxsize=REMEMBERED_DIAGNOSES)(self._matches)
        self.masks = Masks(self.medicines)

    @property
    def names(self) -> list[str]:
        """Every name of every medicine, also of those without a page and of biosimilars."""
        found = list(self.other_names)
        for medicine in self.medicines:
            found += [medicine.brand_name, medicine.generic_name, *medicine.also_known_as]
            found += [name for pair in medicine.biosimilars for name in pair]
        return found

    def _matches(self, diagnosis: Diagnosis) -> tuple[Match[Medicine], ...]:
        return match_all(self.medicines, diagnosis)

    def found(self, slug: str) -> Medicine | None:
        """The live medicine that has this slug, or had it before it was renamed."""
        return self.by_slug.get(slug) or self.by_pk.get(self._pk_by_address.get(slug, 0))

    def named(self, slugs: Iterable[str]) -> list[Medicine]:
        """The live medicines among ``slugs``, in that order."""
        return [self.by_slug[slug] for slug in slugs if slug in self.by_slug]

    def referred(self, entries: Iterable[Any]) -> list[Medicine]:
        """The live medicines among ``entries``, A to Z; of each the id is enough.

        A link has no place of its own: a database gives links in any order.
        """
        return list(_by_brand(self.by_pk[one.pk] for one in entries if one.pk in self.by_pk))

    def classes_referred(self, entries: Iterable[Any]) -> list[ClassName]:
        """The live classes among ``entries``, A to Z; of each the id is enough."""
        found = (self.class_by_pk[one.pk] for one in entries if one.pk in self.class_by_pk)
        return list(_by_name(found))

    def in_class(self, slug: str) -> list[Medicine]:
        """The live medicines of one class, A to Z."""
        return [
            medicine
            for medicine in self.medicines
            if any(known.slug == slug for known in medicine.classes)
        ]

    def causing(self, effect_pk: int | None) -> list[tuple[Medicine, list[ListedEffect]]]:
        """The live medicines whose record lists a side effect, with the rows that say so."""
        found = [
            (medicine, [row for row in medicine.effects if row.explained_by == effect_pk])
            for medicine in self.medicines
        ]
        return [(medicine, rows) for medicine, rows in found if rows]


def _by_brand(medicines: Iterable[Medicine]) -> tuple[Medicine, ...]:
    return tuple(sorted(medicines, key=lambda one: one.brand_name.casefold()))


def _by_name(entries: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(entries, key=lambda one: one.name.casefold()))


def approval(uses: Iterable[Use]) -> str:
    """See ``Medicine.approval``; a use that nobody read in the label counts for nothing."""
    known = list(uses)
    if any(use.is_current for use in known):
        return "current"
    return "former" if any(use.status == Status.WITHDRAWN for use in known) else "unchecked"


def current() -> Catalogue:
    """The catalogue of the content as it is published now."""
    return in_memory.current()


def register_all() -> None:
    """Called once at start."""
    listed.register(Drug, lambda pk: current().by_pk.get(pk))
    listed.register(DrugClass, lambda pk: current().class_by_pk.get(pk))
    listed.register(SideEffect, lambda pk: current().effect_by_pk.get(pk))


def load(version: int) -> Catalogue:
    """Read every live medicine from the database: three queries, whatever their number."""
    rows = _rows()
    of_class = standings(rows, DrugClass._meta.label)
    of_effect = standings(rows, SideEffect._meta.label)
    classes = {
        pk: ClassName(pk, slug, name, summary, of_class.get(pk, UNKNOWN), targets, drawing)
        for pk, slug, name, summary, targets, drawing, *_none in rows.part("class")
    }
    effects = {
        pk: EffectName(
            pk,
            slug,
            name,
            tuple(other_names.splitlines()),
            summary,
            of_effect.get(pk, UNKNOWN),
        )
        for pk, slug, name, other_names, summary, *_none in rows.part("effect")
    }
    drugs = list(Drug.objects.for_catalogue())
    slugs = {drug.pk: str(drug.slug) for drug in drugs}
    uses = _uses(slugs, rows)
    return Catalogue(
        version,
        (_medicine(drug, slugs, uses, rows, classes) for drug in drugs),
        classes.values(),
        effects.values(),
        (
            name
            for _pk, generic, brands, *_none in rows.part("other")
            for name in (generic, *brands.splitlines())
        ),
        ((slug, pk) for pk, slug, *_none in rows.part("address")),
    )


def _medicine(
    drug: Drug,
    slugs: dict[int, str],
    uses: dict[int, list[Use]],
    rows: Gathered,
    classes: dict[int, ClassName],
) -> Medicine:
    routes = {route for route, *_none in rows.of("form", drug.pk)}
    biosimilars = tuple((brand, name) for brand, name, *_none in rows.of("biosimilar", drug.pk))
    return Medicine(
        pk=drug.pk,
        slug=str(drug.slug),
        url=drug.get_absolute_url(),
        brand_name=drug.brand_name,
        generic_name=drug.generic_name,
        also_known_as=tuple(drug.also_known_as.splitlines()),
        biosimilars=biosimilars,
        searchable=_searchable(drug, biosimilars),
        summary=drug.summary,
        status_note=drug.status_note,
        targets=tuple(drug.targets.splitlines()),
        classes=_by_name(
            classes[int(pk)] for pk, *_none in rows.of("in-class", drug.pk) if int(pk) in classes
        ),
        routes=tuple(code for code in Route.values if code in routes),
        uses=tuple(uses[drug.pk]),
        # A link has no place of its own: A to Z, whenever it was made.
        look_alikes=tuple(
            sorted(
                slugs[int(pk)] for pk, *_none in rows.of("look-alike", drug.pk) if int(pk) in slugs
            )
        ),
        effects=tuple(
            ListedEffect(int(pk), effect, group)
            for pk, effect, group, *_none in rows.of("listed-effect", drug.pk)
        ),
        reviewed_on=drug.reviewed_on,
        review_due=drug.review_due,
        updated_at=drug.last_published_at,
        notice=drug.standing.notice,
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


def _uses(slugs: dict[int, str], rows: Gathered) -> dict[int, list[Use]]:
    """Drug id -> its uses in the editor's order."""
    uses: dict[int, list[Use]] = defaultdict(list)
    for row in Indication.objects.filter(drug__live=True).order_by("drug_id", "sort_order", "pk"):
        partners = [slugs[int(pk)] for pk, *_none in rows.of("partner", row.pk) if int(pk) in slugs]
        uses[row.drug_id].append(use_of(row, sorted(partners)))
    return uses


def _rows() -> Gathered:
    """What belongs to live medicines, and what else is live, in one query."""
    live = {"drug__live": True}
    return Gathered(
        [
            part(
                "partner",
                Indication.partners.through.objects.filter(indication__drug__live=True),
                "indication_id",
                "drug_id",
            ),
            part(
                "look-alike",
                Drug.not_the_same_as.through.objects.filter(from_drug__live=True),
                "from_drug_id",
                "to_drug_id",
            ),
            part(
                "in-class", Drug.classes.through.objects.filter(**live), "drug_id", "drugclass_id"
            ),
            part("form", DrugForm.objects.filter(**live), "drug_id", "route"),
            part(
                "biosimilar",
                Biosimilar.objects.filter(**live),
                "drug_id",
                "brand_name",
                "generic_name",
            ),
            part(
                "listed-effect",
                DrugSideEffect.objects.filter(explained_by__isnull=False, **live),
                "drug_id",
                "explained_by_id",
                "effect",
                "group",
            ),
            part(
                "class",
                DrugClass.objects.live(),
                "id",
                "slug",
                "name",
                "summary",
                "targets",
                "drawing",
            ),
            part(
                "effect", SideEffect.objects.live(), "id", "slug", "name", "other_names", "summary"
            ),
            part("other", OtherMedicine.objects.all(), "id", "generic_name", "brand_names"),
            part("address", _addresses_of_drugs(), "object_id", "slug"),
            *standing_parts(DrugClass.objects.live()),
            *standing_parts(SideEffect.objects.live()),
        ]
    )


def _addresses_of_drugs() -> QuerySet[PublishedSlug]:
    return PublishedSlug.objects.filter(
        content_type__app_label=Drug._meta.app_label,
        content_type__model=Drug._meta.model_name,
    )


def _searchable(drug: Drug, biosimilars: Iterable[tuple[str, ...]]) -> str:
    """Every name and alias of a medicine, folded for comparison, one a line."""
    names = [drug.brand_name, drug.generic_name, drug.also_known_as, drug.search_aliases]
    names += [name for pair in biosimilars for name in pair]
    return "\n".join(names).casefold()


in_memory = Kept(load)
