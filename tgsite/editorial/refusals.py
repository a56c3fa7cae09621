"""Why a publication did not happen, in words for whoever asked for it."""

from __future__ import annotations

import logging

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from tgsite.editorial.models import EditorialModel

logger = logging.getLogger(__name__)


def reasons(error: ValidationError | IntegrityError, entry: EditorialModel) -> list[str]:
    """Sentences on what refused ``entry``, the text that was to be public.

    What the checks let through and the database did not is logged: mostly a colleague was faster.
    """
    if isinstance(error, ValidationError):
        return error.messages
    logger.error(
        "The database refused to publish %s %s", entry._meta.label, entry.pk, exc_info=error
    )
    others = type(entry)._default_manager.exclude(pk=entry.pk)
    if entry.slug and others.filter(slug=entry.slug).exists():
        return [_("Another entry was published with the same slug.")]
    return [_("The database refused it. Ask an administrator: the reason is in the server's log.")]
