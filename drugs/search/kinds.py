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
from tgsite.search.words import key_of, stems

MEDICINE, SIDE_EFFECT, CLASS, OTHER = "medicine", "side-effect", "class", "other-medicine"

# "fam-trastuzumab deruxtecan-nxki": what was put before and behind the name to tell it apart.
_PREFIX = re.compile(r"^(?:ado|fam)-")
_PREFIXED = re.compile(r"^(?:ado|fam)-\w+")
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
    register(
        Kind(
            CLASS,
            DrugClass,
            of_class,
            _("Classes of medicine"),
            _("Class of medicine"),
            is_subject=True,
        )
    )
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
    """Every name of a medicine and its biosimilars, and its text.

    ``extra``: the sections of its page with the stems of their text; the keys of the names that
    are its biosimilars'.
    """
    texts = _drug_texts(drug)
    return Findable(
        title=drug.brand_name,
        subtitle=drug.generic_name,
        url=drug.get_absolute_url(),
        summary=drug.summary,
        names=tuple(dict.fromkeys(_drug_names(drug))),
        aliases=tuple(drug.search_aliases.splitlines()),
        body=(
            drug.key_points,
            *(text for section in texts.values() for text in section),
            *(drug.manufacturer, drug.name_notes, drug.status_note),
        ),
        extra={
            "sections": {
                section: " ".join(stems("\n".join(texts.get(section, ()))))
                for section in keys_of(drug)
            },
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
    """A nonproprietary name without its prefix, without its suffix, without both.

    Also the prefix with the first word: "ado-trastuzumab" must never lead to trastuzumab.
    """
    without_suffix = _SUFFIX.sub("", name)
    found = [without_suffix, _PREFIX.sub("", name), _PREFIX.sub("", without_suffix)]
    found += _PREFIXED.findall(name)
    return [one for one in dict.fromkeys(found) if one != name]


# Section of a medicine's page -> the fields whose text stands there.
_FIELDS = {
    "boxed-warnings": ("boxed_warnings",),
    "not-for": ("contraindications",),
    "how-it-works": ("how_it_works", "payload"),
    "how-given": ("how_to_take",),
    "tests": ("checks", "test_needed"),
    "trial-results": ("aims",),
    "side-effects": ("call_911", "call_team_now", "effect_timing"),
    "pregnancy": ("pregnancy",),
    "interactions": ("interactions",),
    "storage": ("missed_dose", "storage"),
    "daily-life": ("daily_life",),
    "other-choices": ("other_choices",),
    "not-known": ("not_known",),
    "versions": ("generics",),
    "cost": ("cost_note",),
    "questions": ("questions",),
}


def _drug_texts(drug: Drug) -> dict[str, list[str]]:
    """Section -> its passages, without uses that are withdrawn or not confirmed, and without what
    waits for a check: the page says "ask your team" instead.
    """
    texts = {
        section: [getattr(drug, name) for name in names if name not in drug.unconfirmed]
        for section, names in _FIELDS.items()
    }
    uses = [
        use for use in drug.indications.all() if use.confirmed and use.status != Status.WITHDRAWN
    ]
    texts["uses"] = [
        text for use in uses for text in (use.summary, use.for_whom, use.after, use.given_with)
    ]
    for form in drug.forms.all():
        route = str(form.get_route_display())
        texts["how-given"] += [route, form.form, form.schedule, form.duration, form.where]
    texts["side-effects"] += [row.effect for row in drug.side_effects.all()]
    texts["cost"] += [
        text for row in drug.support_programs.all() for text in (row.name, row.sponsor)
    ]
    return texts


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
