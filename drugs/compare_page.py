"""What stands side by side: the same rows of the records of two to four medicines.

Every cell is what the record of one medicine says. Nothing is counted, weighed or ranked, and no
figure of a trial comes here: figures of two trials never stand side by side (design, section 11).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drugs.catalogue import Catalogue, Medicine
from drugs.choices import EffectGroup, Line, Route
from drugs.compare import FEWEST, MOST, compare_url
from drugs.effects import ComparedEffect, LabelEffect, side_by_side
from drugs.matching import Reason, Use, reasons
from drugs.models import Drug, DrugForm, DrugSideEffect
from tgsite.editorial.gathering import Gathered, part


@dataclass(frozen=True)
class UseInShort:
    """One current use: its sentence, and in short its place, conditions, partners and test."""

    use: Use
    facts: tuple[Reason, ...]


@dataclass(frozen=True)
class WayToHave:
    """One form of a medicine. ``route`` is a code; texts that the record lacks are empty."""

    route: str
    form: str
    schedule: str
    where: str

    @property
    def route_label(self) -> str:
        """The route in plain words."""
        return str(Route(self.route).label) if self.route else ""


@dataclass(frozen=True)
class Column:
    """One of the medicines side by side.

    ``drug`` has only the fields of ``DrugQuerySet.for_comparison``; ``look_alikes`` are those of
    the others shown that it must not be mistaken for; ``own_effects`` stand in its label alone, as
    far as words tell; ``without_url`` leads to the page without this medicine.
    """

    medicine: Medicine
    drug: Drug
    uses: tuple[UseInShort, ...]
    ways: tuple[WayToHave, ...]
    look_alikes: tuple[Medicine, ...]
    own_effects: tuple[LabelEffect, ...]
    without_url: str


@dataclass(frozen=True)
class ComparePage:
    """The medicines in the order chosen; side effects of all of them, and of some but not all.

    A side effect that only the words of one label name stands with its column.
    """

    columns: tuple[Column, ...] = ()
    shared_effects: tuple[ComparedEffect, ...] = ()
    different_effects: tuple[ComparedEffect, ...] = ()

    @property
    def medicines(self) -> list[Medicine]:
        """The medicines shown."""
        return [column.medicine for column in self.columns]

    @property
    def is_comparison(self) -> bool:
        """Whether there is anything to stand beside."""
        return len(self.columns) >= FEWEST

    @property
    def has_room(self) -> bool:
        """Whether one more medicine can be added."""
        return len(self.columns) < MOST

    @property
    def has_own_effects(self) -> bool:
        """Whether any label names a side effect of its own."""
        return any(column.own_effects for column in self.columns)


def compare_page(medicines: Iterable[Medicine], catalogue: Catalogue) -> ComparePage:
    """What stands side by side; two queries, and none for no medicine."""
    asked = list(medicines)
    if not asked:
        return ComparePage()
    pks = [medicine.pk for medicine in asked]
    drugs = {drug.pk: drug for drug in Drug.objects.for_comparison(pks)}
    shown = [medicine for medicine in asked if medicine.pk in drugs]
    rows = _rows(pks)
    effects = side_by_side(
        (row for medicine in shown for row in _effects(medicine.pk, rows, catalogue)),
        [medicine.pk for medicine in shown],
    )
    own = [row for effect in effects if effect.is_own for row in effect.rows]
    tied = [effect for effect in effects if not effect.is_own]
    return ComparePage(
        tuple(_column(medicine, drugs[medicine.pk], shown, rows, own) for medicine in shown),
        tuple(effect for effect in tied if effect.is_shared),
        tuple(effect for effect in tied if not effect.is_shared),
    )


def _column(
    medicine: Medicine,
    drug: Drug,
    shown: list[Medicine],
    rows: Gathered,
    own: list[LabelEffect],
) -> Column:
    others = [other for other in shown if other is not medicine]
    return Column(
        medicine=medicine,
        drug=drug,
        uses=tuple(UseInShort(use, _facts(use)) for use in medicine.uses if use.is_current),
        ways=tuple(WayToHave(*texts[:4]) for texts in rows.of("form", medicine.pk)),
        look_alikes=tuple(other for other in others if _look_alike(medicine, other)),
        own_effects=tuple(row for row in own if row.owner == medicine.pk),
        without_url=compare_url(other.slug for other in others),
    )


def _facts(use: Use) -> tuple[Reason, ...]:
    """The place of a use in the order of treatments, if it has one, and its conditions."""
    if use.line == Line.ANY:
        return reasons(use)
    return (Reason("line", _("Place"), str(Line(use.line).label)), *reasons(use))


def _look_alike(one: Medicine, other: Medicine) -> bool:
    """Whether either record warns of the other: a warning on one side counts for both."""
    return other.slug in one.look_alikes or one.slug in other.look_alikes


def _effects(pk: int, rows: Gathered, catalogue: Catalogue) -> list[LabelEffect]:
    return [
        LabelEffect(
            owner=pk,
            words=words,
            is_serious=group == EffectGroup.SERIOUS,
            page=catalogue.effect_by_pk.get(int(page or 0)),
        )
        for words, group, page, *_none in rows.of("effect", pk)
    ]


def _rows(pks: Iterable[int]) -> Gathered:
    """Forms and side effects of these medicines, in one query."""
    of_these = {"drug_id__in": list(pks)}
    return Gathered(
        [
            part(
                "form",
                DrugForm.objects.filter(**of_these),
                "drug_id",
                "route",
                "form",
                "schedule",
                "where",
            ),
            part(
                "effect",
                DrugSideEffect.objects.filter(**of_these),
                "drug_id",
                "effect",
                "group",
                "explained_by_id",
            ),
        ]
    )
