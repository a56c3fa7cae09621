"""What medicines, classes and side effects are found by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from drugs import catalogue
from drugs.choices import Status
from drugs.models import Drug, DrugClass, OtherMedicine, SideEffect
from drugs.presenters import SearchNotes, search_notes
from drugs.sections import keys_of
from tgsite.search.registry import Findable, Kind, register
from tgsite.search.words import key_of

MEDICINE, SIDE_EFFECT, CLASS, OTHER = "medicine", "side-effect", "class", "other-medicine"

# "fam-trastuzumab deruxtecan-nxki": what was put before and behind the name to tell it apart.
_PREFIX = re.compile(r"^(?:ado|fam)-")
_SUFFIX = re.compile(r"-[a-z]{4}$")
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")


def register_all() -> None:
    """Called once at start."""
    register(
        Kind(
            MEDICINE,
            Drug,
            of_drug,
            _("Medicines"),
            _("Medicine"),
            notes=_notes,
            is_subject=True,
        )
    )
    register(Kind(SIDE_EFFECT, SideEffect, of_side_effect, _("Side effects"), _("Side effect")))
    register(Kind(CLASS, DrugClass, of_class, _("Classes of medicine"), _("Class of medicine")))
    register(
        Kind(
            OTHER,
            OtherMedicine,
            of_other_medicine,
            _("Medicines without a page"),
            _("Medicine without a page"),
            is_page=False,
        )
    )


def _notes(slug: str) -> SearchNotes | None:
    return search_notes(slug, catalogue.current())


def of_drug(drug: Drug) -> Findable:
    """Every name of a medicine and its biosimilars; its text without what waits for a check."""
    return Findable(
        title=drug.brand_name,
        subtitle=drug.generic_name,
        url=drug.get_absolute_url(),
        summary=drug.summary,
        names=tuple(dict.fromkeys(_drug_names(drug))),
        aliases=tuple(drug.search_aliases.splitlines()),
        body=tuple(text for text in _drug_body(drug) if text),
        extra={
            "sections": keys_of(drug),
            "biosimilars": [key_of(name) for name in _biosimilar_names(drug)],
        },
    )


def _drug_names(drug: Drug) -> Iterator[str]:
    yield from short_generics(drug.generic_name)
    for name in drug.also_known_as.splitlines():
        yield _BRACKETS.sub("", name)
    yield from _biosimilar_names(drug)


def _biosimilar_names(drug: Drug) -> Iterator[str]:
    for row in drug.biosimilars.all():
        yield row.brand_name
        yield row.generic_name


def short_generics(name: str) -> list[str]:
    """A nonproprietary name without its prefix, without its suffix, without both."""
    without_suffix = _SUFFIX.sub("", name)
    found = [without_suffix, _PREFIX.sub("", name), _PREFIX.sub("", without_suffix)]
    return [one for one in dict.fromkeys(found) if one != name]


# Fields of a medicine's page that are text, in its order.
_DRUG_TEXTS = (
    *("key_points", "how_it_works", "payload", "test_needed", "boxed_warnings"),
    *("contraindications", "call_911", "call_team_now", "how_to_take", "missed_dose", "storage"),
    *("checks", "pregnancy", "interactions", "daily_life", "other_choices", "not_known"),
    *("generics", "cost_note", "questions", "manufacturer", "name_notes", "status_note"),
)


def _drug_body(drug: Drug) -> Iterator[str]:
    for name in _DRUG_TEXTS:
        # The page says "ask your team" instead of these.
        if name not in drug.unconfirmed:
            yield getattr(drug, name)
    for use in drug.indications.all():
        if use.status != Status.WITHDRAWN:
            yield from (use.summary, use.for_whom, use.after, use.given_with)
    for form in drug.forms.all():
        yield from (form.get_route_display(), form.form, form.schedule, form.duration, form.where)
    for effect in drug.side_effects.all():
        yield effect.effect
    for program in drug.support_programs.all():
        yield from (program.name, program.sponsor)


_CLASS_TEXTS = (
    *("key_points", "targets", "how_it_works", "who_for", "given_as", "typical_side_effects"),
    *("tests_needed", "never_compared", "other_choices", "not_known", "questions"),
)


def of_class(drug_class: DrugClass) -> Findable:
    """The names of a class and its text."""
    return Findable(
        title=drug_class.name,
        url=drug_class.get_absolute_url(),
        summary=drug_class.summary,
        names=tuple(drug_class.other_names.splitlines()),
        aliases=tuple(drug_class.search_aliases.splitlines()),
        body=tuple(getattr(drug_class, name) for name in _CLASS_TEXTS),
    )


_EFFECT_TEXTS = (
    *("description", "call_911", "call_team_now", "call_team_same_day", "self_care", "checks"),
    "not_known",
)


def of_side_effect(effect: SideEffect) -> Findable:
    """Everyday and medical names of a side effect, and its text."""
    names = [part for name in effect.other_names.splitlines() for part in outside_and_in(name)]
    return Findable(
        title=effect.name,
        url=effect.get_absolute_url(),
        summary=effect.summary,
        names=tuple(dict.fromkeys(names)),
        aliases=tuple(effect.search_aliases.splitlines()),
        body=tuple(getattr(effect, name) for name in _EFFECT_TEXTS),
    )


def outside_and_in(name: str) -> list[str]:
    """``interstitial lung disease (ILD)`` is two names."""
    return [_BRACKETS.sub("", name), *_BRACKETS.findall(name)]


def of_other_medicine(other: OtherMedicine) -> Findable:
    """The names of a medicine without a page; never a result, so it has no text."""
    generic, *inside = outside_and_in(other.generic_name)
    return Findable(
        title=other.generic_name,
        subtitle=other.kind,
        url=other.read_more_url,
        summary=other.what_it_is,
        names=tuple(dict.fromkeys((generic, *inside, *other.brand_names.splitlines()))),
        extra={"nearest": other.nearest_id, "relation": other.relation},
    )
