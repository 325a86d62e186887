"""`gongjiang identity check`: identity numbers on standard input, one a line; no number is ever printed."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime

from gongjiang.law.calendar import SHANGHAI
from gongjiang.law.cli_output import MISUSE, NO, YES, add_output_arguments, print_json, print_lines
from gongjiang.law.codes import Identity, parse_identity

KINDS = {
    "resident": ("居民身份证", "resident identity card"),
    "hmt": ("港澳台居民居住证", "residence permit of Hong Kong, Macao, Taiwan"),
    "foreign": ("外国人永久居留身份证", "foreign permanent residence card"),
    None: ("不认识的号码", "unknown form"),
}


USAGE = "用法 / usage: gongjiang identity check [--json] [--lang zh|en] < FILE\n"


def main(argv: Sequence[str]) -> int:
    """Run the command on its own arguments, so that one that it doesn't know isn't printed by argparse."""
    parser = argparse.ArgumentParser(prog="gongjiang identity")
    add_arguments(parser)
    args, unknown = parser.parse_known_args(argv)
    if unknown:
        sys.stderr.write(USAGE)
        return MISUSE
    return run(args)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the sub-command `check`; numbers are never arguments, which other users of the machine could see.

    A number given as an argument all the same is taken here and refused in `run`: argparse would echo it.
    """
    parser.add_argument("verb", nargs="*", metavar="check", help="check the numbers on standard input, one a line")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="the day to check on (default: today)")
    add_output_arguments(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("日期应为 YYYY-MM-DD / the date must be YYYY-MM-DD") from None


def run(args: argparse.Namespace) -> int:
    """Print for each line whether it is valid, its kind and the reasons; exit code 0 if all are valid.

    Lines stay in order: an empty line between others is one that isn't valid. Input without any number is
    misuse (2).
    """
    if args.verb != ["check"]:
        sys.stderr.write(USAGE)
        return MISUSE
    today = args.today or datetime.now(SHANGHAI).date()
    checked = [parse_identity(line, today=today) for line in _lines()]
    if not checked:
        sys.stderr.write("标准输入里没有号码 / no number on standard input\n")
        return MISUSE
    if args.json:
        print_json([identity.as_dict(args.lang) for identity in checked])
    else:
        print_lines(_line(order, identity, args.lang) for order, identity in enumerate(checked, start=1))
    return YES if all(identity.valid for identity in checked) else NO


def _lines() -> list[str]:
    """Read the lines; bytes that are no UTF-8 become marks that no number has, not an error that shows them."""
    buffer = getattr(sys.stdin, "buffer", None)
    text = buffer.read().decode("utf-8-sig", errors="replace") if buffer else sys.stdin.read()
    return text.rstrip().split("\n") if text.strip() else []


def _line(order: int, identity: Identity, language: str) -> str:
    column = int(language == "en")
    mark = ("有效", "valid")[column] if identity.valid else ("无效", "invalid")[column]
    reasons = (reason.message_en if column else reason.message_zh for reason in identity.reasons)
    return f"{order:>4}  {mark}  {KINDS[identity.kind][column]}  {'; '.join(reasons)}".rstrip()
