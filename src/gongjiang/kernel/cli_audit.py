"""``gongjiang audit``: verify the trail, export it, publish a checkpoint."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from gongjiang.kernel.cli_start import start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="check the trail, its checkpoints and the records against it")
    verify.add_argument("--json", action="store_true", help="print for programs")
    export = acts.add_parser("export", help="write the trail as JSON lines")
    export.add_argument("file", type=Path)
    export.add_argument("--checkpoints", type=Path, help="also write the published checkpoints to this file")
    acts.add_parser("checkpoint", help="sign the head of the trail")


def run(args: argparse.Namespace) -> int:
    start(safe=args.act == "checkpoint")
    return {"verify": _verify, "export": _export, "checkpoint": _checkpoint}[args.act](args)


def _verify(args: argparse.Namespace) -> int:
    from gongjiang.kernel import checkpoints
    from gongjiang.kernel.models import AuditEntry

    chain, rows = checkpoints.verify_chain(), checkpoints.verify_rows()
    count = AuditEntry.objects.count()
    if args.json:
        problems = [asdict(problem) for problem in chain]
        report = {"whole": not (chain or rows), "entries": count, "problems": problems}
        print(json.dumps({**report, "rows": [asdict(row) for row in rows]}, ensure_ascii=False))
    else:
        for problem in chain:
            print(f"✗ {problem.text}")
        for row in rows:
            print(f"✗ {row}")
        print(f"Not whole: {len(chain) + len(rows)} problems." if chain or rows else f"Whole: {count} entries.")
    return 1 if chain or rows else 0


def _export(args: argparse.Namespace) -> int:
    from gongjiang.kernel import checkpoints

    count = checkpoints.export(args.file)
    if args.checkpoints:
        args.checkpoints.write_text(json.dumps(checkpoints.published(), indent=1) + "\n", encoding="utf-8")
    print(f"{count} entries written to {args.file}")
    return 0


def _checkpoint(args: argparse.Namespace) -> int:
    from gongjiang.kernel import checkpoints, clock
    from gongjiang.kernel.actor import system

    try:
        made = checkpoints.publish_checkpoint(at=clock.now(), actor=system("checkpoint"))
    except checkpoints.TrailBroken as broken:
        print(f"✗ {broken}: nothing was signed")
        return 1
    print(f"entry {made.seq} {made.hash} signed with {made.key_id}")
    return 0
