"""The whole content as YAML files: read, validate, load and write in one format.

`drugs/content/README.md` describes the format. Apps register their kinds in ``AppConfig.ready``.
"""

from tgsite.editorial.content.errors import ContentError, ContentErrors
from tgsite.editorial.content.loading import load, take_in
from tgsite.editorial.content.registry import ContentKind, kinds, register
from tgsite.editorial.content.terms import Outcome, Terms

__all__ = [
    "ContentError",
    "ContentErrors",
    "ContentKind",
    "Outcome",
    "Terms",
    "kinds",
    "load",
    "register",
    "take_in",
]
