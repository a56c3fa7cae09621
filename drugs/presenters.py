"""Turns records into what a page shows, so that templates hold no rule."""

from __future__ import annotations

from dataclasses import dataclass

from drugs.catalogue import Catalogue, Medicine, approval, use_of
from drugs.choices import EffectGroup, Route, Status
from drugs.matching import (
    Diagnosis,
    Match,
    Reason,
    Use,
    change_mark,
    gene_test,
    needs_unstated_change,
    reasons,
)
from drugs.models import Drug, DrugSideEffect, Indication


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
    partners: list[NamedMedicine]


@dataclass(frozen=True)
class NamedMedicine:
    """Another medicine as a page names it: full names and whether it is approved today."""

    slug: str
    brand_name: str
    generic_name: str
    approval: str


@dataclass(frozen=True)
class DrugPage:
    """What a medicine's page shows beside its own fields."""

    drug: Drug
    approval: str
    uses: list[UseOnPage]
    withdrawn: list[UseOnPage]
    unconfirmed: list[UseOnPage]
    look_alikes: list[NamedMedicine]
    routes: list[str]
    common_effects: list[DrugSideEffect]
    serious_effects: list[DrugSideEffect]


def drug_page(drug: Drug) -> DrugPage:
    """From a medicine with its rows in memory: a published one or an unsaved preview."""
    rows = list(drug.indications.all())
    partners = [partner for row in rows for partner in row.partners.all()]
    named = _named([*drug.not_the_same_as.all(), *partners])
    uses = [_use_on_page(row, named) for row in rows]
    effects = list(drug.side_effects.all())
    return DrugPage(
        drug=drug,
        approval=approval(use_of(row) for row in rows),
        uses=[use for use in uses if use.row.confirmed and use.row.status != Status.WITHDRAWN],
        withdrawn=[use for use in uses if use.row.status == Status.WITHDRAWN],
        unconfirmed=[
            use for use in uses if not use.row.confirmed and use.row.status != Status.WITHDRAWN
        ],
        look_alikes=[named[other.pk] for other in drug.not_the_same_as.all() if other.pk in named],
        routes=[
            str(Route(route).label)
            for route in dict.fromkeys(form.route for form in drug.forms.all())
            if route
        ],
        common_effects=[row for row in effects if row.group == EffectGroup.COMMON],
        serious_effects=[row for row in effects if row.group == EffectGroup.SERIOUS],
    )


def _named(drugs: list[Drug]) -> dict[int, NamedMedicine]:
    """Drug id -> how a page names it, for the live ones: one query for all of them."""
    live = {drug.pk: drug for drug in drugs if drug.live}
    uses: dict[int, list[Use]] = {pk: [] for pk in live}
    for pk, status, confirmed in Indication.objects.filter(drug__in=live).values_list(
        "drug_id", "status", "confirmed"
    ):
        uses[pk].append(Use(status=status, confirmed=confirmed))
    return {
        pk: NamedMedicine(str(drug.slug), drug.brand_name, drug.generic_name, approval(uses[pk]))
        for pk, drug in live.items()
    }


def _use_on_page(row: Indication, named: dict[int, NamedMedicine]) -> UseOnPage:
    use = use_of(row)
    return UseOnPage(
        row=row,
        reasons=reasons(use),
        test=gene_test(use),
        partners=[named[one.pk] for one in row.partners.all() if one.pk in named],
    )
