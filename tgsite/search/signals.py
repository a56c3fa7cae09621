"""Keeps the table of search in step with what is live, in the transaction that changes it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save

from tgsite.editorial.models import EditorialModel, ShownAtOnce
from tgsite.editorial.publication import entry_published, entry_taken_off
from tgsite.search import index
from tgsite.search.models import SearchDocument


def connect() -> None:
    """Called once at start."""
    entry_published.connect(_published, dispatch_uid="tgsite.search.published")
    entry_taken_off.connect(_gone, dispatch_uid="tgsite.search.taken_off")
    post_save.connect(_saved, dispatch_uid="tgsite.search.saved")
    post_delete.connect(_deleted, dispatch_uid="tgsite.search.deleted")
    post_migrate.connect(_migrated, dispatch_uid="tgsite.search.migrated")


def _published(entry: EditorialModel, **_kwargs: Any) -> None:
    index.write(entry)


def _gone(entry: EditorialModel, **_kwargs: Any) -> None:
    index.remove(entry)


def _saved(sender: type[Model], instance: Model, raw: bool = False, **_kwargs: Any) -> None:
    """What has no drafts is found as soon as it is saved; a saved draft never.

    Rows that are restored as they were (``raw``) bring their rows of search with them.
    """
    if issubclass(sender, ShownAtOnce) and not raw:
        index.write(instance)


def _deleted(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if issubclass(sender, EditorialModel | ShownAtOnce):
        index.remove(instance)


def _migrated(sender: AppConfig, **_kwargs: Any) -> None:
    """A site that had content before it had a search is found from its first start on."""
    if sender.label == "search" and not SearchDocument.objects.exists():
        index.rebuild()
