"""What the commands of the law share: output for people or as JSON, and the language of reasons."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

YES, NO, MISUSE = 0, 1, 2


def add_output_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --json and --lang."""
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of words (default: zh)")


def print_json(answer: Any) -> None:
    """Print the answer as one JSON document in UTF-8."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print lines for people."""
    sys.stdout.write("".join(line + "\n" for line in lines))
