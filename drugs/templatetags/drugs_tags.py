"""Display helpers of the medicines' pages: the finder's answers and the sections of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget

from drugs.choices import Setting
from drugs.compare import compare_url as address_of_comparison
from drugs.compare_page import ComparePage
from drugs.emergency import GENERAL_SIGNS, GENERAL_TEAM_SIGNS
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
def option_groups(field: BoundField) -> list[tuple[str, list[BoundWidget]]]:
    """The options of a choice field as pairs of a group's heading (or empty text) and options."""
    widget = field.field.widget
    attrs = widget.attrs | {"id": field.auto_id}
    chosen = widget.format_value(field.value())
    return [
        (
            str(heading or ""),
            [BoundWidget(widget, option, field.form.renderer) for option in options],
        )
        for heading, options, _index in widget.optgroups(field.html_name, chosen, attrs)
    ]


@dataclass(frozen=True)
class StatedAnswer:
    """One question of the finder that was answered, in the words of its form."""

    label: str
    answers: tuple[str, ...]


@register.filter
def stated_answers(form: forms.Form) -> list[StatedAnswer]:
    """What the reader answered; nothing for a form that is empty or has a mistake.

    The order of the results is no answer about a person, so ``sort`` is left out.
    """
    if not form.is_bound or not form.is_valid():
        return []
    return [
        StatedAnswer(str(form[name].label), tuple(_chosen(field, form.cleaned_data[name])))
        for name, field in form.fields.items()
        if name != "sort" and form.cleaned_data.get(name)
    ]


def _chosen(field: forms.Field, value: str | list[str]) -> list[str]:
    """The labels of the chosen codes, or the typed words."""
    if not isinstance(field, forms.ChoiceField):
        return [str(value)]
    codes = value if isinstance(value, list | tuple) else [value]
    labels: dict[str, str] = {}
    choices: Any = field.choices
    for code, label in choices:
        if isinstance(label, list | tuple):
            labels |= {str(inner): str(words) for inner, words in label}
        else:
            labels[str(code)] = str(label)
    return [labels.get(code, code) for code in codes]


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
def general_signs() -> tuple[Any, ...]:
    """The emergency signs that stand in every help box."""
    return GENERAL_SIGNS


@register.simple_tag
def general_team_signs() -> tuple[Any, ...]:
    """The signs to call the care team for at once, with any medicine."""
    return GENERAL_TEAM_SIGNS
