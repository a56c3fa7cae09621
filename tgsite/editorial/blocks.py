"""Blocks of a body that any app may use; each renders from a small template."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.utils.datastructures import MultiValueDictKeyError
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class WholeStreamBlock(blocks.StreamBlock):
    """Refuses a form whose counting of blocks was lost or damaged on its way.

    Nothing is stored then: an empty body would take the place of the text. ``BadRequest`` is
    answered with 400.
    """

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """The blocks as the browser counted them."""
        try:
            return super().value_from_datadict(data, files, prefix)
        except (MultiValueDictKeyError, ValueError) as error:
            raise BadRequest(f"The form arrived without a part of {prefix}.") from error


def reference(model: type[models.Model], pk: Any) -> models.Model:
    """An instance that carries its id alone; reading anything else of it asks the database."""
    primary_key: Any = model._meta.pk
    return model.from_db(None, [primary_key.attname], [primary_key.to_python(pk)])


class EntryBlock(SnippetChooserBlock):
    """Names an entry by its id. What a page shows of it comes from memory, not from a query.

    An id whose entry is gone stays as it is, so that a check can name it; the edit screen shows
    an empty chooser.
    """

    def to_python(self, value: Any) -> models.Model | None:
        """The reference for a stored id."""
        return None if value is None else reference(self.model_class, value)

    def bulk_to_python(self, values: Any) -> list[models.Model | None]:
        """The same for many ids."""
        return [self.to_python(value) for value in values]

    def get_form_state(self, value: Any) -> Any:
        """What the chooser shows: the entry as it is now."""
        found = value and self.model_class._default_manager.filter(pk=value.pk).first()
        return super().get_form_state(found or None)

    def get_searchable_content(self, value: Any) -> list[str]:
        """Nothing: the entry is found on its own page."""
        return []
