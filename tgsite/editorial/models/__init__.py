"""What every kind of content shares: entries, people, records, the texts of the site."""

from tgsite.editorial.models.entry import (
    RESERVED_SLUGS,
    EditorialModel,
    KeyedChild,
    SourceRow,
    entry_models,
)
from tgsite.editorial.models.figures import ReadingFigures
from tgsite.editorial.models.links import LinkCheck, LinkState, RetiredPublisher
from tgsite.editorial.models.mending import PageToMend
from tgsite.editorial.models.people import Contributor
from tgsite.editorial.models.records import (
    ContentVersion,
    LoadRecord,
    PublishedSlug,
    ShownAtOnce,
    Upload,
)
from tgsite.editorial.models.reminders import ReminderSent
from tgsite.editorial.models.review import ClinicalReviewTask, Publication, SignOff, Tick
from tgsite.editorial.models.site import SiteSettings
from tgsite.editorial.models.words import WordRule

__all__ = [
    "RESERVED_SLUGS",
    "ClinicalReviewTask",
    "ContentVersion",
    "Contributor",
    "EditorialModel",
    "KeyedChild",
    "LinkCheck",
    "LinkState",
    "LoadRecord",
    "PageToMend",
    "Publication",
    "PublishedSlug",
    "ReadingFigures",
    "ReminderSent",
    "RetiredPublisher",
    "ShownAtOnce",
    "SignOff",
    "SiteSettings",
    "SourceRow",
    "Tick",
    "Upload",
    "WordRule",
    "entry_models",
]
