"""The answers of a list's form, ready to be shown: those to choose from, and those in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.urls import reverse
from django.utils.safestring import SafeString


class Facets(Protocol):
    """Counts the results that an answer would leave, all other answers kept."""

    def count(self, name: str, code: str, group: Collection[str] = ()) -> int:
        """The results with ``code`` as answer to ``name``; ``group`` are the codes beside it."""

    def in_words(self, count: int) -> str:
        """The number with what it counts: 12 medicines."""


@dataclass(frozen=True)
class Option:
    """One answer to choose. ``count`` is ``None`` where nothing is counted."""

    id: str
    code: str
    label: str
    is_chosen: bool
    tag: SafeString
    count: int | None = None
    count_words: str = ""


@dataclass(frozen=True)
class Group:
    """Answers under one heading; empty text for those that stand alone."""

    id: str
    heading: str
    note: str
    options: tuple[Option, ...]


def groups(field: BoundField, facets: Facets | None = None) -> list[Group]:
    """The answers of a choice field, in the order of the form, with their counts if wanted."""
    widget: Any = field.field.widget
    attrs = widget.attrs | {"id": field.auto_id}
    chosen = widget.format_value(field.value())
    notes = getattr(widget, "notes", {})
    return [
        Group(
            f"{field.auto_id}_group_{index}",
            str(heading or ""),
            str(notes.get(heading, "")),
            tuple(_options(field, options, facets)),
        )
        for heading, options, index in widget.optgroups(field.html_name, chosen, attrs)
    ]


def _options(
    field: BoundField, options: list[dict[str, Any]], facets: Facets | None
) -> Iterable[Option]:
    codes = [str(option["value"]) for option in options]
    for option, code in zip(options, codes, strict=True):
        shown = BoundWidget(field.field.widget, option, field.form.renderer)
        count = facets.count(field.name, code, codes) if facets else None
        yield Option(
            id=option["attrs"].get("id") or f"{field.auto_id}_{option['index']}",
            code=code,
            label=str(option["label"]),
            is_chosen=bool(option["selected"]),
            tag=shown.tag(),
            count=count,
            count_words=facets.in_words(count) if facets and count is not None else "",
        )


@dataclass(frozen=True)
class Chip:
    """One answer in force, in the words of its form, and the list without it."""

    question: str
    answer: str
    url: str


def chips(form: forms.Form, list_name: str, unmentioned: Collection[str] = ()) -> list[Chip]:
    """Every answer in force, each of several alone; none for an empty form or one with a mistake.

    ``list_name`` names the address of the list. Fields in ``unmentioned`` are no answers, such as
    the order of the results; the addresses keep them. ``form.short_labels`` has shorter words for
    some questions.
    """
    if not form.is_bound or not form.is_valid():
        return []
    given = {
        name: list(value) if isinstance(value, list | tuple) else [str(value)]
        for name, value in form.cleaned_data.items()
        if value
    }
    return [
        Chip(
            _question(form, name),
            _words(form.fields[name], code),
            _without(given, name, code, list_name),
        )
        for name in form.fields
        if name not in unmentioned
        for code in given.get(name, ())
    ]


def _question(form: forms.Form, name: str) -> str:
    return str(getattr(form, "short_labels", {}).get(name, form[name].label))


def _words(field: forms.Field, code: str) -> str:
    """The label of a chosen code, or the words that were typed."""
    if not isinstance(field, forms.ChoiceField):
        return code
    choices: Any = field.choices
    for known, label in choices:
        inside = label if isinstance(label, list | tuple) else [(known, label)]
        for inner, words in inside:
            if str(inner) == code:
                return _short(str(words))
    return code


def _short(label: str) -> str:
    """A label without the explanation in brackets at its end."""
    return label.rpartition(" (")[0] if label.endswith(")") else label


def _without(given: dict[str, list[str]], name: str, code: str, list_name: str) -> str:
    left = {**given, name: [one for one in given[name] if one != code]}
    return reverse(list_name, query={key: codes for key, codes in left.items() if codes})
