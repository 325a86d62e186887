"""``gongjiang serve``: serve the platform in production, by granian in WSGI mode."""

import argparse
import os
import subprocess
import sys

from gongjiang.kernel.cli_start import start

APPLICATION = "gongjiang.config.wsgi:application"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (a proxy with TLS stands before it)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes, one a core unless told")
    parser.add_argument("--threads", type=int, default=8, help="threads a process")


def run(args: argparse.Namespace) -> int:
    """Check that the installation is safe, migrate nothing, collect the static files, and serve until stopped."""
    start(safe=True)
    collect_static()
    command = server_command(host=args.host, port=args.port, workers=args.workers, threads=args.threads)
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0


def collect_static() -> None:
    """Put the static files where they are served from; unchanged ones are left alone."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)


def server_command(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command that serves the application. WSGI: under ASGI each request would hold a connection."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads), "--backlog", "1024"),
        *("--no-ws", "--log-level", "warning", "--respawn-failed-workers", APPLICATION),
    ]
