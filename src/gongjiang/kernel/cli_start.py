"""What every command that needs the database does first."""

import os


def start(*, safe: bool = False) -> None:
    """Load the settings and the apps; with ``safe`` refuse to go on where the installation is unsafe to write to."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")
    django.setup()
    if safe:
        from gongjiang.kernel import checks

        checks.require_safe()
