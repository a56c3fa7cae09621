"""The environment of a test run: production's settings, without encrypted connections."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "https://guide.example.org")
os.environ.setdefault("HTTPS_ONLY", "0")
os.environ.setdefault("HASHED_STATIC_FILES", "0")
os.environ.setdefault("EMAIL_URL", "memorymail://")
# Playwright's loop runs in the same thread as the tests' database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
