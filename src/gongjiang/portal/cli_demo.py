"""``gongjiang demo``: a whole province of invented people and bodies at work, with a clock of its own."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

DATA = Path("var/demo")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="where the demo's data lie (var/demo)")
    parser.add_argument("--reload-data", action="store_true", help="throw the demo's data away and load them anew")
    parser.add_argument("--no-serve", action="store_true", help="load the data only")


def run(args: argparse.Namespace) -> int:
    """Load the province if it isn't there, then serve it until Ctrl+C. Never on an installation that is not a demo."""
    if os.environ.get("GONGJIANG_MODE", "demo") != "demo":
        return _refuse("GONGJIANG_MODE is set to another mode; the demo runs apart from real data.")
    environment(args.data, args.port)
    if args.reload_data:
        throw_away(args.data)
    prepare_django()
    from gongjiang.portal.demo_data import is_foreign, is_half_loaded

    if is_foreign():
        return _refuse("this database holds people who aren't the demo's: name another --data.")
    if is_half_loaded():
        return _refuse("an earlier loading broke off: run it again with --reload-data.")
    load_if_absent()
    if args.no_serve:
        return 0
    return serve(args.port)


def environment(data: Path, port: int) -> None:
    """Set the demo's mode, folders and address, where the environment doesn't."""
    os.environ["GONGJIANG_MODE"] = "demo"
    os.environ.setdefault("GONGJIANG_DATA_DIR", str(data.resolve()))
    os.environ.setdefault("GONGJIANG_PUBLIC_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")


def throw_away(data: Path) -> None:
    """Remove the demo's own folder; one that no demo made is left alone.

    :raises SystemExit: the folder holds something else.
    """
    if not data.exists():
        return
    known = {"gongjiang.sqlite3", "gongjiang.sqlite3-wal", "gongjiang.sqlite3-shm", "files", "keys", "static", "loaded"}
    strange = sorted({path.name for path in data.iterdir()} - known)
    if strange:
        raise SystemExit(_refuse(f"{data} holds {', '.join(strange)}, which no demo put there"))
    shutil.rmtree(data)


def prepare_django() -> None:
    """Start Django and bring the tables up to date."""
    import django
    from django.conf import settings

    django.setup()
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)


def load_if_absent() -> None:
    """Load the province once; afterwards go on at the hour at which it was left."""
    from gongjiang.portal import demo_data

    if demo_data.is_loaded():
        demo_data.resume()
        return
    began = time.monotonic()
    demo_data.load(_say)
    _say(f"loaded in {time.monotonic() - began:.0f} s")


def serve(port: int) -> int:
    """Serve on this machine only, with a worker beside for the background jobs, until either is stopped."""
    from gongjiang.portal.cli_serve import server_command

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = subprocess.Popen(server_command(host="127.0.0.1", port=port, workers=1, threads=4))
    worker = _worker()
    _say(f"the demo is open at http://127.0.0.1:{port}/  (Ctrl+C ends it)")
    try:
        while server.poll() is None:
            if worker.poll() is not None:
                worker = _worker()
            time.sleep(1)
        return server.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (server, worker):
            process.terminate()
        for process in (server, worker):
            process.wait(timeout=30)


def _worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "gongjiang", "worker"])


def _say(text: str) -> None:
    print(text, flush=True)


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
