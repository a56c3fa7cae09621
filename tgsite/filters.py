"""What the filters of all public lists share: answers from an address, and their messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tgsite.answers import Chip, Facets, chips

NOT_AN_ANSWER = gettext_lazy("“%(value)s” is not one of the answers. Choose again.")
TWO_ANSWERS = gettext_lazy("Two different answers were given here. Choose one.")


class AnswerFilter(django_filters.ChoiceFilter):
    """A question with one answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid_choice": NOT_AN_ANSWER}, **kwargs)


class OneAnswerForm(forms.Form):
    """Refuses two different answers to a question that has one, at its field."""

    short_labels: Mapping[str, str | Promise] = {}

    def clean(self) -> dict[str, Any]:
        """The cleaned answers; errors for those that were given twice."""
        cleaned = super().clean() or {}
        for name, field in self.fields.items():
            one = not isinstance(field, forms.MultipleChoiceField)
            if one and isinstance(self.data, QueryDict) and len(set(self.data.getlist(name))) > 1:
                self.add_error(name, ValidationError(TWO_ANSWERS))
        return cleaned


class ListFilterSet(django_filters.FilterSet):
    """The form of a public list that is narrowed in memory, with what stands around its results.

    No filter here touches a queryset: ``found`` of a list answers from what is loaded already.
    """

    list_name: str
    # Parameters that are no answers about what is looked for.
    unmentioned: tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, queryset=self._meta.model.objects.none(), **kwargs)

    @property
    def is_refused(self) -> bool:
        """Whether an answer is invalid: then there are no results and no counts."""
        return bool(self.is_bound and not self.is_valid())

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """The cleaned answers; nothing where one is invalid or none was given."""
        return self.form.cleaned_data if self.is_bound and self.is_valid() else {}

    @cached_property
    def chips(self) -> list[Chip]:
        """The answers in force."""
        return chips(self.form, self.list_name, self.unmentioned)

    @property
    def facets(self) -> Facets | None:
        """What counts the results of each answer; nothing where an answer is invalid."""
        return None if self.is_refused else self.counting()

    def counting(self) -> Facets:
        """What counts the results of each answer of this list."""
        raise NotImplementedError


def page_of(
    found: Sequence[Any] | QuerySet[Any], size: int, asked: list[str]
) -> tuple[Page[Any] | None, str]:
    """The page asked for; or nothing and a message that says which pages there are.

    ``asked`` are the values of ``page`` in the address.
    """
    paginator = Paginator(found, size)
    # Two different numbers are no page.
    number = (asked[0] or "1") if len(set(asked)) == 1 else "no page" if asked else "1"
    try:
        # A number of more digits is no page of ours, and slow to read.
        return paginator.page(number if len(number) < 6 else "no page"), ""
    except (EmptyPage, PageNotAnInteger):
        last = paginator.num_pages
        message = _("There is no such page of results. The last page is %(last)d.") % {"last": last}
        return None, message
