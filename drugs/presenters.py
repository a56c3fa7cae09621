"""Turns records into what a page shows, so that templates hold no rule."""

from __future__ import annotations

from dataclasses import dataclass

from drugs.catalogue import (
    Catalogue,
    ClassName,
    EffectName,
    ListedEffect,
    Medicine,
    approval,
    use_of,
)
from drugs.choices import ClassDrawing, EffectGroup, Status
from drugs.class_comparison import Feature, compare_members
from drugs.compare import can_be_compared, compare_url
from drugs.figures import Figures, figures_of
from drugs.matching import (
    Diagnosis,
    Match,
    Reason,
    Use,
    change_mark,
    gene_test,
    needs_unstated_change,
    reasons,
    receptor_results,
)
from drugs.models import Drug, DrugClass, DrugSideEffect, Indication, MedicineRule, SideEffect


@dataclass(frozen=True)
class UseLine:
    """One matching use in a result: its sentence, why it is listed, and its mark if any."""

    use: Use
    reasons: tuple[Reason, ...]
    mark: str


@dataclass(frozen=True)
class Card:
    """One result of the list."""

    medicine: Medicine
    uses: tuple[UseLine, ...]
    mark: str
    look_alikes: list[Medicine]


def card(match: Match[Medicine], diagnosis: Diagnosis, catalogue: Catalogue) -> Card:
    """The result for ``match``; without a diagnosis it names no uses."""
    uses = match.uses if diagnosis.is_stated else ()
    return Card(
        medicine=match.medicine,
        uses=tuple(
            UseLine(
                use,
                reasons(use),
                change_mark([use]) if needs_unstated_change(use, diagnosis) else "",
            )
            for use in uses
        ),
        mark=change_mark(match.uses) if match.needs_test else "",
        look_alikes=catalogue.named(match.medicine.look_alikes),
    )


@dataclass(frozen=True)
class UseOnPage:
    """One use on a medicine's own page, with links to its partners."""

    row: Indication
    reasons: tuple[Reason, ...]
    test: str
    partners: list[Medicine]

    @property
    def cancer(self) -> list[str]:
        """What the receptor and HER2 tests must show; nothing if any result does."""
        return receptor_results(self.row.hormone_receptor, self.row.her2)


@dataclass(frozen=True)
class EffectOnPage:
    """One side effect of a medicine, and the page that says what helps, if there is one."""

    row: DrugSideEffect
    explained_by: EffectName | None


@dataclass(frozen=True)
class DrugPage:
    """What a medicine's page shows beside its own fields."""

    drug: Drug
    approval: str
    uses: list[UseOnPage]
    withdrawn: list[UseOnPage]
    unconfirmed: list[UseOnPage]
    look_alikes: list[Medicine]
    classes: list[ClassName]
    drawing: ClassDrawing | None
    routes: list[str]
    common_effects: list[EffectOnPage]
    serious_effects: list[EffectOnPage]
    figures: Figures


def drug_page(drug: Drug, catalogue: Catalogue) -> DrugPage:
    """From a medicine with its rows in memory: a published one or an unsaved preview."""
    rows = list(drug.indications.all())
    uses = [
        UseOnPage(row, reasons(use_of(row)), gene_test(use_of(row)), catalogue.referred(partners))
        for row, partners in ((row, row.partners.all()) for row in rows)
    ]
    effects = [
        EffectOnPage(row, catalogue.effect_by_pk.get(row.explained_by_id or 0))
        for row in drug.side_effects.all()
    ]
    classes = catalogue.classes_referred(drug.classes.all())
    return DrugPage(
        drug=drug,
        approval=approval(use_of(row) for row in rows),
        uses=[use for use in uses if use.row.confirmed and use.row.status != Status.WITHDRAWN],
        withdrawn=[use for use in uses if use.row.status == Status.WITHDRAWN],
        unconfirmed=[
            use for use in uses if not use.row.confirmed and use.row.status != Status.WITHDRAWN
        ],
        look_alikes=catalogue.referred(drug.not_the_same_as.all()),
        classes=classes,
        drawing=_drawing_among(classes, catalogue),
        # An old draft in the preview may hold a route that is no choice any more.
        routes=list(
            dict.fromkeys(form.get_route_display() for form in drug.forms.all() if form.route)
        ),
        common_effects=[one for one in effects if one.row.group == EffectGroup.COMMON],
        serious_effects=[one for one in effects if one.row.group == EffectGroup.SERIOUS],
        figures=figures_of(drug),
    )


def _drawing_among(classes: list[ClassName], catalogue: Catalogue) -> ClassDrawing | None:
    """The drawing of the class with the fewest medicines: it says most about this one.

    HER2-targeted medicines act in three ways; the page of an antibody shows the one of antibodies.
    """
    drawn = [one for one in classes if ClassDrawing.known(one.drawing)]
    drawn.sort(key=lambda one: len(catalogue.in_class(one.slug)))
    return ClassDrawing.known(drawn[0].drawing) if drawn else None


@dataclass(frozen=True)
class ListedMedicine:
    """A medicine on the page of its class, with the names it must not be mistaken for."""

    medicine: Medicine
    look_alikes: list[Medicine]


@dataclass(frozen=True)
class ClassPage:
    """What a class's page shows beside its own fields."""

    drug_class: DrugClass
    medicines: list[ListedMedicine]
    features: list[Feature]

    @property
    def drawing(self) -> ClassDrawing | None:
        """Where its medicines act."""
        return ClassDrawing.known(self.drug_class.drawing)

    @property
    def compare_url(self) -> str:
        """Where its medicines stand side by side; empty text if they are too few or too many."""
        members = [listed.medicine for listed in self.medicines]
        return compare_url(one.slug for one in members) if can_be_compared(members) else ""

    @property
    def has_shared(self) -> bool:
        """Whether the records of all members say the same on anything."""
        return any(feature.shared for feature in self.features)


def class_page(drug_class: DrugClass, catalogue: Catalogue) -> ClassPage:
    """From a class with its rows in memory; its medicines follow the catalogue."""
    members = catalogue.in_class(drug_class.slug or "")
    return ClassPage(
        drug_class=drug_class,
        medicines=[ListedMedicine(one, catalogue.named(one.look_alikes)) for one in members],
        features=compare_members(members, catalogue),
    )


@dataclass(frozen=True)
class RuleOnPage:
    """When people on one medicine call about a side effect."""

    row: MedicineRule
    medicine: Medicine


@dataclass(frozen=True)
class CausingMedicine:
    """A medicine whose record lists the side effect, in the words of its record."""

    medicine: Medicine
    rows: list[ListedEffect]

    @property
    def words(self) -> list[str]:
        """The words of its record, each once."""
        return list(dict.fromkeys(row.effect for row in self.rows))

    @property
    def is_serious(self) -> bool:
        """Whether its label sorts any of them with the serious ones."""
        return any(row.is_serious for row in self.rows)


@dataclass(frozen=True)
class SideEffectPage:
    """What a side effect's page shows beside its own fields."""

    effect: SideEffect
    rules: list[RuleOnPage]
    medicines: list[CausingMedicine]


def side_effect_page(effect: SideEffect, catalogue: Catalogue) -> SideEffectPage:
    """From a side effect with its rows in memory; rules of medicines that are not live are out."""
    return SideEffectPage(
        effect=effect,
        rules=[
            RuleOnPage(row, catalogue.by_pk[row.drug_id])
            for row in effect.medicine_rules.all()
            if row.drug_id in catalogue.by_pk
        ],
        medicines=[
            CausingMedicine(medicine, rows) for medicine, rows in catalogue.causing(effect.pk)
        ],
    )


@dataclass(frozen=True)
class SearchNotes:
    """What a search result must say beside a medicine's name."""

    approval: str
    look_alikes: list[Medicine]


def search_notes(slug: str, catalogue: Catalogue) -> SearchNotes | None:
    """The notes of the live medicine of ``slug``, if there is one."""
    medicine = catalogue.by_slug.get(slug)
    if medicine is None:
        return None
    return SearchNotes(medicine.approval, catalogue.named(medicine.look_alikes))
