"""``gongjiang calendar``: show a year's working days, load the year's holiday notice."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from gongjiang.kernel.cli_start import start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    load = acts.add_parser("load", help="load a year's notice (CSV: date,name,kind) and recompute open terms")
    load.add_argument("file", type=Path)
    load.add_argument("--year", type=int, required=True)
    load.add_argument("--source", required=True, help="the notice's title or number")
    show = acts.add_parser("show", help="list the days off and the make-up working days of a year")
    show.add_argument("year", type=int)


def run(args: argparse.Namespace) -> int:
    start(safe=args.act == "load")
    return _load(args) if args.act == "load" else _show(args)


def _load(args: argparse.Namespace) -> int:
    from gongjiang.kernel import calendars, clock
    from gongjiang.kernel.actor import system
    from gongjiang.kernel.refusal import Refused

    try:
        changes = calendars.load_holiday_notice(
            actor=system("calendar load"),
            year=args.year,
            text=args.file.read_text(encoding="utf-8-sig"),
            source=args.source,
            at=clock.now(),
        )
    except Refused as refused:
        for ground in refused.grounds:
            print(f"✗ {ground.why} {ground.way_on}")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"✗ {args.file}: {error}")
        return 2
    for change in changes:
        told = f" (told: {', '.join(change.told)})" if change.told else ""
        print(f"{change.title}: {change.before} → {change.after}{told}")
    print(f"{args.year}: loaded, {len(changes)} terms recomputed")
    return 0


def _show(args: argparse.Namespace) -> int:
    from gongjiang.kernel import calendars

    calendar = calendars.current()
    if args.year not in calendar.years:
        print(f"{args.year}: no notice is loaded; every term in it is provisional")
        return 1
    day, count = date(args.year, 1, 1), 0
    while day.year == args.year:
        worked = calendar.is_working_day(day)
        count += worked
        if worked != (day.weekday() < 5):
            print(f"{day} {'make-up working day' if worked else 'off'}")
        day += timedelta(days=1)
    print(f"{args.year}: {count} working days")
    return 0
