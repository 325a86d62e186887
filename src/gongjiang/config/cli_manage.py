"""``gongjiang manage …``: Django's management commands, under the platform's settings."""

import os
from collections.abc import Sequence

from django.core.management import execute_from_command_line


def main(argv: Sequence[str]) -> int:
    """Pass the arguments on as they stand; Django prints and exits by itself on misuse."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")
    execute_from_command_line(["gongjiang manage", *argv])
    return 0
