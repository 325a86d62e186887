"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")
application = get_wsgi_application()

from gongjiang.kernel.checks import require_safe  # noqa: E402 (it needs the apps)

require_safe()
