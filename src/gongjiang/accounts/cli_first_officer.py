"""``gongjiang first-officer``: enter the province's department with its first account, in a fresh database."""

import argparse
import sys

from gongjiang.kernel.cli_start import start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="for signing in")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument("--authority", required=True, help="the department's name")
    parser.add_argument("--place", required=True, metavar="CODE", help="the province's code, such as 22")


def run(args: argparse.Namespace) -> int:
    start(safe=True)
    from gongjiang.accounts import actions
    from gongjiang.kernel import clock
    from gongjiang.kernel.actor import system
    from gongjiang.kernel.refusal import Refused
    from gongjiang.law.places import UnknownPlace, place

    try:
        code = place(args.place).code
        person = actions.NewUser(username=args.username, display_name=args.name)
        user, password = actions.found_authority(
            actor=system("first-officer"), at=clock.now(), name=args.authority, place_code=code, person=person
        )
    except UnknownPlace:
        print(f"no place has the code {args.place}", file=sys.stderr)
        return 2
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{user.username} is provincial approver; one-time password, shown this once: {password}")
    return 0
