"""Display helpers of the medicines' pages: the finder's answers and the sections of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from drugs.choices import Setting
from drugs.compare import compare_url as address_of_comparison
from drugs.compare_page import ComparePage
from drugs.emergency import EmergencySigns, joined, team_signs
from drugs.filters import list_url as address_of
from drugs.finder import Question
from drugs.models import Drug
from drugs.presenters import ClassPage, DrugPage, SideEffectPage
from drugs.sections import (
    CLASS_SECTIONS,
    COMPARE_SECTIONS,
    EFFECT_SECTIONS,
    SECTIONS,
    Section,
)

register = template.Library()


@register.filter
def list_url(question: Question) -> str:
    """The address of the list that asks ``question``."""
    return address_of(question)


@register.simple_tag
def compare_url(*slugs: str) -> str:
    """The address that sets these medicines side by side, or of one, offers others to add."""
    return address_of_comparison(slugs)


@register.filter
def setting_words(codes: Iterable[str]) -> list[str]:
    """The settings of a use in plain words, in the order of the list of settings."""
    chosen = set(codes)
    return [str(label) for code, label in Setting.choices if code in chosen]


@register.filter
def sections(page: DrugPage | ClassPage | SideEffectPage | ComparePage) -> list[Section]:
    """The sections that this page has something for, in their order."""
    known = {
        DrugPage: SECTIONS,
        ClassPage: CLASS_SECTIONS,
        SideEffectPage: EFFECT_SECTIONS,
        ComparePage: COMPARE_SECTIONS,
    }
    return [section for section in known[type(page)] if section.is_shown(page)]


@register.filter
def waits_for_check(drug: Drug, field: str) -> bool:
    """Whether ``field`` was not yet compared with the current label (``Drug.unconfirmed``)."""
    return field in drug.unconfirmed


@register.simple_tag
def emergency_signs(own: str | None) -> EmergencySigns:
    """An entry's own emergency signs (one a line) and those of every help box, none said twice."""
    return joined((own or "").splitlines())


@register.simple_tag
def general_team_signs(own: str | None) -> list[Any]:
    """The signs to call the team for with any medicine, beside an entry's own (one a line)."""
    return team_signs((own or "").splitlines())
