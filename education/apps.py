"""Articles and the glossary, and the links from words on any page to their definitions."""

from django.apps import AppConfig


class EducationConfig(AppConfig):
    """Registers this app's content checks, loaders, live entries, and what search knows of it."""

    name = "education"
    verbose_name = "Education"

    def ready(self) -> None:
        """Called once at start."""
        from education import checks, loaders, search, shelf

        shelf.register_all()
        checks.register_all()
        loaders.register_all()
        search.register_all()
