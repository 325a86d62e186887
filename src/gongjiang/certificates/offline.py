"""Judging a certificate: the one core of the web page and of ``gongjiang verify``. No database, no network, no clock.

A register or a status list is asked where there is one; without, a right signature says ``authentic``, never ``valid``.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from gongjiang.certificates.reading import Reading, Unreadable, read_source
from gongjiang.certificates.status_list import KeySet, StatusList
from gongjiang.certificates.token import BadToken, TokenFields, read_token
from gongjiang.kernel.documents.papers import NO_JOB_TYPE, chinese_date, level_words

Status = Literal["valid", "authentic", "superseded", "revoked", "altered", "unknown"]
PASSING: tuple[Status, ...] = ("valid", "authentic")

REASONS = {
    "too_big": "文件太大，未读取。",
    "no_picture": "不是可读的图片、PDF 或文字。",
    "broken_pdf": "PDF 已损坏，无法读取。",
    "no_code": "没有找到本平台证书的二维码或签名数据。",
    "form": "二维码中的数据不是本平台证书的格式。",
    "version": "二维码数据的版本较新，请更新验证程序。",
    "key": "签名所用的密钥不在所给的密钥清单中，不能确认由谁签发。",
    "signature": "签名不符：数据被改动过，或系伪造。",
    "broken": "PDF 电子印章无效：盖章后的内容被改动过。",
    "appended": "PDF 在盖章之后又被添加了内容。",
    "not_covered": "PDF 电子印章没有覆盖整个文件。",
    "container": "PDF 电子印章数据被改动过。",
    "untrusted": "PDF 电子印章不是由所给清单中的机构签发。",
    "several_seals": "PDF 中有不止一个电子印章。",
    "no_seal": "PDF 没有电子印章，请逐项核对纸面内容与下列数据。",
    "picture_only": "只核对了二维码，请逐项核对纸面内容与下列数据。",
    "printed": "PDF 上印的内容与签名数据不一致。",
    "not_in_register": "登记簿中没有这份证书。",
    "differs": "与登记簿中的记录不一致。",
    "revoked": "证书已撤销。",
    "superseded": "本份证书已被补发或更正后的新证书取代。",
    "status_not_checked": "签名有效；未核对目前是否已撤销或被取代。",
    "newer_than_list": "证书签发晚于状态清单，清单不能说明其状态。",
    "trial": "试用密钥签发的样本，不作任何证明。",
}


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says of one copy: its status now, since when, and its fields."""

    status: Literal["valid", "superseded", "revoked"]
    as_of: datetime
    fields: TokenFields
    since: date | None = None


Register = Callable[[TokenFields, str], Registered | None]  # asked with the token's fields and the token


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer. ``fields`` of an ``altered`` or ``unknown`` paper are a claim. ``reasons`` are codes of REASONS.

    ``differences`` are (field, on paper, in register). ``as_of`` is when the status was true; None where unchecked.
    """

    status: Status
    as_of: datetime | None = None
    fields: TokenFields | None = None
    reasons: tuple[str, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()
    since: date | None = None

    @property
    def passes(self) -> bool:
        """Tell whether the command's exit code is 0."""
        return self.status in PASSING

    def data(self) -> dict[str, Any]:
        """Return the answer in JSON's own types, reasons in words and as codes."""
        told = {**asdict(self.fields), "issued_on": self.fields.issued_on.isoformat()} if self.fields else None
        if told:
            told["photo"] = told["photo"].hex()
        return {
            "status": self.status,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "fields": told,
            "reasons": [REASONS[code] for code in self.reasons],
            "codes": list(self.reasons),
            "differences": [
                {"field": name, "paper": paper, "register": kept} for name, paper, kept in self.differences
            ],
            "since": self.since.isoformat() if self.since else None,
        }


def verify(
    source: bytes | str, *, keys: KeySet, status: StatusList | None = None, register: Register | None = None
) -> Verification:
    """Judge an address, a token, a picture or a PDF. Never raises on hostile input.

    Order: is there a token, is its signature right, are the PDF's bytes the sealed ones, what has become of the copy.
    """
    try:
        reading = read_source(source)
    except Unreadable as error:
        return _without_token(source, error.code, keys)
    try:
        fields = read_token(reading.token, keys.tokens)
    except BadToken as error:
        altered = error.fault == "signature" or (error.fault == "form" and reading.kind == "pdf")
        return Verification("altered" if altered else "unknown", fields=error.fields, reasons=(error.fault,))
    wrong, notes = _paper_faults(source, reading, fields, keys)
    if keys.trial:
        notes = (*notes, "trial")
    if wrong:
        return Verification("altered", fields=fields, reasons=(*wrong, *notes))
    found = _standing(reading.token, fields, status, register)
    return replace(found, fields=fields, reasons=(*found.reasons, *notes))


def _without_token(source: bytes | str, code: str, keys: KeySet) -> Verification:
    """Judge what holds no token: a PDF whose seal shows changed bytes was ours once, the rest is unknown."""
    if isinstance(source, bytes) and source.startswith(b"%PDF-") and b"/ByteRange" in source:
        from gongjiang.certificates.seal import check_pdf

        seal = check_pdf(source, keys.roots)
        if seal.signed and seal.modified:
            return Verification("altered", reasons=(code, *seal.reasons))
    return Verification("unknown", reasons=(code,))


def _paper_faults(
    source: bytes | str, reading: Reading, fields: TokenFields, keys: KeySet
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what proves the paper altered, and what the reader should know."""
    if reading.kind != "pdf" or not isinstance(source, bytes):
        return (), ("picture_only",) if reading.kind == "picture" else ()
    from gongjiang.certificates.seal import check_pdf  # pyHanko loads slowly: only a PDF pays for it

    seal = check_pdf(source, keys.roots)
    printed = ("printed",) if reading.text.strip() and _unprinted(reading.text, fields) else ()
    if seal.signed:
        return (*seal.reasons, *printed), ()
    return printed, ("no_seal",)


def _unprinted(text: str, fields: TokenFields) -> tuple[str, ...]:
    """Return the fields that the text of the PDF doesn't carry, white space aside."""
    page = re.sub(r"\s", "", text)
    wanted = {
        "number": fields.number,
        "name": fields.name,
        "occupation": fields.occupation,
        "job_type": fields.job_type or NO_JOB_TYPE,
        "level": level_words(fields.level),
        "body": fields.body,
        "issued_on": chinese_date(fields.issued_on),
    }
    return tuple(name for name, value in wanted.items() if re.sub(r"\s", "", value) not in page)


def _standing(token: str, fields: TokenFields, status: StatusList | None, register: Register | None) -> Verification:
    """Return what has become of a genuine copy."""
    if register is not None:
        kept = register(fields, token)
        if kept is None:
            return Verification("unknown", reasons=("not_in_register",))
        differences = _differences(fields, kept.fields)
        if differences and kept.status == "valid":
            return Verification("altered", kept.as_of, reasons=("differs",), differences=differences)
        why = () if kept.status == "valid" else (kept.status,)
        return Verification(kept.status, kept.as_of, reasons=why, differences=differences, since=kept.since)
    if status is None:
        return Verification("authentic", reasons=("status_not_checked",))
    ending = status.ending(token)
    if ending is not None:
        return Verification(ending.status, status.as_of, reasons=(ending.status,), since=ending.since)
    if fields.issued_on > status.as_of.date():
        return Verification("authentic", reasons=("newer_than_list", "status_not_checked"))
    return Verification("valid", status.as_of)


def _differences(paper: TokenFields, kept: TokenFields) -> tuple[tuple[str, str, str], ...]:
    def told(value: Any) -> str:
        return value.hex() if isinstance(value, bytes) else str(value)

    on_paper, in_register = asdict(paper), asdict(kept)
    return tuple(
        (name, told(value), told(in_register[name])) for name, value in on_paper.items() if value != in_register[name]
    )


def photo_mark(photo: bytes) -> bytes:
    """Return the token's mark of a photo file: the first 8 bytes of its SHA-256; of no photo, nothing."""
    return hashlib.sha256(photo).digest()[:8] if photo else b""
