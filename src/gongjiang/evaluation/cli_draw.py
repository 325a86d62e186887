"""``gongjiang draw``: compute a published draw of experts again."""

import argparse

from gongjiang.evaluation import verify_draw


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = acts.add_parser("verify", help="check the seed, the exclusions, the lot and the replacements")
    verify.add_argument("file", help="the draw as downloaded from its page (JSON)")
    verify.add_argument("--json", action="store_true", help="print for programs")


def run(args: argparse.Namespace) -> int:
    return verify_draw.main([args.file, *(["--json"] if args.json else [])])
