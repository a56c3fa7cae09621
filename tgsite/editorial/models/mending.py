"""Pages whose words rest on a fact of another entry that has changed since."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Revision

from tgsite.editorial.models.review import OfEntry


class PageToMend(OfEntry):
    """A page that somebody has to read again, because of what was published of another entry.

    It is there until none of its sentences stands on the page, the facts are as they were, or
    somebody who may edit the page says that there is nothing to change.
    """

    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("source_type", "source_id")
    basis = models.ForeignKey(
        Revision,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The text of the other entry that the page was last in accord with",
    )
    since = models.DateTimeField()
    lines = models.JSONField(help_text="Sentences: the fields of dependents.Line")

    class Meta(OfEntry.Meta):
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "source_type", "source_id"],
                name="page_to_mend_once_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.source}"

    @property
    def mark(self) -> str:
        """Of the lines as they are: who says that they are right has seen these."""
        return sha256(json.dumps(self.lines).encode()).hexdigest()

    @classmethod
    def because_of(cls, entry: models.Model) -> models.QuerySet[Any]:
        """The pages that rest on ``entry``."""
        return cls.objects.filter(
            source_type=ContentType.objects.get_for_model(entry), source_id=entry.pk
        )
