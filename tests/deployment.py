"""`check --deploy` under the settings of a public site; any warning is a failure."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tgsite.settings",
        DEBUG="0",
        SECRET_KEY="".join(chr(65 + number % 57) for number in range(64)),
        ALLOWED_HOSTS="guide.example.org",
        SITE_URL="https://guide.example.org",
    )
    sys.exit(
        execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])
    )
