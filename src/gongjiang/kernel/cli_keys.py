"""``gongjiang keys``: make the signing keys of an installation, and list the public ones."""

import argparse

from gongjiang.kernel.cli_start import start


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    init = acts.add_parser("init", help="make the keys that are missing, readable by the owner only")
    init.add_argument("--rotate", action="store_true", help="make a new key for each purpose; older ones stay")
    acts.add_parser("list", help="print the ids and public keys")


def run(args: argparse.Namespace) -> int:
    start()
    from django.conf import settings
    from django.utils import timezone

    from gongjiang.kernel import keys

    if args.act == "init":
        made = keys.init(at=timezone.now(), rotate=args.rotate)
        for key in made:
            print(f"{key.id} in {settings.KEYS_DIR}")
        print("Keep a copy of the folder offline." if made else "Every key is there already.")
        return 0
    for purpose in keys.PURPOSES:
        for key_id, public in keys.public_keys(purpose).items():
            print(f"{key_id} {public.hex()}")
    return 0
