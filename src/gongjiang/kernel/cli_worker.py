"""``gongjiang worker``: do the background work of this installation until told to stop; once a day what is daily."""

import argparse
import signal
import threading
from types import FrameType

from gongjiang.kernel.cli_start import start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")
    parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks into an empty queue")


def run(args: argparse.Namespace) -> int:
    """Work; SIGTERM and Ctrl+C let the task in hand end first."""
    start(safe=True)
    from gongjiang.kernel import clock, daily, jobs

    def start_the_day() -> None:
        daily.start(clock.today())

    if args.once:
        start_the_day()
        jobs.run_pending()
        return 0
    stop = threading.Event()

    def ask_to_stop(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    jobs.work_forever(interval=args.interval, stop=stop, before=start_the_day)
    return 0
