"""The texts of every page, in memory."""

from tgsite.editorial.memory import Kept
from tgsite.editorial.models import SiteSettings


def _load(_version: int) -> SiteSettings:
    return SiteSettings.objects.first() or SiteSettings()


settings_in_memory = Kept(_load)


def site_settings() -> SiteSettings:
    """The settings as they are now; their defaults where nobody saved any."""
    return settings_in_memory.current()
