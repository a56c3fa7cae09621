"""Tells `load_content` what this app's files hold."""


def register_all() -> None:
    """Called once at start."""
