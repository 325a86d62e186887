"""`gongjiang credit-code check TEXT`: is it a unified social credit code (统一社会信用代码)?"""

import argparse

from gongjiang.law.cli_output import NO, YES, add_output_arguments, print_json, print_lines
from gongjiang.law.codes import parse_credit_code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the sub-command `check TEXT`."""
    check = parser.add_subparsers(dest="verb", required=True).add_parser("check", help="check a code")
    check.add_argument("text", metavar="TEXT")
    add_output_arguments(check)


def run(args: argparse.Namespace) -> int:
    """Print `valid, reasons`; exit code 0 if valid, else 1."""
    code = parse_credit_code(args.text)
    if args.json:
        print_json(code.as_dict(args.lang))
    else:
        verdict = {"zh": ("无效", "有效"), "en": ("invalid", "valid")}[args.lang][code.valid]
        print_lines([f"{code.text}  {verdict}", *(f"  ✗ {reason.text(args.lang)}" for reason in code.reasons)])
    return YES if code.valid else NO
