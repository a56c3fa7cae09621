"""Keeps readers' questions out of the logs: an address is logged without its query string."""

import logging
import re

_QUERY = re.compile(r"\?[^\s\"']*")


def without_query(text: str) -> str:
    """``text`` with every ``?…`` of an address cut off."""
    return _QUERY.sub("", text)


class WithoutQueryString(logging.Filter):
    """Rewrites each record: the message and its text arguments lose their query strings."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record is changed in place."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_query(arg) if isinstance(arg, str) else arg for arg in record.args
            )
        record.msg = without_query(str(record.msg))
        return True
