"""What the site remembers of its content: its number, its addresses, what was loaded from files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

_read_in_this_request: ContextVar[list[int] | None] = ContextVar("content_version", default=None)


class ContentVersion(models.Model):
    """The number of the public content: one row, raised in each publication's transaction.

    Whoever keeps published content in memory reads it first and drops what has another number.
    """

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_content_version"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now: one query by primary key; inside ``one_version`` at most one in all."""
        read = _read_in_this_request.get()
        if read:
            return read[0]
        number = cls.objects.values_list("number", flat=True).get(pk=1)
        if read is not None:
            read.append(number)
        return number

    @classmethod
    @contextmanager
    def one_version(cls) -> Iterator[None]:
        """Within this block the number is read once, so that a page is of one version.

        A block inside another goes by the number that the outer one read.
        """
        outer = _read_in_this_request.get()
        token = _read_in_this_request.set([] if outer is None else outer)
        try:
            yield
        finally:
            _read_in_this_request.reset(token)

    @classmethod
    def advance(cls) -> None:
        """Raise the number inside the caller's transaction."""
        cls.objects.filter(pk=1).update(number=models.F("number") + 1)


class ShownAtOnce(models.Model):
    """What has no drafts: a change is public at once, so what is in memory is made anew.

    A deletion raises the number by a signal, which rows deleted together send as well.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and raise the number, or neither."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            ContentVersion.advance()


class PublishedSlug(models.Model):
    """An address under which an entry was ever published; it leads to that entry for ever."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    slug = models.SlugField(max_length=80)
    entry = GenericForeignKey("content_type", "object_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "slug"], name="one_entry_per_slug"),
        ]

    def __str__(self) -> str:
        return self.slug


class LoadRecord(models.Model):
    """What `load_content` last wrote, so that it never overwrites what an editor changed since."""

    kind = models.CharField(max_length=60, help_text="Model label, e.g. drugs.Drug")
    slug = models.SlugField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64, help_text="Of the content as it was loaded")
    live = models.BooleanField(help_text="Whether it was loaded as published")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="one_load_record_per_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
