"""The ``gongjiang`` command: a table of subcommands, each loaded only when it is called.

Exit codes: 0 yes or valid, 1 no or invalid, 2 misuse, 3 no rule answers.

A module offers ``add_arguments(parser)`` and ``run(args) -> int``; one that passes its arguments on as they stand
offers ``main(argv) -> int`` instead. An entry whose module isn't installed isn't listed.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper

COMMANDS = (
    ("law", "gongjiang.law.commands", "ask the law, or list what it answers"),
    ("deadline", "gongjiang.law.cli_deadline", "count working days"),
    ("number", "gongjiang.law.cli_number", "take a certificate number apart"),
    ("identity", "gongjiang.law.cli_identity", "check identity numbers"),
    ("credit-code", "gongjiang.law.cli_credit_code", "check a social credit code"),
    ("calendar", "gongjiang.kernel.cli_calendar", "show or load holiday notices"),
    ("catalogue", "gongjiang.standards.cli_catalogue", "load, import, export and compare occupations and standards"),
    ("verify", "gongjiang.certificates.cli_verify", "verify a certificate"),
    ("audit", "gongjiang.kernel.cli_audit", "export or verify the audit trail"),
    ("draw", "gongjiang.evaluation.cli_draw", "compute a draw of experts again"),
    ("keys", "gongjiang.kernel.cli_keys", "make or list the signing keys"),
    ("first-officer", "gongjiang.accounts.cli_first_officer", "enter the first authority and its first account"),
    ("worker", "gongjiang.kernel.cli_worker", "do the background work"),
    ("demo", "gongjiang.portal.cli_demo", "show a province of invented people and bodies at work"),
    ("serve", "gongjiang.portal.cli_serve", "serve the platform in production"),
    ("run", "gongjiang.portal.cli_run", "take a folder of spreadsheets to certificates"),
    ("manage", "gongjiang.config.cli_manage", "run a management command of the platform"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return dispatch(arguments)
    except SystemExit as stop:  # argparse: 0 after help, 2 after misuse
        return stop.code if isinstance(stop.code, int) else 2
    except BrokenPipeError:  # the reader has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def dispatch(arguments: list[str]) -> int:
    """Load the module of the subcommand named first, and only that, and run it."""
    parser = argparse.ArgumentParser(prog="gongjiang", description="Occupational skill-level certification.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    module = None
    for name, path, summary in COMMANDS:
        if not installed(path):
            continue
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if arguments[:1] == [name]:
            module = import_module(path)
            if hasattr(module, "main"):
                return int(module.main(arguments[1:]) or 0)
            module.add_arguments(subparser)
    args = parser.parse_args(arguments)
    assert module is not None  # parse_args stops on any other name
    return int(module.run(args))


def installed(path: str) -> bool:
    """Tell whether a module can be imported, without importing it."""
    try:
        return find_spec(path) is not None
    except ModuleNotFoundError:
        return False
