"""``gongjiang run FOLDER --out DIR``: from spreadsheets to certificates that anyone can verify."""

import argparse
import json
import sys
from pathlib import Path

from gongjiang.portal.run.folder import BadFolder, read_folder
from gongjiang.portal.run.stage import NotARunFolder, open_database, prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="body.toml, batch.toml and the spreadsheets")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the papers and the summary go")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON instead of the steps")


def run(args: argparse.Namespace) -> int:
    """Return 0 when the chain came through, 1 when a step was refused, 2 for a folder that can't be read."""
    try:
        folder = read_folder(args.folder)
        prepare(args.out)
    except BadFolder as bad:
        for problem in bad.problems:
            print(problem, file=sys.stderr)
        return 2
    except NotARunFolder as bad:
        print(bad, file=sys.stderr)
        return 2
    open_database(args.out)
    from gongjiang.kernel.refusal import Refused
    from gongjiang.portal.run.chain import Chain

    chain = Chain(folder, args.out, say=(lambda text: None) if args.json else print)
    try:
        summary = chain.go()
    except Refused as refused:
        say_refused(refused)
        return 1
    if args.json:
        print(json.dumps(summary, ensure_ascii=False, indent=1))
    return 0


def say_refused(refused: Exception) -> None:
    """Print a refusal in its three parts."""
    from gongjiang.kernel.refusal import Refused

    assert isinstance(refused, Refused)
    print(f"{refused.asked}：未获准", file=sys.stderr)
    for ground in refused.grounds:
        cites = "、".join(cite.label for cite in ground.cites)
        print(
            f"  为什么：{ground.why}{f'（{cites}）' if cites else ''}\n  怎样才可以：{ground.way_on}", file=sys.stderr
        )
