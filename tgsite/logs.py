"""Keeps readers' questions out of the logs: an address is logged without its query string."""

import logging
import re

_QUERY = re.compile(r"\?\S+")


def without_query(text: str) -> str:
    """``text`` with every ``?…`` of an address cut off."""
    return _QUERY.sub("", text)


class FormatterWithoutQueries(logging.Formatter):
    """Cleans the whole line as it will be written: message, arguments and traceback alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The formatted record without query strings."""
        return without_query(super().format(record))
