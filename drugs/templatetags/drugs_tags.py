"""Display helpers of the medicines' pages: the finder's answers and the sections of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drugs.choices import Setting
from drugs.emergency import GENERAL_SIGNS, GENERAL_TEAM_SIGNS
from drugs.filters import list_url as address_of
from drugs.finder import Question
from drugs.models import Drug
from drugs.presenters import ClassPage, DrugPage, SideEffectPage

register = template.Library()


@register.filter
def list_url(question: Question) -> str:
    """The address of the list that asks ``question``."""
    return address_of(question)


@register.filter
def setting_words(codes: Iterable[str]) -> list[str]:
    """The settings of a use in plain words, in the order of the list of settings."""
    chosen = set(codes)
    return [str(label) for code, label in Setting.choices if code in chosen]


@dataclass(frozen=True)
class Section:
    """One section of an entry's page. ``key`` is its address and names its template."""

    key: str
    heading: str | Promise
    is_shown: Callable[[Any], object]
    folder: str = "sections"

    @property
    def template(self) -> str:
        """The template of what stands under the heading."""
        return f"drugs/{self.folder}/_{self.key.replace('-', '_')}.html"


def _known(*fields: str) -> Callable[[DrugPage], object]:
    """Whether any of ``fields`` has text, or waits for a check and so says "ask your team"."""
    return lambda page: any(
        getattr(page.drug, name) or name in page.drug.unconfirmed for name in fields
    )


def _rows(*relations: str) -> Callable[[DrugPage], object]:
    """Whether the medicine has rows of any of these kinds."""
    return lambda page: any(getattr(page.drug, name).all() for name in relations)


def _either(*tests: Callable[[DrugPage], object]) -> Callable[[DrugPage], object]:
    return lambda page: any(test(page) for test in tests)


def _always(_page: Any) -> bool:
    return True


def _of_class(key: str, heading: str | Promise, *fields: str) -> Section:
    """A section of a class's page, there if one of ``fields`` has text or no field is named."""
    return Section(key, heading, lambda page: _filled(page.drug_class, fields), "class_sections")


def _of_effect(key: str, heading: str | Promise, *fields: str) -> Section:
    """The same for a side effect's page."""
    return Section(key, heading, lambda page: _filled(page.effect, fields), "effect_sections")


def _filled(entry: Any, fields: tuple[str, ...]) -> bool:
    return not fields or any(getattr(entry, name) for name in fields)


# The order of content standard, section 6. A section stands on a page that has something for it.
SECTIONS = (
    Section(
        "boxed-warnings", _("Boxed warnings: the most serious risks"), _known("boxed_warnings")
    ),
    Section("not-for", _("Who must not have it"), _known("contraindications")),
    Section("uses", _("Uses in breast cancer"), _rows("indications")),
    Section("how-it-works", _("How it works"), _known("how_it_works", "payload")),
    Section("how-given", _("How you have it"), _either(_rows("forms"), _known("how_to_take"))),
    Section("tests", _("Tests before and during treatment"), _known("checks", "test_needed")),
    Section("trial-results", _("What trials measured"), _rows("trial_results")),
    Section("side-effects", _("Side effects"), _rows("side_effects", "side_effect_rates")),
    Section("pregnancy", _("Pregnancy, birth control and breastfeeding"), _always),
    Section("interactions", _("Other medicines and food"), _known("interactions")),
    Section("storage", _("Missed dose and storage"), _known("missed_dose", "storage")),
    Section("daily-life", _("Daily life"), _known("daily_life")),
    Section("other-choices", _("Other choices"), _known("other_choices")),
    Section("not-known", _("What is not known yet"), _known("not_known")),
    Section(
        "versions", _("Biosimilars and generics"), _either(_rows("biosimilars"), _known("generics"))
    ),
    Section("cost", _("Help with cost"), _either(_rows("support_programs"), _known("cost_note"))),
    Section("questions", _("Questions to ask your team"), _known("questions")),
    Section("read-on", _("Read on"), _always),
    Section("what-changed", _("What changed"), _known("change_note")),
    Section("labels", _("The official US label"), _rows("label_sources")),
    Section("sources", _("Sources"), _rows("sources")),
    Section("about-this-page", _("About this page"), _always),
)


CLASS_SECTIONS = (
    _of_class("who-for", _("Who they are for, and the test that decides"), "who_for"),
    _of_class("how-it-works", _("How they work"), "how_it_works", "targets"),
    _of_class("how-given", _("How they are given"), "given_as"),
    _of_class("medicines", _("The medicines")),
    _of_class("differences", _("How they differ, and what was never compared"), "never_compared"),
    _of_class("side-effects", _("Typical side effects"), "typical_side_effects"),
    _of_class("tests", _("Tests before and during treatment"), "tests_needed"),
    _of_class("other-choices", _("Other choices"), "other_choices"),
    _of_class("not-known", _("What is not known yet"), "not_known"),
    _of_class("questions", _("Questions to ask your team"), "questions"),
    _of_class("read-on", _("Read on")),
    _of_class("what-changed", _("What changed"), "change_note"),
    Section("sources", _("Sources"), lambda page: page.drug_class.sources.all(), "class_sections"),
    _of_class("about-this-page", _("About this page")),
)
EFFECT_SECTIONS = (
    Section("rules", _("When to call, by medicine"), lambda page: page.rules, "effect_sections"),
    _of_effect("what-it-is", _("What it is"), "description"),
    _of_effect("at-home", _("What you can do at home"), "self_care"),
    _of_effect("tests", _("Tests your team may do"), "checks"),
    _of_effect("medicines", _("Medicines that can cause it")),
    _of_effect("not-known", _("What is not known yet"), "not_known"),
    _of_effect("what-changed", _("What changed"), "change_note"),
    Section("sources", _("Sources"), lambda page: page.effect.sources.all(), "effect_sections"),
    _of_effect("about-this-page", _("About this page")),
)


@register.filter
def sections(page: DrugPage | ClassPage | SideEffectPage) -> list[Section]:
    """The sections that this entry has something for, in the order of the page."""
    known = {DrugPage: SECTIONS, ClassPage: CLASS_SECTIONS, SideEffectPage: EFFECT_SECTIONS}
    return [section for section in known[type(page)] if section.is_shown(page)]


@register.filter
def waits_for_check(drug: Drug, field: str) -> bool:
    """Whether ``field`` was not yet compared with the current label (``Drug.unconfirmed``)."""
    return field in drug.unconfirmed


@register.simple_tag
def general_signs() -> tuple[Any, ...]:
    """The emergency signs that stand in every help box."""
    return GENERAL_SIGNS


@register.simple_tag
def general_team_signs() -> tuple[Any, ...]:
    """The signs to call the care team for at once, with any medicine."""
    return GENERAL_TEAM_SIGNS
