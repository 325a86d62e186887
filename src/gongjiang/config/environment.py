"""Read settings from the environment, with defaults that are safe to forget."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "GONGJIANG_"
MODES = ("production", "demo", "test")


def text(name: str, default: str = "") -> str:
    """Return the setting ``GONGJIANG_<name>``."""
    return os.environ.get(PREFIX + name, default)


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no setting; 1, true, yes and on mean yes."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def database(url: str) -> dict[str, Any]:
    """Return Django's database entry for ``sqlite:///path`` or ``postgres://user:password@host/name``.

    SQLite runs with WAL, synchronous=FULL, BEGIN IMMEDIATE and a 30 s busy timeout: with deferred transactions
    writers starve each other, and with synchronous=NORMAL a power cut loses what was acknowledged.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path.removeprefix("/") if parts.path.startswith("//") else parts.path,
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": str(parts.port or query.get("port", "")),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
        }
    raise ValueError(f"GONGJIANG_DATABASE_URL: {parts.scheme!r} is neither sqlite nor postgres")


def directory(name: str, default: Path) -> Path:
    """Return a folder setting as an absolute path."""
    return Path(text(name, str(default))).expanduser().resolve()
