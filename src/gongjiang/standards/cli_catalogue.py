"""``gongjiang catalogue``: load what is carried, import and export lists, compare editions, tell what doesn't join."""

import argparse
from pathlib import Path

from gongjiang.kernel.cli_start import start

KINDS = ("edition", "access", "projects", "standards", "weights")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("load", help="load the catalogue that the project carries; safe to run twice")
    brought = acts.add_parser("import", help="import a list from CSV or Excel: all rows or none")
    brought.add_argument("file", type=Path)
    brought.add_argument("--kind", choices=KINDS, default="edition", help="what the rows are (default: edition)")
    brought.add_argument("--edition", type=int, help="the edition of the classification, as 2015")
    brought.add_argument("--place", default="00", help="whose list it is, for projects; whose law governs the classes")
    brought.add_argument("--source", required=True, help="the notice's or book's title or number")
    export = acts.add_parser("export", help="write an edition as CSV in the form in which it is imported")
    export.add_argument("edition", type=int)
    export.add_argument("file", type=Path)
    diff = acts.add_parser("diff", help="list what changed from one edition to another")
    diff.add_argument("old", type=int)
    diff.add_argument("new", type=int)
    acts.add_parser("unjoined", help="list the rows of the official catalogue of standards that join no occupation")


def run(args: argparse.Namespace) -> int:
    start(safe=args.act in {"load", "import"})
    return {"load": _load, "import": _import, "export": _export, "diff": _diff, "unjoined": _unjoined}[args.act](args)


def _load(args: argparse.Namespace) -> int:
    from gongjiang.kernel import clock
    from gongjiang.kernel.actor import system
    from gongjiang.standards.actions import load_catalogue

    counts = load_catalogue(actor=system("catalogue load"), at=clock.now())
    print(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))
    return 0


def _import(args: argparse.Namespace) -> int:
    from gongjiang.kernel import clock
    from gongjiang.kernel.actor import system
    from gongjiang.kernel.refusal import Refused
    from gongjiang.kernel.sheet_rows import SheetRefused
    from gongjiang.law.places import UnknownPlace, place
    from gongjiang.standards.bring import bring

    try:
        content = args.file.read_bytes()
        where = place(args.place)
    except (OSError, UnknownPlace) as error:
        print(f"✗ {error}")
        return 2
    try:
        done = bring(
            args.kind,
            actor=system("catalogue import"),
            at=clock.now(),
            content=content,
            source=args.source,
            edition=args.edition,
            place=where,
        )
    except SheetRefused as refused:
        for problem in refused.problems:
            column = refused.headers.get(problem.column, problem.column)
            spot = f"row {problem.row}, {column}: " if problem.row else ""
            print(f"✗ {spot}{problem.what} {problem.why} {problem.mend}")
        print(f"{len(refused.problems)} problems; nothing was saved")
        return 1
    except Refused as refused:
        for ground in refused.grounds:
            print(f"✗ {ground.why} {ground.way_on}")
        return 1
    print(f"{done.added} added, {done.changed} changed, {done.same} the same")
    return 0


def _export(args: argparse.Namespace) -> int:
    from gongjiang.standards.exports import edition_csv
    from gongjiang.standards.models import CatalogueEdition

    if not CatalogueEdition.objects.filter(edition=args.edition).exists():
        print(f"✗ no edition {args.edition} is entered")
        return 1
    args.file.write_bytes(edition_csv(args.edition))
    return 0


def _diff(args: argparse.Namespace) -> int:
    from gongjiang.standards.queries import difference

    for change in difference(args.old, args.new):
        old, new = (" ".join(entry) if entry else "—" for entry in (change.old, change.new))
        print(f"{change.kind}: {old} → {new}")
    return 0


def _unjoined(args: argparse.Namespace) -> int:
    from gongjiang.standards.models import UnjoinedStandard
    from gongjiang.standards.queries import unjoined_reasons

    for row in UnjoinedStandard.objects.filter(standard=None):
        print(f"{row.reason}: {row.code} {row.title} {row.edition}".rstrip())
    print(", ".join(f"{count} by {reason}" for reason, count in unjoined_reasons().items()))
    return 0
