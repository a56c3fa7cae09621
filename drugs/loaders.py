"""Tells `load_content` what this app's files hold."""

from pathlib import Path

from drugs.models import Drug, DrugClass, OtherMedicine, SideEffect
from tgsite.editorial.content import ContentKind, register

CONTENT = Path(__file__).parent / "content"


def register_all() -> None:
    """Called once at start."""
    register(ContentKind(DrugClass, CONTENT / "classes.yaml"))
    register(ContentKind(Drug, CONTENT / "medicines"))
    register(ContentKind(SideEffect, CONTENT / "side_effects.yaml"))
    register(ContentKind(OtherMedicine, CONTENT / "other_medicines.yaml"))
