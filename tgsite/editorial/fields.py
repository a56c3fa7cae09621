"""Model fields for editorial facts: sets of codes, lines of text, incomplete dates, stable keys."""

import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput


class ChoiceSetField(models.CharField):  # type: ignore[type-arg]
    """Any of a closed list of codes.

    Python value: tuple of codes in the order of ``choices``, without repeats. Column:
    ``,adjuvant,metastatic,`` (empty text for the empty set), so that ``__contains=",adjuvant,"``
    finds a code on every database. ``ValidationError`` for a code that is not in the list.
    """

    def __init__(self, *args: Any, codes: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.codes = list(codes)
        kwargs["max_length"] = sum(len(code) + 1 for code, _label in self.codes) + 1
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """What a migration needs to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["codes"] = [(code, str(label)) for code, label in self.codes]
        del kwargs["max_length"]
        return name, path, args, kwargs

    def combinations(self) -> list[str]:
        """Every value that the column may hold: what the database's own check compares with."""
        codes = [code for code, _label in self.codes]
        return [
            self._column(chosen)
            for size in range(len(codes) + 1)
            for chosen in combinations(codes, size)
        ]

    @staticmethod
    def _column(codes: Iterable[str]) -> str:
        joined = ",".join(codes)
        return f",{joined}," if joined else ""

    def to_python(self, value: Any) -> tuple[str, ...]:
        """The tuple for a column's text, a list or a tuple, in the order of the list of codes."""
        if not value:
            return ()
        found = value.strip(",").split(",") if isinstance(value, str) else list(value)
        known = [code for code, _label in self.codes]
        return tuple(code for code in known if code in found) + tuple(
            dict.fromkeys(code for code in found if code not in known)
        )

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> tuple[str, ...]:
        """Called by Django for each row read."""
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str:
        """The column's text; text is passed through, so that lookups can search in it."""
        return value if isinstance(value, str) else self._column(self.to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> tuple[str, ...]:
        """The normalised tuple, also for a value just assigned as text or list."""
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def value_to_string(self, obj: models.Model) -> str:
        """The text kept in a revision."""
        return self._column(self.to_python(self.value_from_object(obj)))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse unknown codes, and the empty set unless ``blank``."""
        unknown = set(value) - {code for code, _label in self.codes}
        if unknown:
            raise ValidationError(
                _("Not in the list: %(codes)s."), params={"codes": ", ".join(sorted(unknown))}
            )
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: Any) -> None:
        """Length needs no check: the list of codes bounds it."""

    def labels(self, value: Iterable[str]) -> list[str]:
        """The words for each code of ``value``, in the order of the list."""
        return [str(label) for code, label in self.codes if code in value]

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Checkboxes, one a code."""
        kwargs.pop("max_length", None)
        return forms.MultipleChoiceField(
            choices=self.codes,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )


class LinesField(models.TextField):  # type: ignore[type-arg]
    """A list of short texts, one a line; blank lines and spaces at the ends are dropped."""

    def to_python(self, value: Any) -> str:
        """Text with one item a line, from text or from a list of texts."""
        items = value if isinstance(value, list | tuple) else str(value or "").splitlines()
        return "\n".join(item for item in (str(item).strip() for item in items) if item)


register_form_field_override(LinesField, override={"widget": AdminAutoHeightTextInput})


_PARTIAL_DATE = RegexValidator(
    re.compile(r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z"),
    _("Write the date as 2026-05-15, or 2026-05 or 2026 where the day or month is not known."),
)


def validate_partial_date(text: str) -> None:
    """``ValidationError`` unless ``text`` is a year, a month or a day of the calendar."""
    _PARTIAL_DATE(text)
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValidationError(_("There is no such day in the calendar.")) from error


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A date known to the day, the month or the year: ``2026-05-15``, ``2026-05`` or ``2026``."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)


class KeyFormField(forms.UUIDField):
    """Hidden field that carries a row's key through an edit form; a new row gets a new key."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID:
        """The posted key, or a fresh one; ``ValidationError`` for text that is no key."""
        return super().clean(value) or uuid.uuid4()


class KeyField(models.UUIDField):  # type: ignore[type-arg]
    """The lasting identity of a child row: anchors, import and API use it, never the database id.

    A publication makes a new database id for a row that was new in a draft; the key stays.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", uuid.uuid4)
        super().__init__(*args, **kwargs)

    def formfield(self, **_kwargs: Any) -> forms.Field:
        """Hidden and without an initial value, which all new rows of a form would share."""
        return KeyFormField(required=False)
