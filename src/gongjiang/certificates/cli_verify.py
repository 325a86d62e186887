"""``gongjiang verify``: judge a certificate without network or database."""

import argparse
import json
import sys
from pathlib import Path

from gongjiang.certificates.offline import REASONS, Verification, verify
from gongjiang.certificates.status_list import BadFile, KeySet, StatusList, read_keys, read_status
from gongjiang.kernel.documents.papers import NO_JOB_TYPE, level_words

WORDS = {
    "valid": "有效",
    "authentic": "真实（未核对目前状态）",
    "superseded": "已被取代",
    "revoked": "已撤销",
    "altered": "被改动",
    "unknown": "无法确认",
}
KEYS = "keys.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Judge a certificate: its PDF, a picture of its QR code, or the text of the code. Works offline. Exit code 0: "
        "valid or authentic (signature right, present status not checked); 1: any other status; 2: misuse."
    )
    parser.add_argument("source", metavar="FILE_OR_TEXT", help="a PDF, JPEG, PNG or WebP file, or the code's text")
    parser.add_argument("--keys", type=Path, help="keys.json of the platform (default: ./keys.json)")
    parser.add_argument("--status", type=Path, help="status.json of the platform (without: status is not checked)")
    parser.add_argument("--json", action="store_true", help="print for programs: status, as_of, fields, reasons")


def run(args: argparse.Namespace) -> int:
    """Judge and print: 0 valid or authentic, 1 any other status, 2 misuse."""
    try:
        keys, status = _files(args.keys, args.status)
    except (BadFile, OSError) as error:
        print(f"gongjiang verify: {error}", file=sys.stderr)
        return 2
    found = verify(_source(args.source), keys=keys, status=status)
    print(json.dumps(found.data(), ensure_ascii=False) if args.json else _told(found))
    return 0 if found.passes else 1


def _files(keys: Path | None, status: Path | None) -> tuple[KeySet, StatusList | None]:
    held = read_keys((keys or Path(KEYS)).read_bytes())
    return held, read_status(status.read_bytes(), held) if status else None


def _source(text: str) -> bytes | str:
    """Return the file's bytes, or the text itself where no such file is."""
    try:
        path = Path(text)
        return path.read_bytes() if path.is_file() else text
    except (OSError, ValueError):  # a token may be longer than a file's name can be
        return text


def _told(found: Verification) -> str:
    lines = [f"状态：{WORDS[found.status]}" + (f"（截至 {found.as_of:%Y-%m-%d %H:%M}）" if found.as_of else "")]
    if found.since:
        lines.append(f"自：{found.since.isoformat()}")
    if found.fields:
        told = found.fields
        claim = "" if found.status not in ("altered", "unknown") else "（仅为其自称，未经证实）"
        rows = (
            ("证书编号", told.number),
            ("姓名", told.name),
            ("证件号码", told.identity),
            ("职业名称", told.occupation),
            ("工种／职业方向", told.job_type or NO_JOB_TYPE),
            ("职业技能等级", level_words(told.level)),
            ("评价机构", told.body),
            ("发证日期", told.issued_on.isoformat()),
            ("第几份", str(told.generation)),
        )
        lines += [f"证书内容{claim}："] + [f"  {name}：{value}" for name, value in rows]
    return "\n".join([*lines, *(f"说明：{REASONS[code]}" for code in found.reasons)])
