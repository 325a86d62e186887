"""`gongjiang number parse TEXT`: what a certificate number says."""

import argparse

from gongjiang.law.cli_output import NO, YES, add_output_arguments, print_json, print_lines
from gongjiang.law.codes import CertificateNumber, parse_certificate_number

KINDS = {
    "level": ("职业技能等级证书编号", "level certificate number"),
    "special": ("特级技师证书编号", "special-technician certificate number"),
    "legacy16": ("旧国家职业资格证书编号", "old qualification certificate number"),
    "unknown": ("不认识的编号", "unknown form"),
}
PARTS = {
    "category": ("类别", "category"),
    "body": ("机构代码", "body"),
    "province": ("省级代码", "province"),
    "site": ("站点序列码", "site"),
    "body_code": ("机构编码", "body code"),
    "legacy_body": ("机构编码", "body code"),
    "year": ("核发年份", "year"),
    "level": ("等级", "level"),
    "sequence": ("证书序列码", "sequence"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the sub-command `parse TEXT`."""
    parse = parser.add_subparsers(dest="verb", required=True).add_parser("parse", help="read a number")
    parse.add_argument("text", metavar="TEXT")
    parse.add_argument(
        "--allow-province",
        action="append",
        default=[],
        metavar="NN",
        help="a province code to allow besides those of GB/T 2260, such as 66",
    )
    add_output_arguments(parse)


def run(args: argparse.Namespace) -> int:
    """Print the parts. In JSON `year` is a number of four digits; the other parts are strings as printed.

    Exit code 0 where the number is well formed, else 1.
    """
    number = parse_certificate_number(args.text, extra_provinces=args.allow_province)
    if args.json:
        print_json(number.as_dict(args.lang))
    else:
        print_lines(_lines(number, args.lang))
    return YES if number.valid else NO


def _lines(number: CertificateNumber, language: str) -> list[str]:
    column = int(language == "en")
    lines = [f"{KINDS[number.kind][column]}  {number.text}"]
    for name, words in PARTS.items():
        value = getattr(number, name)
        if value is not None:
            lines.append(f"  {words[column]}  {value}")
    return lines + [f"  ✗ {reason.message_en if column else reason.message_zh}" for reason in number.reasons]
