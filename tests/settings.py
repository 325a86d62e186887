"""The settings under which the suite runs: the product's own, in test mode."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("GONGJIANG_MODE", "test")

from gongjiang.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, as in the field: in memory, threads meet table locks that wait for nobody.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": str(Path(tempfile.gettempdir()) / f"gongjiang-test-{os.getpid()}.sqlite3")
    }
