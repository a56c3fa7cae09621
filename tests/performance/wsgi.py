"""The site as `tgsite.wsgi` runs it, with the bare view of ``tests.performance.urls`` added."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tgsite.settings")
settings.ROOT_URLCONF = "tests.performance.urls"
application = get_wsgi_application()
