"""A database of its own for a benchmark: SQLite in a folder that is gone afterwards, in test mode."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def scratch() -> Iterator[Path]:
    """Set Django up on a fresh, migrated database and yield its folder."""
    with tempfile.TemporaryDirectory(prefix="gongjiang-bench-") as name:
        os.environ.update(
            GONGJIANG_MODE="test",
            GONGJIANG_DATA_DIR=name,
            GONGJIANG_DATABASE_URL=f"sqlite:///{name}/bench.sqlite3",
            GONGJIANG_VERIFY_LOOK_UPS_A_MINUTE="1000000000",
            GONGJIANG_VERIFY_MISSES_AN_HOUR="1000000000",
            DJANGO_SETTINGS_MODULE="gongjiang.config.settings",
        )
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield Path(name)
        from django.db import connections

        connections.close_all()
