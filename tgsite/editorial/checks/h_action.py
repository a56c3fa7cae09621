"""H: something to do."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tgsite.editorial.checks import Problem
from tgsite.editorial.models import EditorialModel
from tgsite.editorial.texts import paragraphs

# fmt: off
ACTIONS = (
    "ask", "call", "tell", "talk", "check", "bring", "write", "keep", "take", "use", "wash",
    "drink", "eat", "rest", "avoid", "read", "note", "plan", "show", "get", "go", "look", "carry",
    "choose", "see", "let", "speak", "print", "give", "wear", "put", "try", "report", "swallow",
)
# fmt: on
ACTION = re.compile(
    r"(?:^|[,:;]\s+|\b(?:and|or|please|then|you can|do not|don't)\s+)(?:%s)\b" % "|".join(ACTIONS),
    re.IGNORECASE,
)


def says_what_to_do(entry: EditorialModel) -> Iterator[Problem]:
    """H1: at least one sentence tells the reader what to do, beginning with a verb."""
    if not any(ACTION.search(one) for _passage, found in paragraphs(entry) for one in found):
        yield Problem(_("No sentence tells the reader what to do."), rule="H1")
