"""The WSGI application that a server such as granian runs."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from tgsite.search.english import english

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tgsite.settings")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def without_charset(application: Application) -> Application:
    """``application`` behind a guard: every request is read as UTF-8, whatever it claims to be.

    Django decodes the query with the charset of the Content-Type header, while it makes the
    request and before any middleware, and fails on one like ``base64``.
    """

    def guarded(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "CONTENT_TYPE" in environ:
            environ["CONTENT_TYPE"] = _CHARSET.sub("", environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return guarded


application = without_charset(get_wsgi_application())
# Half a second of reading that the first search would wait for.
english()
