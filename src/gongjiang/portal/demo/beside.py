"""What the processes beside the loading do. They import this before Django is set up, so it imports nothing of ours."""

from datetime import datetime


def begin() -> None:
    """Make a new process ready."""
    import django

    django.setup()
    hurry()


def hurry() -> None:
    """Leave out SQLite's waiting for the disk: a load that is cut off is thrown away anyway."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def make_some(pks: list[int], at: str) -> int:
    """Make the papers of these certificates, as of the instant."""
    from gongjiang.certificates.actions import make_paper
    from gongjiang.certificates.models import Certificate
    from gongjiang.kernel.actor import system

    found = Certificate.everything.filter(pk__in=pks).select_related("batch", "photo").order_by("pk")
    for certificate in found:
        make_paper(actor=system("demo"), at=datetime.fromisoformat(at), certificate=certificate)
    return len(pks)
